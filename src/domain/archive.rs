//! Documents kept outside the store: what each file is called.
//!
//! A name is made of words of ours and numbers, never of what somebody typed.

/// A document that left the shop, by the numbers people see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    Invoice(i64),
    EInvoice(i64),
    /// The reminder of a level, of an invoice.
    Reminder(i64, i64),
    /// What confirms one of the notices to a subscription, counted from 1.
    Confirmation(i64, i64),
}

impl Document {
    /// Returns its file's name below the archive, in a folder for the year it left in.
    pub fn file_name(&self, year: i32) -> String {
        match self {
            Document::Invoice(number) => format!("{year}/invoice-{number}.pdf"),
            Document::EInvoice(number) => format!("{year}/e-invoice-{number}.xml"),
            Document::Reminder(level, number) => {
                format!("{year}/invoice-{number}-reminder-{level}.pdf")
            }
            Document::Confirmation(notice, number) => {
                format!("{year}/subscription-{number}-confirmation-{notice}.pdf")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_found_by_the_number_on_it() {
        let names = [
            (Document::Invoice(1001), "2026/invoice-1001.pdf"),
            (Document::EInvoice(1001), "2026/e-invoice-1001.xml"),
            (Document::Reminder(2, 1001), "2026/invoice-1001-reminder-2.pdf"),
            (Document::Confirmation(1, 1002), "2026/subscription-1002-confirmation-1.pdf"),
        ];
        for (document, name) in names {
            assert_eq!(document.file_name(2026), name);
        }
    }
}
