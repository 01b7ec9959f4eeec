//! The questions of `order create` on a terminal: who, what, for whom, from when, to whom the invoice goes.

use anyhow::Result;
use chrono::NaiveDate;

use crate::app::{App, parse_line, parse_reason};
use crate::commands::licence;
use crate::commands::order::{CreateArgs, ShipToArgs};
use crate::domain::account::{Account, AccountError, AccountKey, Field};
use crate::domain::email::Email;
use crate::domain::licence::Holder;
use crate::domain::order::Item;
use crate::domain::org_number::OrgNumber;
use crate::domain::product::{PriceGroup, Product, ProductKind};
use crate::domain::term::parse_date;
use crate::error::Failure;
use crate::store::{Search, StoreError};

/// How many accounts are offered to choose from.
const CHOICES_MAX: usize = 200;

/// Asks for what an order needs and `args` do not say, and returns the arguments that say it all.
pub fn ask(app: &mut App, mut args: CreateArgs) -> Result<CreateArgs> {
    let account = match &args.account {
        Some(key) => given_account(app, key)?,
        None => ask_account(app)?,
    };
    if args.items.is_empty() {
        let products = offered(app)?;
        args.items = ask_items(app, &account, &products)?;
    }
    if args.holder.is_none() && any_is(app, &args.items, |kind| kind == ProductKind::Licence)? {
        args.holder = Some(ask_holder(app, &account)?);
    }
    if args.start.is_none() && any_is(app, &args.items, ProductKind::renews)? {
        args.start = Some(ask_start(app)?);
    }
    if args.invoice_email.is_none() {
        args.invoice_email = Some(ask_invoice_email(app, &account)?);
    }
    if args.reference.is_none() {
        args.reference = ask_reference(app, &account)?;
    }
    if args.ship_to.given().is_empty()
        && any_is(app, &args.items, |kind| kind == ProductKind::Printed)?
    {
        ask_ship_to(app, &account, &mut args.ship_to)?;
    }
    args.was_asked = true;
    args.account = Some(AccountKey::OrgNumber(account.org_number));
    Ok(args)
}

fn given_account(app: &mut App, key: &AccountKey) -> Result<Account> {
    let account = app.read(|tx| Ok(tx.account(key)?))?;
    account.check_buyer()?;
    Ok(account)
}

/// Says whether any of the items is of such a kind.
fn any_is(app: &mut App, items: &[Item], is: impl Fn(ProductKind) -> bool) -> Result<bool> {
    app.read(|tx| {
        let mut any = false;
        for item in items {
            any |= is(tx.product(&item.sku)?.kind);
        }
        Ok(any)
    })
}

/// Asks whom the licences are for: the account, unless told otherwise.
fn ask_holder(app: &App, account: &Account) -> Result<Holder> {
    let default = account.profile.name.parse::<Holder>().ok();
    let check = |text: &str| {
        let holder = text.parse::<Holder>()?;
        licence::check_holder(Some(&holder)).map_err(|error| error.to_string())
    };
    let question = "Whom is the licence for, as it stands on every page?";
    let default = default.as_ref().map(Holder::as_str);
    let answer = app.terminal.ask(question, default, false, check)?;
    Ok(answer.parse::<Holder>().map_err(|words| Failure::refused("value", words))?)
}

/// Asks where the printed copies go: to the account's own address, or to one given part by part.
fn ask_ship_to(app: &App, account: &Account, given: &mut ShipToArgs) -> Result<()> {
    let profile = &account.profile;
    let ask = |question: &str, default: Option<&str>| {
        let check = |text: &str| parse_reason(text).map(|_| ());
        app.terminal.ask(question, default, false, check)
    };
    let name = ask("Who are the printed copies posted to?", Some(&profile.name))?;
    given.name = Some(name).filter(|name| *name != profile.name);
    let street = ask("Street", profile.street.as_deref())?;
    if Some(&street) == profile.street.as_ref() {
        return Ok(());
    }
    given.street = Some(street);
    given.postal_code = Some(ask("Postal code", None)?);
    given.city = Some(ask("Town", None)?);
    Ok(())
}

/// Asks who buys until the answer is an account that can be invoiced.
fn ask_account(app: &mut App) -> Result<Account> {
    loop {
        let Some(account) = ask_any_account(app)? else { continue };
        match account.check_buyer() {
            Ok(()) => return Ok(account),
            Err(error) => app.say(&format!("  {error}; {}", remedy(&error, &account.org_number))),
        }
    }
}

/// Says by which command an account becomes one that can be invoiced.
fn remedy(error: &AccountError, number: &OrgNumber) -> String {
    match error {
        AccountError::Closed(_) => format!("`shopctl account reopen {number}` opens it again"),
        AccountError::Incomplete(fields) => {
            let flag = |field: &Field| format!(" --{} …", field.as_str().replace('_', "-"));
            let flags: String = fields.iter().map(flag).collect();
            format!("`shopctl account edit {number}{flags}` completes it")
        }
        _ => format!("`shopctl account show {number}` shows it"),
    }
}

fn ask_any_account(app: &mut App) -> Result<Option<Account>> {
    let question = "Who buys? (number, or part of the name)";
    let words =
        app.terminal.ask(question, None, false, |text| match text.parse::<OrgNumber>() {
            _ if text.trim().is_empty() => Err("it is empty".to_owned()),
            Err(error) if is_meant_as_number(text) => Err(error.to_string()),
            _ => Ok(()),
        })?;
    if let Ok(number) = words.parse::<OrgNumber>() {
        let found = app.read(|tx| match tx.account(&AccountKey::OrgNumber(number)) {
            Err(error @ (StoreError::Unknown { .. } | StoreError::Superseded(_))) => Ok(Err(error)),
            found => Ok(Ok(found?)),
        })?;
        match &found {
            Ok(account) => app.say(&format!("  {}", account.profile.name)),
            Err(error) => app.say(&format!("  {error}")),
        }
        return Ok(found.ok());
    }
    let found = search(app, &words)?;
    if found.is_empty() {
        app.say("  no open account has that in its name");
        return Ok(None);
    }
    let items: Vec<String> =
        found.iter().map(|(number, name)| format!("{name}  {number}")).collect();
    let chosen = app.terminal.search("Which one?", &items)?;
    let key = AccountKey::OrgNumber(found[chosen].0.clone());
    app.read(|tx| Ok(Some(tx.account(&key)?)))
}

/// Says whether an answer is rather a mistyped number than a name with digits in it, such as `1177`.
fn is_meant_as_number(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    digits >= 6 && !text.chars().any(char::is_alphabetic)
}

fn search(app: &mut App, words: &str) -> Result<Vec<(OrgNumber, String)>> {
    let mut found = Vec::new();
    app.read(|tx| {
        tx.each_account(Some(&Search::new(words)), None, &mut |listing| {
            if found.len() < CHOICES_MAX && listing.closed_on.is_none() {
                found.push((listing.org_number, listing.name));
            }
            Ok(())
        })?;
        Ok(())
    })?;
    Ok(found)
}

fn offered(app: &mut App) -> Result<Vec<Product>> {
    let products = app.read(|tx| Ok(tx.products()?))?;
    let offered: Vec<Product> =
        products.into_iter().filter(|product| product.retired_on.is_none()).collect();
    if offered.is_empty() {
        return Err(Failure::refused("no_products", "there is nothing to sell yet")
            .hint("`shopctl product create SKU …` makes a product")
            .into());
    }
    Ok(offered)
}

fn ask_items(app: &mut App, account: &Account, products: &[Product]) -> Result<Vec<Item>> {
    let today = app.today();
    let group = PriceGroup::of(account.is_member_on(today));
    let mut items: Vec<Item> = Vec::new();
    loop {
        let left: Vec<&Product> = products
            .iter()
            .filter(|product| !items.iter().any(|item| item.sku == product.sku))
            .collect();
        if left.is_empty() {
            return Ok(items);
        }
        let mut choices: Vec<String> = left
            .iter()
            .map(|product| {
                let price = product.price_on(today).map(|price| price.of(group).to_string());
                let price = price.unwrap_or_else(|_| "no price today".to_owned());
                format!("{}  {}  {price}", product.sku, product.name_sv)
            })
            .collect();
        if !items.is_empty() {
            choices.insert(0, "Nothing more".to_owned());
        }
        let question = if items.is_empty() { "What?" } else { "What more?" };
        let chosen = app.terminal.search(question, &choices)?;
        let Some(index) = chosen.checked_sub(usize::from(!items.is_empty())) else {
            return Ok(items);
        };
        let product = left[index];
        let quantity = if product.kind.renews() { 1 } else { ask_quantity(app, product)? };
        items.push(Item { sku: product.sku.clone(), quantity });
    }
}

fn ask_quantity(app: &App, product: &Product) -> Result<i64> {
    let read = |text: &str| format!("{}={text}", product.sku).parse::<Item>();
    let answer = app.terminal.ask("How many?", Some("1"), false, |text| read(text).map(|_| ()))?;
    Ok(read(&answer).map_err(|words| Failure::refused("value", words))?.quantity)
}

fn ask_start(app: &App) -> Result<NaiveDate> {
    let today = app.today().to_string();
    let check = |text: &str| parse_date(text).map(|_| ());
    let answer = app.terminal.ask("From which day?", Some(&today), false, check)?;
    Ok(parse_date(&answer).map_err(|words| Failure::refused("value", words))?)
}

fn ask_invoice_email(app: &App, account: &Account) -> Result<Email> {
    let default = account.profile.invoice_email.as_ref().map(|email| email.as_str());
    let check = |text: &str| text.parse::<Email>().map(|_| ()).map_err(|error| error.to_string());
    let answer = app.terminal.ask("Where does the invoice go?", default, false, check)?;
    Ok(answer.parse::<Email>()?)
}

fn ask_reference(app: &App, account: &Account) -> Result<Option<String>> {
    let default = account.profile.reference.as_deref();
    let check = |text: &str| parse_line(text).map(|_| ());
    let question = "\"Er referens\" on the invoice (may be empty)";
    let answer = app.terminal.ask(question, default, true, check)?;
    Ok(Some(answer).filter(|answer| !answer.trim().is_empty()))
}
