//! Accounts that give way to others: merged, renumbered, and subscriptions that change hands.

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use super::account::subject;
use super::driver::values;
use super::ledger::left_of_invoice;
use super::{StoreError, Tx};
use crate::domain::account::{Account, AccountId, AccountKey};
use crate::domain::email::Email;
use crate::domain::event::{EventKind, Noun, Subject};
use crate::domain::invoice::InvoiceNumber;
use crate::domain::login::Login;
use crate::domain::money::Money;
use crate::domain::org_number::OrgNumber;
use crate::domain::subscription::Subscription;
use crate::domain::succession::{Cause, FormerNumber, Succession};
use crate::domain::vat_number::VatNumber;

/// How many accounts that were merged one into the next are followed: more than a shop will ever see.
const MERGERS_MAX: usize = 1000;

/// What a subscription has at its new account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    pub invoice_email: Email,
    pub reference: Option<String>,
}

impl Tx<'_> {
    /// Returns the account that a number or a login calls, also by a former number or when it was
    /// merged into another, and then by which number to call it now.
    ///
    /// Only what is not found, and closed accounts, cost another look.
    pub fn account_or_former(
        &self,
        key: &AccountKey,
    ) -> Result<(Account, Option<Succession>), StoreError> {
        let found = match key {
            AccountKey::OrgNumber(number) => match self.find_account(number)? {
                None => self.renumbered_account(number)?,
                found => found,
            },
            AccountKey::Login(email) => match self.login_holder(email)? {
                Some(number) => self.find_account(&number)?,
                None => None,
            },
        };
        let account =
            found.ok_or_else(|| StoreError::Unknown { noun: "account", key: key.to_string() })?;
        let succession = match key {
            _ if account.closed_on.is_some() => self.merger_of(&account)?,
            AccountKey::OrgNumber(number) if *number != account.org_number => {
                self.renumbering(number, &account)?
            }
            _ => None,
        };
        Ok((account, succession))
    }

    /// Returns the account that had a number before.
    pub fn renumbered_account(&self, number: &OrgNumber) -> Result<Option<Account>, StoreError> {
        let id = self.find(
            "SELECT account_id FROM former_org_number WHERE org_number = $1",
            values![*number.digits()],
            |row| row.get(0),
        )?;
        id.map(|id| self.account_by_id(AccountId(id))).transpose()
    }

    fn renumbering(
        &self,
        number: &OrgNumber,
        account: &Account,
    ) -> Result<Option<Succession>, StoreError> {
        let former = self.former_numbers(account.id)?;
        let left = former.into_iter().find(|former| former.org_number == *number);
        Ok(left.map(|former| Succession {
            called: number.to_string(),
            successor: account.org_number.clone(),
            name: account.profile.name.clone(),
            since: former.left_on,
            cause: Cause::Renumbered,
        }))
    }

    /// Returns into which account a closed one was merged, if it was: the last one, where that was
    /// merged in its turn.
    pub fn merger_of(&self, account: &Account) -> Result<Option<Succession>, StoreError> {
        let mut last = None;
        let mut id = account.id.0;
        for _ in 0..MERGERS_MAX {
            let next: Option<(i64, OrgNumber, String)> = self.find(
                "SELECT n.id, n.org_number, n.name
                 FROM account o JOIN account n ON n.id = o.successor_id WHERE o.id = $1",
                values![id],
                |row| Ok((row.get(0)?, row.parse(1)?, row.get(2)?)),
            )?;
            let Some((next_id, successor, name)) = next else { break };
            id = next_id;
            last = Some((successor, name));
        }
        let since = account.closed_on.unwrap_or(self.today());
        Ok(last.map(|(successor, name)| Succession {
            called: account.org_number.to_string(),
            successor,
            name,
            since,
            cause: Cause::Merged,
        }))
    }

    /// Returns the account that stands in the place of one today: the last it was merged into, or itself.
    pub(super) fn heir(&self, id: AccountId) -> Result<AccountId, StoreError> {
        let mut heir = id.0;
        for _ in 0..MERGERS_MAX {
            let next: Option<Option<i64>> = self.find(
                "SELECT successor_id FROM account WHERE id = $1",
                values![heir],
                |row| row.get(0),
            )?;
            match next.flatten() {
                Some(next) => heir = next,
                None => break,
            }
        }
        Ok(AccountId(heir))
    }

    /// Returns an account and all that were merged into it, also by way of others.
    pub(super) fn with_merged(&self, id: AccountId) -> Result<Vec<AccountId>, StoreError> {
        let mut accounts = vec![id];
        let mut index = 0;
        while let Some(account) = accounts.get(index).filter(|_| index < MERGERS_MAX) {
            accounts.extend(self.rows(
                "SELECT id FROM account WHERE successor_id = $1 ORDER BY id",
                values![account.0],
                |row| row.get(0).map(AccountId),
            )?);
            index += 1;
        }
        Ok(accounts)
    }

    /// Returns the numbers that an account had before, the last one first.
    pub fn former_numbers(&self, id: AccountId) -> Result<Vec<FormerNumber>, StoreError> {
        self.rows(
            "SELECT org_number, left_on FROM former_org_number
             WHERE account_id = $1 ORDER BY left_on DESC, org_number",
            values![id.0],
            |row| Ok(FormerNumber { org_number: row.parse(0)?, left_on: row.get(1)? }),
        )
    }

    /// Returns the accounts that were merged into one: number, name and day, the first one first.
    pub fn merged_into(
        &self,
        id: AccountId,
    ) -> Result<Vec<(OrgNumber, String, NaiveDate)>, StoreError> {
        self.rows(
            "SELECT org_number, name, closed_on FROM account
             WHERE successor_id = $1 AND closed_on IS NOT NULL ORDER BY closed_on, org_number",
            values![id.0],
            |row| Ok((row.parse(0)?, row.get(1)?, row.get(2)?)),
        )
    }

    /// Errors when the number is one that an account had before, which nobody can register anew.
    pub(super) fn refuse_former_number(&self, number: &OrgNumber) -> Result<(), StoreError> {
        let Some(account) = self.renumbered_account(number)? else { return Ok(()) };
        match self.renumbering(number, &account)? {
            Some(succession) => Err(StoreError::Superseded(Box::new(succession))),
            None => Ok(()),
        }
    }

    /// Merges one open account into another: its subscriptions, `moving`, its payments with what is left
    /// of them, and the login that remains go along, membership ends, and it is closed for good. Orders
    /// and invoices stay as they are, and those that are held with it are held by themselves from now on.
    ///
    /// Errors when either was closed in the meantime.
    pub fn merge_account(
        &self,
        from: &Account,
        into: &Account,
        moving: &[Subscription],
        login: Option<&Email>,
    ) -> Result<(), StoreError> {
        for subscription in moving {
            self.move_subscription(subscription, from, into)?;
        }
        self.merge_logins(from, into, login)?;
        self.move_covers(&from.org_number, &into.org_number)?;
        self.settle_licences_of(into)?;
        self.end_memberships(from)?;
        self.hand_down_hold(from, into)?;
        let balance = self.balance(from.id)?;
        self.execute(
            "UPDATE payment SET account_id = $2 WHERE account_id = $1",
            values![from.id.0, into.id.0],
        )?;
        let balance = Some(balance).filter(|balance| *balance != Money::ZERO);
        self.change(
            "account",
            from.org_number.masked(),
            "UPDATE account SET closed_on = $3, successor_id = $2
             WHERE id = $1 AND closed_on IS NULL
                 AND EXISTS (SELECT 1 FROM account n WHERE n.id = $2 AND n.closed_on IS NULL)",
            values![from.id.0, into.id.0, self.today()],
        )?;
        let moved: Vec<i64> = moving.iter().map(|one| one.number).collect();
        let moved = Some(moved).filter(|moved| !moved.is_empty());
        let of = |other: &Account, role: &str| {
            json!({
                role: other.org_number.masked(),
                "name": other.profile.name,
                "subscriptions": moved,
                "balance_ore": balance.map(Money::ore),
                "login": login.map(Email::as_str),
            })
        };
        let mut closed = of(into, "into");
        closed["closed_on"] = Json::from(self.today().to_string());
        self.record_merger(from, closed)?;
        self.record_merger(into, of(from, "merged"))
    }

    /// Ends the hold of an account that is closed; each of its unpaid invoices is held by itself instead.
    fn hand_down_hold(&self, from: &Account, into: &Account) -> Result<(), StoreError> {
        let Some(hold) = self.account_hold(from.id)? else { return Ok(()) };
        let unpaid: Vec<InvoiceNumber> = self.rows(
            concat!(
                "SELECT i.number FROM invoice i WHERE i.account_id = $1 AND i.kind = 'invoice' AND ",
                left_of_invoice!(),
                " > 0 ORDER BY i.number"
            ),
            values![from.id.0],
            |row| row.get(0).map(InvoiceNumber),
        )?;
        for number in unpaid {
            let invoice = self.invoice(number)?;
            if self.invoice_hold(invoice.id)?.is_none() {
                self.hold_invoice(&invoice, &hold.reason, hold.is_disputed)?;
            }
        }
        let reason = format!("merged into {}", into.org_number.masked());
        self.release_account(from, &hold, &reason)
    }

    fn record_merger(&self, account: &Account, after: Json) -> Result<(), StoreError> {
        let about = account.org_number.masked();
        self.record(EventKind::AccountMerged, subject(account.id), &about, Json::Null, after)
    }

    /// Moves a subscription with its billing details; a VAT number of its own was the former holder's.
    fn move_subscription(
        &self,
        subscription: &Subscription,
        from: &Account,
        into: &Account,
    ) -> Result<(), StoreError> {
        self.change(
            "subscription",
            subscription.number,
            "UPDATE subscription SET account_id = $3, vat_number = NULL, failures = 0, failure = NULL
             WHERE id = $1 AND account_id = $2 AND billed_through = $4",
            values![subscription.id.0, from.id.0, into.id.0, subscription.billed_through],
        )?;
        let mut before = json!({ "org_number": from.org_number.masked() });
        let mut after = json!({ "org_number": into.org_number.masked() });
        tell_dropped(subscription, false, &mut before, &mut after);
        self.record(
            EventKind::SubscriptionTransferred,
            of_subscription(subscription),
            &subscription.number.to_string(),
            before,
            after,
        )
    }

    /// Leaves the two accounts with one login (R2), which keeps its password, beside those that were made
    /// for seats; the others go with their passwords, and their addresses are free from then on.
    fn merge_logins(
        &self,
        from: &Account,
        into: &Account,
        remains: Option<&Email>,
    ) -> Result<(), StoreError> {
        let (theirs, ours) = (self.logins_of(from.id)?, self.logins_of(into.id)?);
        let remains = remains.and_then(|email| {
            let all = || theirs.iter().chain(&ours);
            let as_spelt = all().find(|login| login.email == *email);
            as_spelt.or_else(|| all().find(|login| login.email.key() == email.key()))
        });
        let mut staying = Vec::new();
        let mut going = Vec::new();
        for login in theirs.iter().chain(&ours) {
            match remains.is_some_and(|one| one.id == login.id) || self.is_seated_only(login)? {
                true => staying.push(login),
                false => going.push(login),
            }
        }
        for login in going {
            self.drop_login(if login.account_id == from.id { from } else { into }, login)?;
        }
        for login in staying.into_iter().filter(|login| login.account_id == from.id) {
            self.move_login(login, from, into)?;
        }
        match remains {
            Some(remains) => self.free_own_seats(remains, into.id),
            None => Ok(()),
        }
    }

    fn drop_login(&self, account: &Account, login: &Login) -> Result<(), StoreError> {
        self.forget_password(login.id)?;
        self.execute("DELETE FROM seat WHERE login_id = $1", values![login.id.0])?;
        self.change(
            "login",
            &login.email,
            "DELETE FROM login WHERE id = $1 AND account_id = $2",
            values![login.id.0, account.id.0],
        )?;
        self.record_login_gone(account, &login.email)
    }

    fn move_login(&self, login: &Login, from: &Account, into: &Account) -> Result<(), StoreError> {
        self.change(
            "login",
            &login.email,
            "UPDATE login SET account_id = $3 WHERE id = $1 AND account_id = $2",
            values![login.id.0, from.id.0, into.id.0],
        )?;
        self.record_login_gone(from, &login.email)?;
        self.record(
            EventKind::LoginAdded,
            subject(into.id),
            &into.org_number.masked(),
            Json::Null,
            json!({ "login": login.email.as_str() }),
        )
    }

    fn record_login_gone(&self, account: &Account, login: &Email) -> Result<(), StoreError> {
        self.record(
            EventKind::LoginRemoved,
            subject(account.id),
            &account.org_number.masked(),
            json!({ "login": login.as_str() }),
            Json::Null,
        )
    }

    /// Ends today what there is of membership, also one that was to begin later.
    fn end_memberships(&self, account: &Account) -> Result<(), StoreError> {
        let today = self.today();
        let (id, lasts) = (account.id.0, "(to_on IS NULL OR to_on > $2)");
        let ended = self.execute(
            &format!(
                "UPDATE membership SET to_on = $2 WHERE account_id = $1 AND from_on < $2 AND {lasts}"
            ),
            values![id, today],
        )?;
        // A membership that would end on its first day never was one.
        let dropped = self.execute(
            "DELETE FROM membership WHERE account_id = $1 AND from_on >= $2",
            values![id, today],
        )?;
        if ended + dropped == 0 {
            return Ok(());
        }
        let periods: Vec<Json> = account
            .memberships
            .iter()
            .filter(|membership| membership.to.is_none_or(|to| to > today))
            .map(|membership| {
                let to = membership.to.map(|day| day.to_string()).unwrap_or_default();
                Json::from(format!("{}/{to}", membership.from))
            })
            .collect();
        self.record(
            EventKind::MembershipChanged,
            subject(account.id),
            &account.org_number.masked(),
            json!({ "member": account.is_member_on(today), "periods": periods }),
            json!({ "member": false, "from": today.to_string() }),
        )
    }

    /// Gives an account another number; the former one leads to it from now on.
    ///
    /// A number that it had before may be taken back. Errors when the new one is another account's, or
    /// was.
    pub fn renumber_account(
        &self,
        account: &Account,
        number: &OrgNumber,
        reason: &str,
    ) -> Result<(), StoreError> {
        if let Some(holder) = self.find_account(number)? {
            return Err(StoreError::Taken {
                what: "the organisation number",
                key: number.to_string(),
                holder: holder.profile.name,
            });
        }
        let returned = self.execute(
            "DELETE FROM former_org_number WHERE org_number = $1 AND account_id = $2",
            values![*number.digits(), account.id.0],
        )?;
        if returned == 0 {
            self.refuse_former_number(number)?;
        }
        self.change(
            "account",
            account.org_number.masked(),
            "UPDATE account SET org_number = $3 WHERE id = $1 AND org_number = $2",
            values![account.id.0, *account.org_number.digits(), *number.digits()],
        )?;
        self.execute(
            "INSERT INTO former_org_number (org_number, account_id, left_on) VALUES ($1, $2, $3)",
            values![*account.org_number.digits(), account.id.0, self.today()],
        )?;
        self.record(
            EventKind::AccountRenumbered,
            subject(account.id),
            &number.masked(),
            json!({ "org_number": account.org_number.masked() }),
            json!({ "org_number": number.masked(), "reason": reason }),
        )?;
        self.move_covers(&account.org_number, number)?;
        self.settle_licences_of(&self.account_by_id(account.id)?)
    }

    /// Transfers a subscription to another account, with the billing details it has there; an address
    /// and a VAT number of its own were the former holder's.
    ///
    /// Errors when it was transferred or renewed in the meantime.
    pub fn transfer_subscription(
        &self,
        subscription: &Subscription,
        from: &Account,
        to: &Account,
        transfer: &Transfer,
    ) -> Result<(), StoreError> {
        self.change(
            "subscription",
            subscription.number,
            "UPDATE subscription SET account_id = $3, invoice_email = $5, reference = $6,
                 care_of = NULL, street = NULL, postal_code = NULL, city = NULL, country = NULL,
                 vat_number = NULL, failures = 0, failure = NULL
             WHERE id = $1 AND account_id = $2 AND billed_through = $4",
            values![
                subscription.id.0,
                from.id.0,
                to.id.0,
                subscription.billed_through,
                *transfer.invoice_email.as_str(),
                transfer.reference,
            ],
        )?;
        let mut before = json!({
            "org_number": from.org_number.masked(),
            "invoice_email": subscription.invoice_email.as_str(),
            "reference": subscription.reference,
        });
        let mut after = json!({
            "org_number": to.org_number.masked(),
            "invoice_email": transfer.invoice_email.as_str(),
            "reference": transfer.reference,
        });
        tell_dropped(subscription, true, &mut before, &mut after);
        let number = subscription.number;
        let kind = EventKind::SubscriptionTransferred;
        self.record(kind, of_subscription(subscription), &number.to_string(), before, after)?;
        // The subscription's history goes along with it; the former holder's own tells where to.
        self.record(
            kind,
            subject(from.id),
            &from.org_number.masked(),
            Json::Null,
            json!({ "subscription": number, "to": to.org_number.masked() }),
        )?;
        self.settle_licences_of(to)
    }
}

/// Adds to an event what a subscription has no longer at its new account.
fn tell_dropped(
    subscription: &Subscription,
    drops_address: bool,
    before: &mut Json,
    after: &mut Json,
) {
    let address = subscription.address.as_ref().filter(|_| drops_address).map(|address| {
        let care_of = address.care_of.iter().map(|name| format!("c/o {name}"));
        let street = [address.street.clone()];
        let town = [format!("{} {}", address.postal_code, address.city)];
        let country = [address.country.to_string()];
        care_of.chain(street).chain(town).chain(country).collect::<Vec<String>>().join(", ")
    });
    let vat_number = subscription.vat_number.as_ref().map(VatNumber::masked);
    for (key, value) in [("address", address), ("vat_number", vat_number)] {
        if let Some(value) = value {
            before[key] = Json::from(value);
            after[key] = Json::Null;
        }
    }
    if let Some(failure) = &subscription.failure {
        before["renewal_refused"] = Json::from(failure.as_str());
        after["renewal_refused"] = Json::Null;
    }
}

fn of_subscription(subscription: &Subscription) -> Subject {
    Subject { noun: Noun::Subscription, id: subscription.id.0 }
}

#[cfg(test)]
mod tests;
