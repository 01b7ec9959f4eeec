//! What makes a copy a licence's: its claim, as a code and in the file, and the seal's place in it.
//!
//! Sources: ISO 32000-2, 12.7.5.5 (signature fields), 14.5 (private data).

use std::collections::BTreeMap;

use super::super::pdf::Press;
use super::super::seal::claim::{Claim, SignedClaim};
use super::super::seal::{SealError, Signet};
use super::Agreement;
use super::error::StampError;
use super::look::Look;
use super::stamp::{Marks, Stamp};
use super::value::{Dict, Id, Value};
use super::words;
use super::writer::Body;

/// A copy as a licence gives it.
#[derive(Clone, Copy, Debug)]
pub struct Copy<'c> {
    /// What the licence says: it stands as a code on the first page, and the header is made of it.
    pub claim: &'c SignedClaim,
    /// Whose it is, at the foot of every page: the holder as it shall stand, with its number or without.
    pub footer: &'c str,
    pub look: Look,
}

/// The flags of a form that holds a signature and may only be added to (ISO 32000-2, table 225).
const SIGNATURES_EXIST_APPEND_ONLY: i64 = 3;

/// The flags of a field's widget that is printed, and locked (ISO 32000-2, table 167).
const PRINTED_AND_LOCKED: i64 = 4 | 128;

/// The name of the seal's field. No form of an agreement has one like it.
const FIELD_NAME: &[u8] = b"(shopctl seal)";

/// The name under which private data of this program stand.
pub const PIECE_NAME: &str = "shopctl";

impl Agreement<'_> {
    /// Returns the agreement as a licence's copy, sealed: the same bytes for the same agreement, copy and
    /// signet.
    ///
    /// Every page bears header and footer of its own, the first page also the claim
    /// as a code in its lower right corner, with a note beside it. The claim stands in the file too, at its
    /// head and in all that is drawn here, so that a page torn out still says whose it is. All of it
    /// is written in one pass, with room for the seal, which is filled last and covers every byte.
    ///
    /// Errors as [`Agreement::stamp`] does, and when the claim is another key's than the signet's.
    pub fn licence_copy(
        &self,
        press: &mut Press,
        copy: &Copy,
        signet: &Signet,
    ) -> Result<Vec<u8>, StampError> {
        if !signet.goes_with(copy.claim) {
            return Err(StampError::Seal(SealError::OtherKey));
        }
        let header = words::header(copy.claim.claim());
        let stamp = Stamp { header: &header, footer: copy.footer, look: copy.look };
        self.made(press, &stamp, Some(&Licence { claim: copy.claim, signet }))
    }

    /// Returns the pages, counted from 1, on which a licence's copy of it would find no room for its marks,
    /// were it of this claim: on those it is refused.
    ///
    /// Errors when the claim or the footer cannot be written.
    pub fn pages_without_room(
        &self,
        press: &mut Press,
        claim: &Claim,
        (footer, look): (&str, Look),
    ) -> Result<Vec<usize>, StampError> {
        let (key, text) = claim.unsigned().map_err(StampError::Claim)?;
        let marks = Marks { claim: text, note: words::note(claim.language, key) };
        let header = words::header(claim);
        self.without_room(press, &Stamp { header: &header, footer, look }, &marks)
    }

    /// Adds the claim to the private data of the file.
    pub(super) fn add_piece<'s>(
        &'s self,
        catalogue: &mut Dict<'s>,
        piece: Id,
        made: &mut BTreeMap<Id, Body<'s>>,
    ) -> Result<(), StampError> {
        let pieces = self.source.dict(catalogue, "PieceInfo")?.with(PIECE_NAME, Value::Ref(piece));
        self.put(catalogue, "PieceInfo", Value::Dict(pieces), made);
        Ok(())
    }

    /// Adds the seal's field to the form of the file, or a form where there is none.
    pub(super) fn add_field<'s>(
        &'s self,
        catalogue: &mut Dict<'s>,
        widget: Id,
        made: &mut BTreeMap<Id, Body<'s>>,
    ) -> Result<(), StampError> {
        let mut form = self.source.dict(catalogue, "AcroForm")?;
        let mut fields = match self.source.get(&form, "Fields")? {
            Value::Array(fields) => fields,
            _ => Vec::new(),
        };
        fields.push(Value::Ref(widget));
        self.put(&mut form, "Fields", Value::Array(fields), made);
        form.set("SigFlags", Value::integer(SIGNATURES_EXIST_APPEND_ONLY));
        self.put(catalogue, "AcroForm", Value::Dict(form), made);
        Ok(())
    }

    /// Puts a value where a dictionary has it: in an object of its own where it stands in one.
    fn put<'s>(
        &'s self,
        dict: &mut Dict<'s>,
        name: &'static str,
        value: Value<'s>,
        made: &mut BTreeMap<Id, Body<'s>>,
    ) {
        match dict.get(name).and_then(Value::as_ref).filter(|id| self.survey.used.contains(id)) {
            Some(id) => {
                made.insert(id, Body::of(&value, None));
            }
            None => dict.set(name, value),
        }
    }
}

/// What a licence's copy is made with besides its text.
pub struct Licence<'l> {
    pub claim: &'l SignedClaim,
    pub signet: &'l Signet<'l>,
}

impl Licence<'_> {
    /// Returns what stands on the first page besides.
    pub fn marks(&self) -> Marks {
        let language = self.claim.claim().language;
        let note = words::note(language, self.claim.key());
        Marks { claim: self.claim.text().to_owned(), note }
    }

    /// Returns the private data that bear the claim.
    pub fn piece(&self) -> Body<'static> {
        let piece = Dict::default()
            .with("LastModified", self.moment())
            .with("Private", Value::Text(self.claim.in_file().into_bytes().into()));
        Body::of(&Value::Dict(piece), None)
    }

    /// Gives a drawing the private data.
    pub fn mark(&self, form: &mut Dict, piece: Id) {
        let pieces = Dict::default().with(PIECE_NAME, Value::Ref(piece));
        form.set("PieceInfo", Value::Dict(pieces));
        form.set("LastModified", self.moment());
    }

    fn moment(&self) -> Value<'static> {
        let moment = self.signet.moment().format("(D:%Y%m%d%H%M%SZ)").to_string();
        Value::Text(moment.into_bytes().into())
    }

    /// Returns the seal's field, which is its own widget, of no size on the page.
    pub fn widget(&self, page: Id, seal: Id) -> Body<'static> {
        let widget = Dict::default()
            .with("Type", Value::name("Annot"))
            .with("Subtype", Value::name("Widget"))
            .with("FT", Value::name("Sig"))
            .with("T", Value::Text(FIELD_NAME.into()))
            .with("V", Value::Ref(seal))
            .with("P", Value::Ref(page))
            .with("F", Value::integer(PRINTED_AND_LOCKED))
            .with("Rect", Value::Array(vec![Value::integer(0); 4]));
        Body::of(&Value::Dict(widget), None)
    }
}
