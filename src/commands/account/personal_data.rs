//! `account personal-data`: what is held on a person, handed over or erased.

use std::fs::File;
use std::io::{BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use serde_json::json;

use crate::app::{App, ChangeArgs, Done, Format, Question, parse_line};
use crate::commands::account::personal_warning;
use crate::commands::{check_writable, write_from};
use crate::domain::email::Email;
use crate::domain::personal_data::{Part, Person};
use crate::domain::text::visible_json;
use crate::error::{Failure, Status};
use crate::render::sheet::{Cell, Grid, Sheet, column};
use crate::store::{Erased, Trace, Tx};

/// Write everything held on a person to a JSON file
///
/// The person is known by an e-mail address, which is looked for in the whole shop. A name is looked
/// for only in the accounts that the address is connected with: many people bear one name. The audit
/// trail keeps that an export was made, and not of whom. Where nothing is held, nothing is written, and
/// the exit status is 4.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl account personal-data export anna.berg@saab.example -o anna.json
  shopctl account personal-data export anna.berg@saab.example --name 'Anna Berg' -o -")]
pub struct ExportArgs {
    /// The person's e-mail address
    email: Email,
    /// What the person is called, where contacts, references and notes say no address
    #[arg(long, value_name = "NAME", value_parser = parse_name)]
    name: Option<String>,
    /// Where to; - is stdout
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

/// Erase what is held on a person, as far as the law allows
///
/// Invoices, their documents and the mails that carried them, payments, reminders and what the books say
/// of them are kept as bookkeeping material, and so are notices, as records of an agreement; the answer
/// says until when. Where the address is the only
/// login of an account, or what runs is invoiced to it, another address takes its place. Copies outside
/// the shop's file, such as backups and exports, are not touched.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl account personal-data erase anna.berg@saab.example -n
  shopctl account personal-data erase anna.berg@saab.example --name 'Anna Berg' \\
      --successor inkop@saab.example --reason 'asked for by letter'")]
pub struct EraseArgs {
    /// The person's e-mail address
    email: Email,
    /// What the person is called, where contacts, references and notes say no address
    #[arg(long, value_name = "NAME", value_parser = parse_name)]
    name: Option<String>,
    /// The address that takes its place where there must be one
    #[arg(long, value_name = "EMAIL")]
    successor: Option<Email>,
    /// Why, without naming the person
    #[arg(long, value_name = "TEXT", value_parser = parse_line)]
    reason: Option<String>,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Reads a name that can be looked for: a letter or two would be found everywhere.
fn parse_name(text: &str) -> Result<String, String> {
    let name = parse_line(text)?;
    if name.chars().filter(|letter| letter.is_alphabetic()).count() < 3 {
        return Err(format!("`{name}` is too short to be looked for"));
    }
    Ok(name)
}

pub fn export(app: &mut App, args: &ExportArgs) -> Result<()> {
    if matches!(app.format()?, Format::Csv | Format::Tsv) {
        return Err(Failure::refused("format", "this export is JSON, and no table").into());
    }
    check_writable(&args.output)?;
    let at = app.read(|tx| Ok(tx.now()))?;
    let mut file = tempfile::tempfile().context("a temporary file cannot be made")?;
    let (trace, counts) = app.read(|tx| {
        let trace = tx.personal_trace(&args.email, args.name.as_deref())?;
        let counts = write_parts(tx, &trace, args, &at, &mut file)?;
        Ok((trace, counts))
    })?;

    if counts.iter().all(|(_, count)| *count == 0) {
        let words = format!("nothing is held on `{}`", args.email);
        return Err(Failure::new(Status::NotFound, "unknown_person", words)
            .hint("`shopctl find WORDS` finds other addresses of the person")
            .into());
    }

    app.record(|tx| Ok(tx.record_personal_export(&trace, &counts)?))?;

    file.rewind()?;
    write_from(&args.output, &mut file)?;
    if args.output != Path::new("-") {
        app.say(&format!("`{}` was written: {}", args.output.display(), counted(&counts)));
    }
    Ok(())
}

/// Returns how many there are of each thing, on one line.
fn counted(counts: &[(&'static str, i64)]) -> String {
    let some = counts.iter().filter(|(_, count)| *count > 0);
    let words: Vec<String> = some.map(|(what, count)| format!("{what} ({count})")).collect();
    words.join(", ")
}

/// Writes all that is held on a person, an item a line, and returns how much of each part.
fn write_parts(
    tx: &Tx<'_>,
    trace: &Trace,
    args: &ExportArgs,
    at: &str,
    file: &mut File,
) -> Result<Vec<(&'static str, i64)>> {
    let (_, seller) = tx.seller()?;
    let head = json!({
        "email": args.email.as_str(),
        "name": args.name,
        "exported_at": at,
        "controller": {
            "name": seller.legal_name,
            "org_number": seller.org_number.to_string(),
            "email": seller.office_email.as_str(),
        },
    })
    .to_string();
    let head = visible_json(&head);
    let mut out = BufWriter::new(file);
    write!(out, "{},\"parts\":[", &head[..head.len() - 1])?;
    let mut counts = Vec::new();
    for part in Part::ALL {
        let separator = if counts.is_empty() { "" } else { "," };
        let (name, ground) = (json!(part.as_str()), json!(part.ground()));
        write!(out, "{separator}\n{{\"part\":{name},\"legal_ground\":{ground},\"items\":[")?;
        let (mut count, mut failed) = (0, None);
        tx.each_personal_item(trace, part, &mut |item| {
            let separator = if count == 0 { "" } else { "," };
            if failed.is_none() {
                failed = write!(out, "{separator}\n{}", visible_json(&item.to_string())).err();
            }
            count += 1;
            Ok(())
        })?;
        if let Some(error) = failed {
            return Err(error).context("a temporary file cannot be written");
        }
        write!(out, "]}}")?;
        counts.push((part.as_str(), count));
    }
    writeln!(out, "]}}")?;
    out.flush()?;
    Ok(counts)
}

pub fn erase(app: &mut App, args: &EraseArgs) -> Result<()> {
    refuse_naming(args)?;
    let successor = successor(app, args)?;
    let mut report = None;
    app.change(&args.change, |tx| {
        let (_, seller) = tx.seller()?;
        if seller.office_email.key() == args.email.key() {
            let words = "this is the shop's own address, which every invoice names";
            return Err(Failure::refused("own_address", words)
                .hint("`shopctl seller edit --office-email EMAIL` gives the shop another")
                .into());
        }
        let trace = tx.personal_trace(&args.email, args.name.as_deref())?;
        refuse_without_successor(&tx.needs_successor(&trace)?, successor.as_ref())?;

        let erased = tx.erase_personal_data(&trace, successor.as_ref(), args.reason.as_deref())?;
        let sheet = sheet(&erased);
        report = Some(sheet.clone());
        Ok(told(&erased, &trace, successor.as_ref(), sheet))
    })?;
    match report {
        Some(report) if !app.wants_json()? && !app.global.quiet => app.show(&report),
        _ => Ok(()),
    }
}

/// Refuses a reason or a note that would keep in the audit trail what is to be erased.
fn refuse_naming(args: &EraseArgs) -> Result<()> {
    let mut person = Person::new(args.email.clone());
    if let Some(name) = &args.name {
        person.called(name);
    }
    for text in [&args.reason, &args.change.note].into_iter().flatten() {
        if person.has_address_in(text) || person.is_named_in(text) {
            let words = "the reason names the person, and the audit trail would keep it";
            return Err(Failure::refused("names_the_person", words)
                .hint("give a reason such as `--reason 'asked for by letter'`")
                .into());
        }
    }
    if args.successor.as_ref().is_some_and(|successor| successor.key() == args.email.key()) {
        let words = "the successor is the address that is to be erased";
        return Err(Failure::refused("successor", words).into());
    }
    Ok(())
}

/// Returns the address that takes the person's place: the one given, or on a terminal, where there must
/// be one, the one asked for.
fn successor(app: &mut App, args: &EraseArgs) -> Result<Option<Email>> {
    if args.successor.is_some() || !app.terminal.is_interactive {
        return Ok(args.successor.clone());
    }
    let needs = app.read(|tx| {
        Ok(tx.needs_successor(&tx.personal_trace(&args.email, args.name.as_deref())?)?)
    })?;
    if needs.is_empty() {
        return Ok(None);
    }
    app.say(&format!("The address is {}.", needs.join("; ")));
    let erased = args.email.key();
    let answer =
        app.terminal.ask("Which address takes its place?", None, false, |text| {
            match text.parse::<Email>() {
                Ok(email) if email.key() == erased => Err("it is the one to be erased".to_owned()),
                Ok(_) => Ok(()),
                Err(error) => Err(error.to_string()),
            }
        })?;
    Ok(Some(answer.parse()?))
}

fn refuse_without_successor(needs: &[String], successor: Option<&Email>) -> Result<()> {
    if needs.is_empty() || successor.is_some() {
        return Ok(());
    }
    let words = format!("another address must take its place: it is {}", needs.join("; "));
    Err(Failure::refused("successor_needed", words)
        .hint("add `--successor EMAIL`, an address of the same organisation")
        .into())
}

fn told(erased: &Erased, trace: &Trace, successor: Option<&Email>, sheet: Sheet) -> Done {
    let mut done = Done::with(sheet);
    if erased.erased.is_empty() {
        return done;
    }
    done.questions.push(Question {
        because: format!(
            "what is erased cannot be brought back: {}; {}",
            counted(&erased.erased),
            kept_words(erased)
        ),
        ask: "Erase it?",
    });
    if erased
        .erased
        .iter()
        .any(|(what, _)| *what == "invoice e-mails" || *what == "mails readdressed")
    {
        done.warnings.extend(personal_warning(successor));
    }
    for (org_number, contact) in trace.other_contacts.iter().take(5) {
        done.warnings.push(format!(
            "the contact `{contact}` of account {org_number} stays; if that is the person, add \
             `--name '{contact}'`"
        ));
    }
    done
}

/// Returns what the law keeps, on one line.
fn kept_words(erased: &Erased) -> String {
    let kept: Vec<String> = erased
        .kept
        .iter()
        .map(|(what, count, until)| {
            let until = until.map(|day| format!(" until {day}")).unwrap_or_default();
            format!("{} ({count}){until}", what.as_str())
        })
        .collect();
    match kept.is_empty() {
        true => "nothing of it need be kept".to_owned(),
        false => format!("what the law keeps: {}", kept.join(", ")),
    }
}

/// Returns what is shown of an erasing: what went, and what stays, why and until when.
fn sheet(erased: &Erased) -> Sheet {
    let mut gone = Grid::new(&[column("what", "What"), column("count", "Number")]);
    gone.rows = erased
        .erased
        .iter()
        .map(|(what, count)| vec![Cell::text(*what), Cell::Integer(*count)])
        .collect();
    let mut kept = Grid::new(&[
        column("what", "What"),
        column("count", "Number"),
        column("until", "Until"),
        column("ground", "Legal ground"),
    ]);
    kept.rows = erased
        .kept
        .iter()
        .map(|(what, count, until)| {
            vec![
                Cell::text(what.as_str()),
                Cell::Integer(*count),
                Cell::maybe(*until),
                Cell::text(what.ground()),
            ]
        })
        .collect();
    Sheet::default().list("erased", "Erased", gone).list("kept", "Kept", kept)
}
