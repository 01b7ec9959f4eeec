//! Agreements as files: what is taken, what is refused, and what a stamped copy holds.

mod hostile;
mod licence;
mod made;
mod reading;
mod samples;
mod stamping;
mod tools;
mod tracing;

use super::super::pdf::Press;
use super::error::StampError;
use super::pages::Page;
use super::stamp::Stamp;
use super::{Agreement, Look, Refusal};

const HEADER: &str = "Licensen gäller 2027-01-01 – 2027-12-31 · Licens 1042 utgåva 2";
const FOOTER: &str = "Byggföretaget Åkesson & Söner AB, 556677-8899";

fn stamp(file: &[u8], footer: &str) -> Result<Vec<u8>, StampError> {
    let agreement = Agreement::read(file).expect("an agreement");
    let stamp = Stamp { header: HEADER, footer, look: Look::default() };
    agreement.stamp(&mut Press::new(), &stamp)
}

/// Returns width and height of a page as shown, in points, the first being 0.
fn page_size(agreement: &Agreement<'_>, page: usize) -> Option<(f64, f64)> {
    agreement.pages.get(page).map(Page::size)
}

fn refusal(file: &[u8]) -> Refusal {
    match Agreement::read(file) {
        Ok(_) => {
            panic!("the file was taken: {}", String::from_utf8_lossy(&file[..file.len().min(500)]))
        }
        Err(refusal) => refusal,
    }
}

fn holds(file: &[u8], part: &str) -> bool {
    file.windows(part.len()).any(|window| window == part.as_bytes())
}

fn replaced(file: &[u8], from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len(), "offsets stay as they are");
    let at = file.windows(from.len()).position(|window| window == from.as_bytes());
    let at = at.unwrap_or_else(|| panic!("{from} stands in the file"));
    [&file[..at], to.as_bytes(), &file[at + from.len()..]].concat()
}
