//! Settings: a name and a value each.

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use super::driver::{DriverError, values};
use super::{StoreError, Tx};
use crate::domain::event::{EventKind, Noun, Subject};
use crate::domain::setting::{Setting, ShopSettings};
use crate::domain::term::parse_date;

/// The day on which reminders were switched on or off.
const REMINDERS_CHOSEN: &str = "renewal_reminders_chosen_on";

const SHOP: Subject = Subject { noun: Noun::Shop, id: 0 };

impl Tx<'_> {
    /// Returns what the office has chosen, with the defaults where it has not.
    pub fn shop_settings(&self) -> Result<ShopSettings, StoreError> {
        let mut settings = ShopSettings::default();
        for setting in Setting::ALL {
            if let Some(value) = self.setting(setting.as_str())? {
                settings = settings.with(setting, &value).map_err(DriverError::Corrupt)?;
            }
        }
        Ok(settings)
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
        self.change_setting(setting.as_str(), Some(&before), value)?;
        Ok(true)
    }

    /// Returns the day since which customers are reminded, if they are.
    pub fn reminding_since(&self) -> Result<Option<NaiveDate>, StoreError> {
        if !self.shop_settings()?.reminds {
            return Ok(None);
        }
        let day = self.setting(REMINDERS_CHOSEN)?;
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
