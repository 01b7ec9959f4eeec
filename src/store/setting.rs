//! Settings: a name and a value each.

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use super::driver::{DriverError, values};
use super::{StoreError, Tx};
use crate::domain::event::{EventKind, Noun, Subject};
use crate::domain::setting::{FormerInvoiceDays, Setting, ShopSettings};
use crate::domain::term::parse_date;

/// The day on which reminders were switched on or off.
const REMINDERS_CHOSEN: &str = "renewal_reminders_chosen_on";

/// The day on which the days ahead of an invoice were last changed, and what they were before it.
const INVOICE_DAYS_CHOSEN: &str = "renewal_invoice_days_chosen_on";
const INVOICE_DAYS_BEFORE: &str = "renewal_invoice_days_before";

const SHOP: Subject = Subject { noun: Noun::Shop, id: 0 };

impl Tx<'_> {
    /// Returns what the office has chosen, with the defaults where it has not.
    pub fn shop_settings(&self) -> Result<ShopSettings, StoreError> {
        let mut settings = ShopSettings::default();
        let stored = self.rows("SELECT name, value FROM setting ORDER BY name", &[], |row| {
            Ok((row.get::<String>(0)?, row.get::<String>(1)?))
        })?;
        for (name, value) in stored {
            if let Some(setting) = Setting::all().find(|setting| setting.as_str() == name) {
                settings = settings.with(setting, &value).map_err(DriverError::Corrupt)?;
            }
        }
        let former = self.former_invoice_days()?;
        // Changed and changed back on one day, it is as it was.
        settings.former_invoice_days =
            former.filter(|former| former.days != settings.renewal_invoice_days);
        Ok(settings)
    }

    fn former_invoice_days(&self) -> Result<Option<FormerInvoiceDays>, StoreError> {
        let Some(changed_on) = self.setting_date(INVOICE_DAYS_CHOSEN)? else { return Ok(None) };
        let days = self.setting(INVOICE_DAYS_BEFORE)?.and_then(|days| days.parse().ok());
        let missing = || DriverError::Corrupt(format!("`{INVOICE_DAYS_BEFORE}` is no number"));
        Ok(Some(FormerInvoiceDays { days: days.ok_or_else(missing)?, changed_on }))
    }

    /// Chooses a value for a setting; says whether that changed anything.
    pub fn choose(&self, setting: Setting, value: &str) -> Result<bool, StoreError> {
        let before = self.shop_settings()?.value(setting);
        if before == value {
            return Ok(false);
        }
        if setting == Setting::RenewalReminders {
            self.put_setting(REMINDERS_CHOSEN, &self.today().to_string())?;
        }
        if setting == Setting::RenewalInvoiceDays {
            self.keep_former_invoice_days(&before)?;
        }
        self.change_setting(setting.as_str(), Some(&before), value)?;
        Ok(true)
    }

    /// Keeps what the days ahead of an invoice were before today, whose last choice counts.
    fn keep_former_invoice_days(&self, before: &str) -> Result<(), StoreError> {
        if self.setting_date(INVOICE_DAYS_CHOSEN)? == Some(self.today()) {
            return Ok(());
        }
        self.put_setting(INVOICE_DAYS_BEFORE, before)?;
        self.put_setting(INVOICE_DAYS_CHOSEN, &self.today().to_string())
    }

    /// Returns the day since which customers are reminded, if they are.
    pub fn reminding_since(&self) -> Result<Option<NaiveDate>, StoreError> {
        if !self.shop_settings()?.reminds {
            return Ok(None);
        }
        self.setting_date(REMINDERS_CHOSEN)
    }

    pub(super) fn setting_date(&self, name: &str) -> Result<Option<NaiveDate>, StoreError> {
        let day = self.setting(name)?;
        Ok(day.map(|day| parse_date(&day)).transpose().map_err(DriverError::Corrupt)?)
    }

    pub(super) fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.find("SELECT value FROM setting WHERE name = $1", values![*name], |row| row.get(0))
    }

    pub(super) fn set_setting(&self, name: &str, value: &str) -> Result<(), StoreError> {
        let before = self.setting(name)?;
        self.change_setting(name, before.as_deref(), value)
    }

    fn change_setting(
        &self,
        name: &str,
        before: Option<&str>,
        value: &str,
    ) -> Result<(), StoreError> {
        self.put_setting(name, value)?;
        let before = before.map_or(Json::Null, |before| json!({ "value": before }));
        self.record(EventKind::SettingChanged, SHOP, name, before, json!({ "value": value }))
    }

    /// Writes a setting whose event the caller records.
    pub(super) fn put_setting(&self, name: &str, value: &str) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO setting (name, value) VALUES ($1, $2)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            values![*name, *value],
        )?;
        Ok(())
    }
}
