//! Whose copy a file is, or a page torn out of one, as far as it still bears it.
//!
//! A copy says it in several ways, which different treatments survive: its claim stands at the head of
//! the file and in everything that was drawn onto its pages, and every page has the header's words. What
//! is found tells whom to ask. Only a claim that is proven is more than a hint, and it says nothing of
//! the pages: whether a copy is genuine, [`verify`](super::super::seal::verify) tells.

use std::collections::BTreeMap;

use super::super::seal::certificate::Certificate;
use super::super::seal::claim::{Claim, ClaimError};
use super::super::seal::{key::KeyId, search};
use super::licence::PIECE_NAME;
use super::limits::FORMS_DEPTH_MAX;
use super::pages::{Page, pages, resources};
use super::refusal::Refusal;
use super::source::Source;
use super::text::TextReader;
use super::value::{Dict, Id, Value};
use super::words;

/// One thing that a file says of whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    pub says: Says,
    pub by: By,
    /// On which pages, counted from 1; none where the file says it as a whole.
    pub pages: Vec<usize>,
}

/// What a trace says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    Claim {
        claim: Box<Claim>,
        proof: Proof,
    },
    /// The header's words: anybody can write them.
    Words {
        licence: u32,
        edition: u16,
    },
}

/// Whether a claim is proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// By the signature of a key whose certificate is at hand.
    Proven,
    /// The certificate of its key is not at hand: anybody can make such a claim.
    UnknownKey(KeyId),
    /// Its signature is not good: something in it was changed.
    Altered,
}

/// How a trace was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// At the head of the file, in its catalogue.
    Catalogue,
    /// In the private data of what is drawn on a page.
    Drawing,
    /// In the text of a page.
    Text,
    /// Among the bytes of the file, which could not be read as a PDF to the end or bears it elsewhere.
    Bytes,
}

/// What was found in a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Traced {
    /// Claims before words, and of each kind in the order of [`By`].
    pub traces: Vec<Trace>,
    /// Why the file, or a page of it, could not be read, if so; there may be more in it then.
    pub unread: Option<Refusal>,
}

/// Returns all that a file, whatever was done to it, says of whose copy it is.
///
/// Never fails: what cannot be read is passed over, under the limits of [`super::Agreement::read`], and the
/// bytes of the file are searched where it is no PDF that can be read, or says nothing as one.
pub fn trace(file: &[u8], certificates: &[Certificate]) -> Traced {
    let mut tracer = Tracer { certificates, found: BTreeMap::new(), unread: None };
    if let Err(refusal) = tracer.document(file) {
        tracer.unread = Some(refusal);
    }
    if tracer.found.keys().all(|(by, _)| *by == By::Text) {
        for text in search::texts(file) {
            tracer.claim(By::Bytes, &text, None);
        }
    }
    let is_words = |trace: &Trace| matches!(trace.says, Says::Words { .. });
    let mut traces: Vec<Trace> = tracer.found.into_values().collect();
    traces.sort_by_key(|trace| (is_words(trace), trace.by));
    Traced { traces, unread: tracer.unread }
}

struct Tracer<'c> {
    certificates: &'c [Certificate],
    /// By how it was found, and the text it was read from.
    found: BTreeMap<(By, String), Trace>,
    unread: Option<Refusal>,
}

impl Tracer<'_> {
    fn document(&mut self, file: &[u8]) -> Result<(), Refusal> {
        let source = Source::open(file)?;
        let (_, catalogue) = source.catalogue()?;
        if let Some(text) = piece(&source, &catalogue)? {
            self.claim(By::Catalogue, &text, None);
        }
        let pages = pages(&source)?;
        source.recount(pages.len());
        let mut reader = TextReader::new(&source);
        let mut forms = BTreeMap::new();
        for (position, page) in pages.iter().enumerate() {
            if let Err(refusal) = self.page(position + 1, page, &source, &mut reader, &mut forms) {
                self.unread = Some(refusal);
            }
        }
        Ok(())
    }

    fn page<'s>(
        &mut self,
        number: usize,
        page: &Page,
        source: &'s Source<'s>,
        reader: &mut TextReader<'s>,
        forms: &mut BTreeMap<Id, Vec<String>>,
    ) -> Result<(), Refusal> {
        let drawn_with = resources(source, page)?;
        for text in in_drawings(source, &drawn_with, forms, 0)? {
            self.claim(By::Drawing, &text, Some(number));
        }
        for (licence, edition) in words::read_headers(&reader.read(page)?) {
            let says = Says::Words { licence, edition };
            self.note(By::Text, format!("{licence} {edition}"), says, Some(number));
        }
        Ok(())
    }

    fn claim(&mut self, by: By, text: &str, page: Option<usize>) {
        // Read once: a claim stands on every page of a copy.
        let says = match self.found.get(&(by, text.to_owned())) {
            Some(known) => known.says.clone(),
            None => {
                let Ok((key, claim, proof)) = Claim::told(text, self.certificates) else { return };
                let proof = match proof {
                    Ok(()) => Proof::Proven,
                    Err(ClaimError::UnknownKey(_)) => Proof::UnknownKey(key),
                    Err(_) => Proof::Altered,
                };
                Says::Claim { claim: Box::new(claim), proof }
            }
        };
        self.note(by, text.to_owned(), says, page);
    }

    fn note(&mut self, by: By, text: String, says: Says, page: Option<usize>) {
        let trace = self.found.entry((by, text)).or_insert(Trace { says, by, pages: Vec::new() });
        if page.is_some() && trace.pages.last() != page.as_ref() {
            trace.pages.extend(page);
        }
    }
}

/// Returns the text of the claim among the private data of a dictionary.
fn piece(source: &Source, dict: &Dict) -> Result<Option<String>, Refusal> {
    let pieces = source.dict(dict, "PieceInfo")?;
    let piece = source.dict(&pieces, PIECE_NAME)?;
    let text = source.get(&piece, "Private")?.as_bytes();
    Ok(text.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
}

/// Returns the texts of the claims in what is drawn with these resources, and in what that is drawn with.
/// `known` holds the drawings looked at before.
fn in_drawings<'s>(
    source: &'s Source<'s>,
    resources: &Dict<'s>,
    known: &mut BTreeMap<Id, Vec<String>>,
    depth: usize,
) -> Result<Vec<String>, Refusal> {
    let mut texts = Vec::new();
    for (_, object) in &source.dict(resources, "XObject")?.pairs {
        let Value::Ref(id) = object else { continue };
        if let Some(found) = known.get(id) {
            texts.extend(found.iter().cloned());
            continue;
        }
        // What a drawing leads back to is not looked at again.
        known.insert(*id, Vec::new());
        let Some(object) = source.object(*id)? else { continue };
        let Value::Dict(form) = object.value else { continue };
        let mut found: Vec<String> = piece(source, &form)?.into_iter().collect();
        if depth < FORMS_DEPTH_MAX
            && let Value::Dict(inner) = source.get(&form, "Resources")?
        {
            found.extend(in_drawings(source, &inner, known, depth + 1)?);
        }
        found.sort_unstable();
        found.dedup();
        texts.extend(found.iter().cloned());
        known.insert(*id, found);
    }
    texts.sort_unstable();
    texts.dedup();
    Ok(texts)
}
