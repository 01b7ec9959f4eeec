//! `App`: what a command is handed, and the one way a change is rehearsed, asked about and made.

pub mod archive;
mod batch;
pub mod events;
mod options;
mod output;
mod place;
pub mod restore;

use std::cell::Cell;
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

use anyhow::{Context, Result};
use chrono::{DateTime, Days, NaiveDate, Utc};

use crate::config::Settings;
use crate::domain::home::Home;
use crate::domain::staff::{Role, StaffMember};
use crate::domain::text::visible;
use crate::effects::actor::actor;
use crate::effects::clock::{Clock, NOW_VARIABLE, day_of};
use crate::effects::random;
use crate::effects::terminal::{Terminal, end_on_interrupt, tell};
use crate::error::{Failure, Status, warning};
use crate::render::sheet::Sheet;
use crate::render::table::wrapped;
use crate::store::{self, Event, Fate, Moment, Operation, Store, Tx, Written, loose_mode};

pub use self::batch::{Batch, Step};
pub use self::options::{
    BatchArgs, ChangeArgs, ColorChoice, GlobalArgs, parse_count, parse_line, parse_number,
    parse_reason,
};
pub use self::output::{Format, has_colour};

/// The version that events record.
pub const PROGRAM: &str = concat!("shopctl ", env!("CARGO_PKG_VERSION"));

/// Above this many events a summary by kind is shown in place of each.
const EVENTS_SHOWN_MAX: i64 = 1000;

/// What a command works with.
pub struct App {
    pub global: GlobalArgs,
    pub settings: Settings,
    pub clock: Clock,
    pub terminal: Terminal,
    /// The command line as the audit trail keeps it.
    command_line: String,
    /// Who runs the command.
    pub actor: String,
    /// The role it takes to run it.
    needed: Option<Role>,
    /// That person as staff, once the store is open.
    member: Option<StaffMember>,
    /// Whether it takes the grant `billing` too.
    needs_billing: bool,
    store: Option<Store>,
    /// Whether the command fixed the bytes of a document.
    kept_document: Rc<Cell<bool>>,
    /// Whether the command may change a store that was handed over.
    unlocks: bool,
    /// Where the open store lives; `None` for one that was made before stores had homes.
    home: Option<Home>,
    /// Whether it was seen to that it has one, and that whoever changes a copy knows.
    is_settled: bool,
    /// Whether the open store is for practice, where the clock may be set.
    pub is_practice: bool,
    warnings: Vec<String>,
}

/// What a change did, told by the command that made it.
#[derive(Clone, Debug, Default)]
pub struct Done {
    /// The things changed, as `show` shows them.
    pub objects: Vec<Sheet>,
    /// What must be agreed to before it is done for good.
    pub questions: Vec<Question>,
    /// One line that sums it up, where the events alone do not.
    pub summary: Option<String>,
    pub warnings: Vec<String>,
}

/// Something to be agreed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What speaks for asking, as a sentence.
    pub because: String,
    /// The question itself, short enough for one line.
    pub ask: &'static str,
}

impl Done {
    pub fn with(object: Sheet) -> Done {
        Done { objects: vec![object], ..Done::default() }
    }
}

/// The events of a change, as far as they are shown.
#[derive(Debug, Default)]
struct Review {
    written: Written,
    /// Empty when there are too many.
    events: Vec<Event>,
    /// All events as JSON, when there are many and JSON is wanted.
    spilled: Option<output::Spill>,
}

impl App {
    /// Returns what a command is handed; `needed` is the role that it takes to run it, and whether it
    /// takes the grant `billing` too.
    pub fn new(
        global: GlobalArgs,
        command_line: String,
        (needed, needs_billing): (Option<Role>, bool),
    ) -> Result<App> {
        let settings = Settings::load(global.store.as_deref(), global.config.as_deref())?;
        let clock = Clock::from_environment().map_err(|words| Failure::refused("clock", words))?;
        let has_colour = output::chosen_colour(global.color, settings.output.color.as_deref())?;
        end_on_interrupt();
        let terminal = Terminal::detect(!global.no_input, has_colour, global.quiet);
        Ok(App {
            global,
            settings,
            clock,
            terminal,
            command_line,
            actor: actor(),
            needed,
            member: None,
            needs_billing,
            store: None,
            kept_document: Rc::default(),
            unlocks: false,
            home: None,
            is_settled: false,
            is_practice: false,
            warnings: Vec::new(),
        })
    }

    /// Returns the day in the shop's time zone.
    pub fn today(&self) -> NaiveDate {
        day_of(self.clock.now())
    }

    pub fn moment(&self) -> Moment {
        let now = self.clock.now();
        Moment { now, today: day_of(now), machine: self.clock.machine() }
    }

    fn wait(&self) -> Duration {
        Duration::from_secs(u64::from(self.global.wait.unwrap_or(30)))
    }

    /// Says something on stderr, unless told to be quiet.
    pub fn say(&self, words: &str) {
        if !self.global.quiet {
            tell(&visible(words));
        }
    }

    /// Warns: on stderr at once, and in the JSON of a change.
    pub fn warn(&mut self, words: impl Into<String>) {
        let words = words.into();
        if !self.global.quiet {
            tell(&warning(&words, self.terminal.has_colour));
        }
        self.warnings.push(words);
    }

    /// Warns of what must not be missed, also when told to be quiet.
    pub fn warn_always(&mut self, words: impl Into<String>) {
        let words = words.into();
        tell(&warning(&words, self.terminal.has_colour));
        self.warnings.push(words);
    }

    /// Creates a store under a name of its own, for practice or for good, fills it, and gives it its
    /// name when it is whole: what is interrupted has made no store.
    pub fn create_store(
        &mut self,
        is_practice: bool,
        fill: impl FnOnce(&mut App) -> Result<()>,
    ) -> Result<()> {
        let path = self.settings.store.clone();
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            make_folder(folder)
                .with_context(|| format!("the folder `{}` cannot be made", folder.display()))?;
        }
        let mut unfinished = path.clone().into_os_string();
        unfinished.push(format!(".unfinished-{}", std::process::id()));
        let unfinished = PathBuf::from(unfinished);
        // Whoever had this number before has died.
        store::remove(&unfinished);
        let store = Store::create(&unfinished, self.wait()).with_context(|| self.store_words())?;
        self.store = Some(store);
        // A new shop is given one by what makes it.
        self.is_settled = true;
        self.is_practice = is_practice;
        let filled = fill(self);
        let store = self.store.take().expect("the store is open");
        let put = match filled {
            Ok(()) => store.put(&unfinished, &path).with_context(|| self.store_words()),
            Err(error) => Err(error),
        };
        if put.is_err() {
            store::remove(&unfinished);
        }
        put
    }

    fn store_words(&self) -> String {
        format!("the store `{}`", self.settings.store.display())
    }

    /// Opens the store at its first use, with the warnings that belong to every command.
    fn open_store(&mut self) -> Result<()> {
        if self.store.is_some() {
            return Ok(());
        }
        let path = self.settings.store.clone();
        let store = Store::open(&path, self.wait()).with_context(|| self.store_words())?;
        let moment = self.moment();
        let (member, is_practice, daily, home) = store.read(moment, |tx| {
            let home = tx.home()?.map(|(home, _)| home);
            let member = tx.find_staff(&self.actor)?;
            anyhow::Ok((member, tx.is_practice()?, tx.daily_finished()?, home))
        })?;
        self.refuse_role(member.as_ref(), self.needed)?;
        if self.needs_billing {
            self.refuse_without_billing(member.as_ref())?;
        }
        self.member = member;
        self.home = home;
        self.store = Some(store);
        self.is_practice = is_practice;
        if is_practice {
            self.say("PRACTICE: this shop is for practice, and its mail reaches nobody outside");
        }
        if let Some(mode) = loose_mode(&path) {
            let words = format!(
                "others can use `{}` (mode {mode:03o}); run `chmod 600` on it",
                path.display()
            );
            self.warn(words);
        }
        if let Some(finished) = daily.filter(|at| is_stale(at, moment.now)) {
            self.warn(format!("`shopctl daily` last finished at {finished}; is cron running it?"));
        }
        Ok(())
    }

    /// Refuses whoever lacks a role that a flag needs, above that of its command.
    pub fn require(&mut self, role: Role) -> Result<()> {
        self.open_store()?;
        self.refuse_role(self.member.as_ref(), Some(role))
    }

    /// Refuses whoever lacks the grant `billing` that a flag needs (R10).
    pub fn require_billing(&mut self) -> Result<()> {
        self.open_store()?;
        self.refuse_without_billing(self.member.as_ref())
    }

    /// Refuses whoever lacks the role that is needed.
    fn refuse_role(&self, member: Option<&StaffMember>, needed: Option<Role>) -> Result<()> {
        let Some(needed) = needed else { return Ok(()) };
        let (actor, role) = (&self.actor, member.map(|member| member.role));
        let (words, verb) = match role {
            Some(role) if role >= needed => return Ok(()),
            Some(role) => {
                (format!("this needs the role {needed}, and `{actor}` is {role}"), "edit")
            }
            None => (format!("`{actor}` does not work in this shop"), "add"),
        };
        let grant = if self.needs_billing { " --grant billing" } else { "" };
        let given = format!("`shopctl staff {verb} {actor} --role {needed}{grant}`");
        let hint = match (role, needed) {
            (Some(_), Role::Admin) => {
                format!("ask an administrator to run it; {given} would let you")
            }
            _ => format!("an administrator can run {given}"),
        };
        Err(Failure::new(Status::RoleMissing, "role_missing", words).hint(hint).into())
    }

    /// Refuses whoever lacks the grant `billing` and is no administrator (R10).
    fn refuse_without_billing(&self, member: Option<&StaffMember>) -> Result<()> {
        let may = |member: &StaffMember| member.has_billing || member.role == Role::Admin;
        if member.is_some_and(may) {
            return Ok(());
        }
        let actor = &self.actor;
        let words = format!("this needs the grant billing, which `{actor}` does not have");
        let hint = format!(
            "ask an administrator to run it; `shopctl staff edit {actor} --grant billing` would let you"
        );
        Err(Failure::new(Status::RoleMissing, "role_missing", words).hint(hint).into())
    }

    /// Reads the store in one consistent state.
    pub fn read<T>(&mut self, read: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
        self.open_store()?;
        let moment = self.moment();
        self.store().read(moment, read)
    }

    /// Reads the store and writes temporary tables, holding no lock that others wait for.
    pub fn stage<T>(&mut self, work: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
        self.open_store()?;
        let moment = self.moment();
        self.store().stage(moment, work)
    }

    /// Opens the lock that lets one process at a time do `work` in this store, whatever name the store
    /// was reached by.
    pub fn lock(&self, work: &str) -> Result<Lock> {
        let store =
            std::fs::canonicalize(&self.settings.store).with_context(|| self.store_words())?;
        let mut path = store.into_os_string();
        path.push(format!(".{work}.lock"));
        let path = PathBuf::from(path);
        let mut options = OpenOptions::new();
        let file = options.create(true).truncate(false).write(true).mode(0o600).open(&path);
        let file = file.with_context(|| format!("the lock `{}`", path.display()))?;
        Ok(Lock { file, path })
    }

    fn store(&self) -> &Store {
        self.store.as_ref().expect("the store is open")
    }

    /// Returns a new operation: who does what, now.
    ///
    /// Errors when the clock is set and the store is not for practice, unless it is only rehearsed.
    pub fn operation_for(&mut self, args: &ChangeArgs) -> Result<Operation> {
        if self.clock.is_fixed() && !self.is_practice && !args.dry_run {
            let words = format!("{NOW_VARIABLE} changes nothing but a practice shop");
            let hint = "`shopctl init --practice` makes one; unset the variable for this shop";
            return Err(Failure::refused("clock_set", words).hint(hint).into());
        }
        if !args.dry_run && !self.is_settled {
            self.settle()?;
            self.is_settled = true;
        }
        Ok(self.new_operation(args.note.clone()))
    }

    fn new_operation(&self, note: Option<String>) -> Operation {
        let (moment, actor) = (self.moment(), self.actor.clone());
        let command = self.command_line.clone();
        let mut operation = Operation::new(moment, actor, PROGRAM, command, note, random::key());
        operation.unlocks = self.unlocks;
        operation.keeps_document = Rc::clone(&self.kept_document);
        operation
    }

    /// Makes a change that is told in the command's own words.
    pub fn record<T>(&mut self, change: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
        self.open_store()?;
        let operation = self.operation_for(&ChangeArgs::default())?;
        self.record_as(&operation, change)
    }

    /// Makes a change of which nothing stays, and returns what it would have led to.
    pub fn rehearse<T>(&mut self, change: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
        self.open_store()?;
        let args = ChangeArgs { dry_run: true, ..ChangeArgs::default() };
        let operation = self.operation_for(&args)?;
        let roll_back = |_: &T, _: &()| Fate::RollBack;
        Ok(self.store().transaction(&operation, roll_back, change, |_, _| Ok(()))?.0)
    }

    /// Makes a change as part of a longer operation.
    pub fn record_as<T>(
        &mut self,
        operation: &Operation,
        change: impl FnOnce(&Tx<'_>) -> Result<T>,
    ) -> Result<T> {
        let keep = |_: &T, _: &()| Fate::Commit;
        Ok(self.store().transaction(operation, keep, change, |_, _| Ok(()))?.0)
    }

    /// Makes a change: one transaction, its events shown; only rehearsed under `--dry-run`.
    ///
    /// A change that raises questions is rehearsed, shown, asked about with no lock held, and then
    /// made; if that would now do something else, nothing is done.
    pub fn change(
        &mut self,
        args: &ChangeArgs,
        perform: impl FnMut(&Tx<'_>) -> Result<Done>,
    ) -> Result<()> {
        self.change_then(args, perform, |_| Ok(()))
    }

    /// As [`App::change`]; once it is made, and before it is told, it is brought to its end by `finish`.
    pub fn change_then(
        &mut self,
        args: &ChangeArgs,
        mut perform: impl FnMut(&Tx<'_>) -> Result<Done>,
        finish: impl FnOnce(&mut App) -> Result<()>,
    ) -> Result<()> {
        self.open_store()?;
        let operation = self.operation_for(args)?;
        let (done, review) = self.run(&operation, args, None, &mut perform)?;
        if args.dry_run || done.questions.is_empty() || args.yes {
            if !args.dry_run {
                finish(self)?;
            }
            return self.show_change(operation.id(), args.dry_run, done, review);
        }
        self.show_rehearsal(&done, &review)?;
        self.agree(&done.questions)?;
        let operation = self.operation_for(args)?;
        let (done, review) = self.run(&operation, args, Some(&review), &mut perform)?;
        finish(self)?;
        self.show_change(operation.id(), false, done, review)
    }

    /// Runs a change; keeps it unless it is a dry run, raises unanswered questions, or does something
    /// else than was `agreed` to.
    fn run(
        &mut self,
        operation: &Operation,
        args: &ChangeArgs,
        agreed: Option<&Review>,
        perform: &mut impl FnMut(&Tx<'_>) -> Result<Done>,
    ) -> Result<(Done, Review)> {
        let json = self.wants_json()?;
        let fate = |done: &Done, _: &Review| match agreed {
            _ if args.dry_run => Fate::RollBack,
            None if !done.questions.is_empty() && !args.yes => Fate::RollBack,
            _ => Fate::Commit,
        };
        let review = |tx: &Tx<'_>, written: &Written| {
            let review = review(tx, operation.id(), written, json)?;
            match agreed {
                Some(agreed) if !agreed.tells_the_same(&review) => Err(changed_meanwhile().into()),
                _ => Ok(review),
            }
        };
        self.store().transaction(operation, fate, |tx| perform(tx), review)
    }

    /// Asks the operator to agree to each question; without a terminal names the flag that agrees.
    pub fn agree(&mut self, questions: &[Question]) -> Result<()> {
        for question in questions {
            if !self.terminal.is_interactive {
                let words = format!("this needs your agreement: {}", question.because);
                return Err(Failure::refused("agreement_needed", words)
                    .hint("add `--yes` to agree, or `--dry-run` to see what it would do")
                    .into());
            }
            let width = usize::from(self.terminal.width.clamp(40, 80));
            tell(wrapped(&visible(&question.because), width, 0).trim_end());
            if !self.terminal.confirm(question.ask)? {
                return Err(Failure::refused("declined", "nothing was done").into());
            }
        }
        Ok(())
    }
}

/// A lock among processes; the system drops it when its holder dies.
pub struct Lock {
    file: File,
    path: PathBuf,
}

impl Lock {
    /// Takes the lock, and says whether it was free.
    pub fn take(&self) -> Result<bool> {
        match self.file.try_lock() {
            Ok(()) => Ok(true),
            Err(TryLockError::WouldBlock) => Ok(false),
            Err(TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("the lock `{}`", self.path.display()))
            }
        }
    }
}

impl Review {
    /// Says whether two runs of a change did the same, whatever their sequence numbers.
    fn tells_the_same(&self, other: &Review) -> bool {
        let told = |review: &Review| -> Vec<_> {
            let events = review.events.iter();
            events.map(|event| (event.kind, event.subject, event.payload.clone())).collect()
        };
        self.written.by_kind == other.written.by_kind && told(self) == told(other)
    }
}

/// Returns the failure of a change that is no longer what the operator agreed to.
pub fn changed_meanwhile() -> Failure {
    let words = "the shop changed while you were asked; nothing was done";
    Failure::new(Status::Conflict, "conflict", words)
        .hint("run the command again and look at what it would do now")
}

/// Reads back what operations wrote.
fn review(
    tx: &Tx<'_>,
    operations: impl IntoIterator<Item = i64>,
    written: &Written,
    wants_json: bool,
) -> Result<Review> {
    let mut review = Review { written: written.clone(), events: Vec::new(), spilled: None };
    let operations: Vec<i64> = operations.into_iter().collect();
    if written.count() <= EVENTS_SHOWN_MAX {
        for operation in operations {
            tx.each_event_of(operation, &mut |event| {
                review.events.push(event);
                Ok(())
            })?;
        }
    } else if wants_json {
        review.spilled = Some(output::spill(tx, &operations)?);
    }
    Ok(review)
}

/// Makes a folder with those above it, and sees to it that their names are on the disk.
fn make_folder(folder: &Path) -> io::Result<()> {
    let missing = folder.ancestors().take_while(|folder| !folder.exists());
    let missing: Vec<&Path> = missing.filter(|folder| !folder.as_os_str().is_empty()).collect();
    std::fs::create_dir_all(folder)?;
    for made in missing {
        let above = made.parent().filter(|above| !above.as_os_str().is_empty());
        File::open(above.unwrap_or(Path::new(".")))?.sync_all()?;
    }
    Ok(())
}

fn is_stale(at: &str, now: DateTime<Utc>) -> bool {
    let limit = now.checked_sub_days(Days::new(2));
    DateTime::parse_from_rfc3339(at).is_ok_and(|at| limit.is_some_and(|limit| at < limit))
}
