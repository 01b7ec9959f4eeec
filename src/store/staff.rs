//! Staff: who may do what, with at least one administrator at all times.

use serde_json::{Map, Value as Json};

use super::driver::{Row, values};
use super::seller::difference;
use super::{DriverError, StoreError, Tx};
use crate::domain::event::{EventKind, Noun, Subject};
use crate::domain::staff::{Role, StaffMember};

impl Tx<'_> {
    pub fn add_staff(&self, name: &str, role: Role, has_billing: bool) -> Result<(), StoreError> {
        if let Some(member) = self.find_staff(name)? {
            return Err(StoreError::OnStaff { name: member.name, role: member.role });
        }
        let id = self.next_id()?;
        self.execute(
            "INSERT INTO staff (id, name, role, billing) VALUES ($1, $2, $3, $4)",
            values![id, *name, *role.as_str(), has_billing],
        )?;
        let after = Json::Object(fields(role, has_billing));
        self.record(EventKind::StaffAdded, subject(id), name, Json::Null, after)
    }

    /// Gives a member of staff a role and the billing grant; says whether that changed anything.
    ///
    /// Errors when nobody would be left to administer the shop.
    pub fn edit_staff(
        &self,
        member: &StaffMember,
        role: Role,
        has_billing: bool,
    ) -> Result<bool, StoreError> {
        if member.role == role && member.has_billing == has_billing {
            return Ok(false);
        }
        if role != Role::Admin {
            self.refuse_last_admin(member)?;
        }
        self.change(
            "staff",
            &member.name,
            "UPDATE staff SET role = $2, billing = $3 WHERE id = $1",
            values![member.id, *role.as_str(), has_billing],
        )?;
        let (before, after) =
            difference(fields(member.role, member.has_billing), fields(role, has_billing));
        self.record(EventKind::StaffEdited, subject(member.id), &member.name, before, after)?;
        Ok(true)
    }

    /// Takes a member of staff out of the shop.
    ///
    /// Errors when nobody would be left to administer it.
    pub fn remove_staff(&self, member: &StaffMember) -> Result<(), StoreError> {
        self.refuse_last_admin(member)?;
        self.change("staff", &member.name, "DELETE FROM staff WHERE id = $1", values![member.id])?;
        let before = Json::Object(fields(member.role, member.has_billing));
        self.record(EventKind::StaffRemoved, subject(member.id), &member.name, before, Json::Null)
    }

    fn refuse_last_admin(&self, member: &StaffMember) -> Result<(), StoreError> {
        let others = self.integer(
            "SELECT count(*) FROM staff WHERE role = 'admin' AND id <> $1",
            values![member.id],
        )?;
        if member.role == Role::Admin && others == 0 {
            return Err(StoreError::LastAdmin(member.name.clone()));
        }
        Ok(())
    }

    /// Returns a member of staff by name; absence is an error.
    pub fn staff_member(&self, name: &str) -> Result<StaffMember, StoreError> {
        self.find_staff(name)?
            .ok_or_else(|| StoreError::Unknown { noun: "staff", key: name.to_owned() })
    }

    pub fn find_staff(&self, name: &str) -> Result<Option<StaffMember>, StoreError> {
        self.find(
            "SELECT id, name, role, billing FROM staff WHERE name = $1",
            values![*name],
            read_member,
        )
    }

    /// Returns everybody who works in the shop, by name.
    pub fn staff(&self) -> Result<Vec<StaffMember>, StoreError> {
        self.rows("SELECT id, name, role, billing FROM staff ORDER BY name", &[], read_member)
    }
}

fn subject(id: i64) -> Subject {
    Subject { noun: Noun::Staff, id }
}

fn fields(role: Role, has_billing: bool) -> Map<String, Json> {
    let role = ("role".to_owned(), Json::from(role.as_str()));
    Map::from_iter([role, ("billing".to_owned(), Json::from(has_billing))])
}

fn read_member(row: &Row<'_>) -> Result<StaffMember, DriverError> {
    Ok(StaffMember {
        id: row.get(0)?,
        name: row.get(1)?,
        role: row.parse(2)?,
        has_billing: row.get(3)?,
    })
}
