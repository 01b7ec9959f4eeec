//! `account merge`: two accounts become one.

use anyhow::Result;
use clap::Args;

use super::{called, sheet};
use crate::app::{App, ChangeArgs, Done, Question};
use crate::commands::licence::named_otherwise;
use crate::domain::account::{Account, AccountKey};
use crate::domain::email::Email;
use crate::domain::subscription::Subscription;
use crate::domain::succession::{MergeError, check_merger, doubled, remaining_login};
use crate::store::Tx;

/// Merge an account into another and close it
///
/// Subscriptions, with their invoice e-mails, references and agreed prices, move to the other
/// account, and so do payments with their balance, the login that is to remain and those that have seats of
/// licences; the other login is removed. Orders and issued invoices stay as they are. The closed account goes on leading to its successor.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl account merge 212000-0142 556036-0793 --keep-login avtal@saab.example -n
  shopctl account merge 212000-0142 556036-0793 --keep-login avtal@saab.example \\
      --note 'fusion 2026-03'")]
pub struct MergeArgs {
    /// The account that is closed: its organisation number, or the e-mail address of a login
    #[arg(value_name = "FROM")]
    from: AccountKey,
    /// The account that goes on
    #[arg(value_name = "INTO")]
    into: AccountKey,
    /// Which of the two accounts' logins remains; asked for on a terminal
    #[arg(long, value_name = "ADDRESS")]
    keep_login: Option<Email>,
    #[command(flatten)]
    change: ChangeArgs,
}

/// What is merged, as the store holds it.
struct Merger {
    from: Account,
    into: Account,
    moving: Vec<Subscription>,
    staying: Vec<Subscription>,
    /// The logins of both that were made for a seat of a licence, and stay.
    seated: Vec<Email>,
}

pub fn merge(app: &mut App, args: &MergeArgs) -> Result<()> {
    let keep_login = chosen_login(app, args)?;
    app.change(&args.change, |tx| {
        let merger = Merger::load(tx, args)?;
        let login = merger.remaining_login(keep_login.as_ref())?;
        let mut warnings = merger.warnings(tx)?;
        let Merger { from, into, moving, .. } = &merger;

        tx.merge_account(from, into, moving, login.as_ref())?;
        let merged = tx.account_by_id(into.id)?;
        warnings.extend(named_otherwise(tx, &merged)?);
        Ok(Done {
            warnings,
            questions: vec![merger.question(login.as_ref())],
            ..Done::with(sheet(&merged, tx.today()))
        })
    })
}

/// Returns the login that is to remain, asking for it where it is not given and there is a choice.
fn chosen_login(app: &mut App, args: &MergeArgs) -> Result<Option<Email>> {
    if args.keep_login.is_some() {
        return Ok(args.keep_login.clone());
    }
    let merger = app.read(|tx| Merger::load(tx, args))?;
    match merger.remaining_login(None) {
        Err(MergeError::LoginsOpen(logins)) if app.terminal.is_interactive => {
            let of = |login: &Email| {
                let owner =
                    if merger.from.logins.contains(login) { &merger.from } else { &merger.into };
                format!("{login}  {}", called(owner))
            };
            let choices: Vec<String> = logins.iter().map(of).collect();
            let chosen =
                app.terminal.search("An account has one login. Which remains?", &choices)?;
            Ok(Some(logins[chosen].clone()))
        }
        remaining => Ok(remaining?),
    }
}

impl Merger {
    /// Loads the two accounts; errors when they cannot be merged.
    fn load(tx: &Tx<'_>, args: &MergeArgs) -> Result<Merger> {
        let (from, into) = (tx.account(&args.from)?, tx.account(&args.into)?);
        let moving = tx.subscriptions_of(from.id)?;
        check_merger(&from, &into, &moving, tx.today())?;
        let staying = tx.subscriptions_of(into.id)?;
        let mut seated = Vec::new();
        for login in tx.logins_of(from.id)?.into_iter().chain(tx.logins_of(into.id)?) {
            if tx.is_seated_only(&login)? {
                seated.push(login.email);
            }
        }
        Ok(Merger { from, into, moving, staying, seated })
    }

    fn remaining_login(&self, chosen: Option<&Email>) -> Result<Option<Email>, MergeError> {
        remaining_login(&self.from, &self.into, &self.seated, chosen)
    }

    fn question(&self, login: Option<&Email>) -> Question {
        let subscriptions = match self.moving.len() {
            0 => "no subscription moves".to_owned(),
            1 => "1 subscription moves".to_owned(),
            count => format!("{count} subscriptions move"),
        };
        let login = login.map_or(String::new(), |login| format!(", and `{login}` is its login"));
        let because = format!(
            "{} is closed for good and merged into {}: {subscriptions}{login}.",
            called(&self.from),
            called(&self.into)
        );
        Question { because, ask: "Merge them?" }
    }

    /// Returns what the office should know before it agrees.
    fn warnings(&self, tx: &Tx<'_>) -> Result<Vec<String>> {
        let (from, into, today) = (&self.from, &self.into, tx.today());
        let mut warnings = Vec::new();
        for (sku, moves, stays) in doubled(&self.moving, &self.staying, today) {
            warnings.push(format!(
                "both have a running subscription to {sku}: {moves} moves and {stays} stays, and \
                 both are renewed until notice is given for one"
            ));
        }
        let renewed: Vec<&Subscription> =
            self.moving.iter().filter(|one| one.runs_on(today)).collect();
        if !renewed.is_empty() {
            warnings.push(format!(
                "what moves keeps its invoice e-mail and reference, and its renewals are made out to {} \
                 at its address: {}",
                into.profile.name,
                listed(&renewed)
            ));
        }
        let elsewhere: Vec<&Subscription> =
            renewed.into_iter().filter(|one| one.address.is_some()).collect();
        if !elsewhere.is_empty() {
            warnings.push(format!("these keep an address of their own: {}", listed(&elsewhere)));
        }
        let (was, is) = (from.is_member_on(today), into.is_member_on(today));
        if was && !is {
            warnings.push(format!(
                "the membership of {} ends today, and {} is no member: renewals are at the regular \
                 price",
                from.profile.name, into.profile.name
            ));
        }
        for invoice in tx.unpaid_invoices(from.id)? {
            warnings.push(format!("{invoice}; it stays with {}", from.org_number));
        }
        Ok(warnings)
    }
}

fn listed(subscriptions: &[&Subscription]) -> String {
    let named = |one: &&Subscription| format!("{} ({})", one.number, one.invoice_email);
    subscriptions.iter().map(named).collect::<Vec<String>>().join(", ")
}
