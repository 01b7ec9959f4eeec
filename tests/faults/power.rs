//! The power fails: a day in the shop is watched, and what the disk may hold at any moment of it is made
//! from the log of what was written and what was synced.
//!
//! The disk is taken to be as bad as it may be. Of what was not synced any part may be there and any
//! part missing, and a write may have been torn at a sector. A name made, changed or removed is there for
//! certain only when its folder was synced; until then the names of a folder change in the order in
//! which they were changed, as they do in the journal of a file system, or in one image of four in none.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::chance::Chance;
use crate::content::{Content, findings};
use crate::disk::{Kind, Request, requests, watch};
use crate::scenario::{companies, copy, home, move_in, open};
use crate::support::{Outcome, Shop, example};
use crate::{figure, nothing_amiss, rounds};

/// How often the power fails in the short form.
const SHORT: usize = 25;

/// What happens on the day, each with the shop's time.
const DAY: &[(&str, &str)] = &[
    ("2026-03-01T09:00:00Z", "account import companies.csv"),
    ("2026-03-01T09:05:00Z", "subscription import subscriptions.csv"),
    ("2026-03-01T09:10:00Z", "order create --account 556000-0001 --item AB04-PRINT=2"),
    ("2026-03-01T09:15:00Z", "subscription renew --max 500"),
    ("2026-03-01T09:20:00Z", "invoice pdf 1001 -o first.pdf"),
    ("2026-03-01T09:30:00Z", "mail send --limit 5"),
    ("2026-03-01T09:40:00Z", "account list"),
    ("2026-03-01T09:50:00Z", "payment record 1001 --amount 300 --date 2026-03-01"),
    ("2026-03-01T10:00:00Z", "invoice credit 1003 --reason wrong --yes"),
    ("2026-03-01T10:10:00Z", "export sie --from 2026-03-01 --to 2026-03-01 -o books.se"),
    ("2026-03-01T10:20:00Z", "invoice pdf 1002 -o second.pdf"),
    ("2026-03-01T10:30:00Z", "mail send --limit 3"),
];

/// What happens on the day on which a shop is made.
const FIRST_DAY: &[(&str, &str)] = &[
    ("2026-03-01T09:00:00Z", "init --practice --seller seller.toml"),
    (
        "2026-03-01T09:10:00Z",
        "product create AB04 --kind subscription --name-sv Avtal --name-en Agreement \
         --price 3900 --member-price 2900 --vat 25",
    ),
];

/// The files that the day writes.
const FILES: &[&str] = &["first.pdf", "second.pdf", "books.se"];

/// The events of a day that was gone on with may be told in two operations, an export once more.
const BESIDES: &[&str] = &["book_export", "events", "setting"];

/// A day that was lived through once, without disturbance.
struct Day {
    /// The home as it was in the morning.
    morning: Shop,
    /// The names and inodes of the morning's files.
    names: BTreeMap<PathBuf, u64>,
    requests: Vec<Request>,
    /// How many requests had been made when each command ended.
    ends: Vec<usize>,
    /// What the shop held in the morning, and when each command had ended.
    held: Vec<Content>,
}

fn content(shop: &Shop) -> Content {
    Content::of(shop, FILES).without(BESIDES)
}

fn run(shop: &Shop, (at, line): (&str, &str), log: Option<&Path>) -> Outcome {
    shop.at(at);
    let mut command = shop.command(line);
    command.env("TMPDIR", shop.home().join("tmp"));
    watch(&mut command, shop);
    if let Some(log) = log {
        command.env("FAULT_LOG", log).env("FAULT_DATA", "1");
    }
    shop.finish(&mut command)
}

/// Lives the day; `steps` are its commands.
fn live(prepare: impl Fn(&Shop), steps: &[(&str, &str)]) -> Day {
    let shop = home();
    fs::create_dir(shop.home().join("tmp")).expect("a folder");
    prepare(&shop);
    let morning = home();
    copy(shop.home(), morning.home());
    let mut names = BTreeMap::new();
    inodes(shop.home(), shop.home(), &mut names);
    let logs = home();
    let log = logs.home().join("log");
    let (mut ends, mut held) = (Vec::new(), vec![content(&shop)]);
    let mut whole = Vec::new();
    for step in steps {
        let _ = fs::remove_file(&log);
        let outcome = run(&shop, *step, Some(&log));
        assert_eq!(outcome.status, 0, "{step:?}\n{outcome}");
        let read = fs::read(&log).unwrap_or_default();
        whole.extend(relative(requests(&read, true), shop.home()));
        ends.push(whole.len());
        // Looking at it empties the log of the store, as the next command's end would have.
        held.push(content(&shop));
    }
    Day { morning, names, requests: whole, ends, held }
}

fn inodes(folder: &Path, home: &Path, names: &mut BTreeMap<PathBuf, u64>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let metadata = entry.metadata().expect("metadata");
        let name = entry.path().strip_prefix(home).expect("below home").to_owned();
        names.insert(name, metadata.ino());
        if metadata.is_dir() {
            inodes(&entry.path(), home, names);
        }
    }
}

/// Returns requests with paths below the home.
fn relative(requests: Vec<Request>, home: &Path) -> Vec<Request> {
    let below = |path: &Path| path.strip_prefix(home).unwrap_or(path).to_owned();
    let shortened = |request: Request| Request {
        path: below(&request.path),
        kind: match request.kind {
            Kind::Rename(to) => Kind::Rename(below(&to)),
            Kind::Link(to) => Kind::Link(below(&to)),
            kind => kind,
        },
        inode: request.inode,
    };
    requests.into_iter().map(shortened).collect()
}

/// A change of a file's content that was not synced.
#[derive(Clone)]
enum Change {
    Write(u64, Vec<u8>),
    Truncate(u64),
}

#[derive(Clone, Default)]
struct Bytes {
    durable: Vec<u8>,
    pending: Vec<Change>,
}

impl Bytes {
    fn sync(&mut self) {
        for change in std::mem::take(&mut self.pending) {
            apply(&mut self.durable, &change, usize::MAX);
        }
    }
}

/// Applies a change, of a write the first `most` bytes.
fn apply(bytes: &mut Vec<u8>, change: &Change, most: usize) {
    match change {
        Change::Truncate(length) => bytes.resize(*length as usize, 0),
        Change::Write(offset, data) => {
            let data = &data[..data.len().min(most)];
            let (start, end) = (*offset as usize, *offset as usize + data.len());
            if bytes.len() < end {
                bytes.resize(end, 0);
            }
            bytes[start..end].copy_from_slice(data);
        }
    }
}

/// A change of names that was not synced; a file is known by the order of its making.
#[derive(Clone, Debug)]
enum Naming {
    Named(PathBuf, usize),
    Folder(PathBuf),
    Removed(PathBuf),
    Renamed(PathBuf, PathBuf, usize),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Entry {
    File(usize),
    Folder,
}

/// What is on the disk and what is on its way there.
#[derive(Clone, Default)]
struct Disk {
    files: Vec<Bytes>,
    /// Which file an inode is now: numbers are used again.
    of_inode: HashMap<u64, usize>,
    durable: BTreeMap<PathBuf, Entry>,
    /// Names as the program sees them.
    seen: BTreeMap<PathBuf, Entry>,
    /// By folder, in order.
    pending: BTreeMap<PathBuf, Vec<Naming>>,
}

impl Disk {
    fn of(day: &Day) -> Disk {
        let mut disk = Disk::default();
        for (name, inode) in &day.names {
            let path = day.morning.home().join(name);
            let entry = if path.is_dir() {
                Entry::Folder
            } else {
                let durable = fs::read(&path).expect("a file of the morning");
                disk.files.push(Bytes { durable, pending: Vec::new() });
                disk.of_inode.insert(*inode, disk.files.len() - 1);
                Entry::File(disk.files.len() - 1)
            };
            disk.durable.insert(name.clone(), entry);
        }
        disk.seen = disk.durable.clone();
        disk
    }

    fn name(&mut self, folder_of: &Path, naming: Naming) {
        apply_naming(&mut self.seen, &naming);
        let folder = folder_of.parent().unwrap_or(Path::new("")).to_owned();
        self.pending.entry(folder).or_default().push(naming);
    }

    fn take(&mut self, request: &Request) {
        let path = request.path.clone();
        match &request.kind {
            Kind::Create => {
                self.files.push(Bytes::default());
                let file = self.files.len() - 1;
                self.of_inode.insert(request.inode, file);
                self.name(&path.clone(), Naming::Named(path, file));
            }
            Kind::Nameless => {
                self.files.push(Bytes::default());
                self.of_inode.insert(request.inode, self.files.len() - 1);
            }
            Kind::Folder => self.name(&path.clone(), Naming::Folder(path)),
            Kind::Unlink => self.name(&path.clone(), Naming::Removed(path)),
            Kind::Rename(to) | Kind::Link(to) => {
                let Some(Entry::File(file)) = self.seen.get(&path).cloned() else { return };
                let naming = match request.kind {
                    Kind::Link(_) => Naming::Named(to.clone(), file),
                    _ => Naming::Renamed(path, to.clone(), file),
                };
                self.name(to, naming);
            }
            Kind::Write { offset, bytes } => {
                if let Some(file) = self.of_inode.get(&request.inode) {
                    let change = Change::Write(*offset, bytes.clone());
                    self.files[*file].pending.push(change);
                }
            }
            Kind::Truncate(length) => {
                if let Some(file) = self.of_inode.get(&request.inode) {
                    self.files[*file].pending.push(Change::Truncate(*length));
                }
            }
            Kind::Sync => match self.of_inode.get(&request.inode) {
                Some(file)
                    if !path.as_os_str().is_empty()
                        && self.seen.get(&path) != Some(&Entry::Folder) =>
                {
                    self.files[*file].sync();
                }
                _ => {
                    for naming in self.pending.remove(&path).unwrap_or_default() {
                        apply_naming(&mut self.durable, &naming);
                    }
                }
            },
        }
    }

    /// Writes into a home what the disk may hold if the power fails now.
    fn fail(&self, shop: &Shop, chance: &mut Chance) {
        let mut names = self.durable.clone();
        let in_order = !chance.percent(25);
        for pending in self.pending.values() {
            let kept = chance.below(pending.len() + 1);
            for (index, naming) in pending.iter().enumerate() {
                if if in_order { index < kept } else { chance.percent(50) } {
                    apply_naming(&mut names, naming);
                }
            }
        }
        // Of what was on its way, nothing, all, or any part had arrived.
        let arrived = *chance.one(&[0, 50, 90, 100]);
        let contents: Vec<Vec<u8>> = self
            .files
            .iter()
            .map(|file| {
                let mut bytes = file.durable.clone();
                for change in &file.pending {
                    if chance.percent(arrived) {
                        let is_torn = arrived < 100 && chance.percent(20);
                        let most = if is_torn { 512 * chance.below(9) } else { usize::MAX };
                        apply(&mut bytes, change, most);
                    }
                }
                bytes
            })
            .collect();
        for (path, entry) in &names {
            let is_reached = path
                .ancestors()
                .skip(1)
                .filter(|above| !above.as_os_str().is_empty())
                .all(|above| names.get(above) == Some(&Entry::Folder));
            if !is_reached {
                continue;
            }
            let target = shop.home().join(path);
            match entry {
                Entry::Folder => fs::create_dir_all(&target).expect("a folder"),
                Entry::File(file) => fs::write(&target, &contents[*file]).expect("a file"),
            }
        }
        let private = <fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o600);
        let _ = fs::set_permissions(shop.store(), private);
    }
}

fn apply_naming(names: &mut BTreeMap<PathBuf, Entry>, naming: &Naming) {
    match naming {
        Naming::Named(path, file) => names.insert(path.clone(), Entry::File(*file)),
        Naming::Folder(path) => names.insert(path.clone(), Entry::Folder),
        Naming::Removed(path) => names.remove(path),
        Naming::Renamed(from, to, file) => {
            names.remove(from);
            names.insert(to.clone(), Entry::File(*file))
        }
    };
}

/// Looks at a shop in which the power failed after `done` of the steps, or midway in the one after them,
/// and goes on to the end of the day.
fn recover(
    day: &Day,
    steps: &[(&str, &str)],
    shop: &Shop,
    done: usize,
    midway: bool,
) -> Vec<String> {
    let mut amiss = findings(shop);
    let held = content(shop);
    move_in(shop);
    let mut next = done;
    if midway && held == day.held[done + 1] {
        next = done + 1;
    } else if !midway {
        // What was said to be done is done, to the last byte.
        let differences = held.differences(&day.held[done]);
        if !differences.is_empty() {
            amiss.push(format!(
                "after {:?} was done:\n{}",
                steps[done.max(1) - 1],
                differences.join("\n")
            ));
            return amiss;
        }
    }
    for (index, step) in steps.iter().enumerate().skip(next) {
        let mut outcome = run(shop, *step, None);
        let is_there = |shop: &Shop| content(shop).differences(&day.held[index + 1]).is_empty();
        if index == done && step.1.starts_with("export sie") && !is_there(shop) {
            outcome = run(shop, (step.0, &format!("{} --again", step.1)), None);
        }
        if outcome.status != 0 && !is_there(shop) {
            amiss.push(format!("{step:?} ends with\n{outcome}"));
            return amiss;
        }
    }
    amiss
}

/// Sends all the mail that is left, which may be less where a limited batch was run again, and returns
/// what the shop then holds.
fn end_of_day(shop: &Shop) -> Content {
    run(shop, ("2026-03-01T23:00:00Z", "mail send"), None);
    content(shop)
}

fn cut(
    day: &Day,
    steps: &[(&str, &str)],
    evening: &Content,
    count: usize,
    chance: &mut Chance,
) -> Vec<String> {
    let mut points: Vec<usize> = (0..count).map(|_| chance.below(day.requests.len() + 1)).collect();
    // Right after a command has said that it is done, as well.
    let ends = day.ends.iter().copied();
    points.extend(ends.take(count.max(1)));
    points.sort_unstable();
    let mut disk = Disk::of(day);
    let (mut taken, mut told) = (0, Vec::new());
    for point in points {
        for request in &day.requests[taken..point] {
            disk.take(request);
        }
        taken = point;
        let done = day.ends.iter().filter(|end| **end <= point).count();
        let began = if done == 0 { 0 } else { day.ends[done - 1] };
        let shop = home();
        disk.fail(&shop, chance);
        let mut amiss = recover(day, steps, &shop, done, point > began);
        if amiss.is_empty() {
            amiss.extend(findings(&shop));
            let differences = end_of_day(&shop).differences(evening);
            if !differences.is_empty() {
                amiss.push(format!("not as undisturbed:\n{}", differences.join("\n")));
            }
        }
        if !amiss.is_empty() {
            let during = steps.get(done).map_or("the end", |(_, line)| *line);
            told.push(format!(
                "power cut at request {point} of {}, {} `{during}`: {}",
                day.requests.len(),
                if point > began { "in" } else { "before" },
                amiss.join("\n")
            ));
        }
    }
    told
}

#[test]
fn whenever_the_power_fails_what_was_done_is_there_and_the_day_goes_on() {
    let mut chance = Chance::of("power");
    let prepare = |shop: &Shop| {
        fs::copy(example("seller.toml"), shop.home().join("seller.toml")).expect("the seller");
        let (companies, subscriptions) = companies(12);
        shop.file("companies.csv", companies);
        shop.file("subscriptions.csv", subscriptions);
        open(shop);
    };
    let day = live(prepare, DAY);
    let evening = evening(&day);
    let count = rounds().unwrap_or(SHORT);
    let told = cut(&day, DAY, &evening, count, &mut chance);
    tell(&day, count, &told);
    nothing_amiss(&told);
}

#[test]
fn a_shop_that_is_being_made_when_the_power_fails_is_there_whole_or_not_at_all() {
    let mut chance = Chance::of("first power");
    let prepare = |shop: &Shop| {
        fs::copy(example("seller.toml"), shop.home().join("seller.toml")).expect("the seller");
    };
    let day = live(prepare, FIRST_DAY);
    let evening = evening(&day);
    let count = rounds().map_or(SHORT / 2, |count| count.div_ceil(5));
    let told = cut(&day, FIRST_DAY, &evening, count, &mut chance);
    tell(&day, count, &told);
    nothing_amiss(&told);
}

fn tell(day: &Day, count: usize, told: &[String]) {
    let moments = count + day.ends.len().min(count);
    let requests = day.requests.len();
    figure(&format!(
        "{moments} power cuts in {} commands, {requests} disk requests: {} amiss",
        day.ends.len(),
        told.len()
    ));
}

/// Returns what the day's shop holds in the end, after seeing that the log tells all of it.
fn evening(day: &Day) -> Content {
    let shop = home();
    let mut disk = Disk::of(day);
    day.requests.iter().for_each(|request| disk.take(request));
    disk.files.iter_mut().for_each(Bytes::sync);
    disk.durable = disk.seen.clone();
    disk.pending.clear();
    disk.fail(&shop, &mut Chance::new(1));
    let whole = content(&shop).differences(day.held.last().expect("an evening"));
    assert!(whole.is_empty(), "the log tells it all: {whole:#?}");
    move_in(&shop);
    end_of_day(&shop)
}
