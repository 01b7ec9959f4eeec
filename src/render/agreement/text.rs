//! The text of a page as far as its fonts tell which letters they draw: enough to find words in it.
//!
//! Sources: ISO 32000-2, 9.4.3 (showing text), 9.10 (which letters codes stand for).

use std::collections::BTreeMap;
use std::rc::Rc;

use super::filter::unpack;
use super::ink::skip_picture;
use super::lexer::Lexer;
use super::limits::{DRAWING_MAX, DRAWINGS_MAX, FORMS_DEPTH_MAX, STEPS_MAX};
use super::pages::{Page, contents, resources};
use super::refusal::Refusal;
use super::source::Source;
use super::value::{Dict, Id, Value};

/// What a font's list of letters unpacks to, in bytes, and how many letters it may list.
const LETTERS_BYTES_MAX: usize = 2 << 20;
const LETTERS_MAX: usize = 1 << 17;

/// The bytes of a page's text.
const TEXT_MAX: usize = 1 << 20;

/// Which letters the codes of a font stand for.
struct Font {
    code_length: usize,
    /// `None` where the font does not tell; its codes are taken for Latin letters.
    letters: Option<BTreeMap<Vec<u8>, String>>,
}

/// Reads pages, one after another, within the limits for all of them.
pub struct TextReader<'s> {
    source: &'s Source<'s>,
    bytes_left: usize,
    steps_left: usize,
    fonts: BTreeMap<Id, Rc<Font>>,
}

impl<'s> TextReader<'s> {
    pub fn new(source: &'s Source<'s>) -> TextReader<'s> {
        TextReader {
            source,
            bytes_left: DRAWINGS_MAX,
            steps_left: STEPS_MAX,
            fonts: BTreeMap::new(),
        }
    }

    /// Returns the text of a page in the order in which it is drawn, one line for each text object.
    pub fn read(&mut self, page: &Page) -> Result<String, Refusal> {
        let node = self.source.object(page.id)?.map(|object| object.value);
        let Some(Value::Dict(node)) = node else { return Ok(String::new()) };
        let mut content = Vec::new();
        for id in contents(self.source, &node)? {
            content.extend(self.drawing(id)?.1);
            content.push(b'\n');
            if content.len() > DRAWING_MAX {
                return Err(Refusal::Bomb);
            }
        }
        let mut text = String::new();
        self.run(&content, &resources(self.source, page)?, &mut text, 0)?;
        Ok(text)
    }

    /// Returns a stream's dictionary and its bytes unpacked; nothing of one packed in an unusual way.
    fn drawing(&mut self, id: Id) -> Result<(Dict<'s>, Vec<u8>), Refusal> {
        let object = self.source.object(id)?;
        let Some((Value::Dict(dict), Some(data))) =
            object.map(|object| (object.value, object.data))
        else {
            return Ok((Dict::default(), Vec::new()));
        };
        let limit = DRAWING_MAX.min(self.bytes_left);
        let bytes = unpack(&dict, data, limit, Some(self.source)).map_err(|error| error.refusal());
        let bytes = bytes?;
        self.bytes_left -= bytes.len();
        Ok((dict, bytes))
    }

    fn run(
        &mut self,
        content: &[u8],
        resources: &Dict<'s>,
        text: &mut String,
        depth: usize,
    ) -> Result<(), Refusal> {
        let mut font = None;
        let mut operands: Vec<Value> = Vec::new();
        let mut lexer = Lexer::new(content, 0);
        loop {
            lexer.space();
            let Some(byte) = lexer.peek() else { return Ok(()) };
            self.steps_left = self.steps_left.checked_sub(1).ok_or(Refusal::Bomb)?;
            if b"/([<+-.0123456789".contains(&byte) {
                operands.push(lexer.value()?);
                if operands.len() > 1_000 {
                    return Err(Refusal::Bomb);
                }
                continue;
            }
            let operator = lexer.run();
            let last = operands.last();
            match operator {
                b"" => lexer.at += 1,
                b"BI" => {
                    let lost = || Refusal::damaged("a picture has no end");
                    skip_picture(&mut lexer).ok_or_else(lost)?;
                }
                b"Tf" => {
                    let name = operands.first().and_then(Value::as_name).unwrap_or_default();
                    font = self.font(name, resources)?;
                }
                b"Tj" | b"'" | b"\"" => show(last, font.as_deref(), text),
                b"TJ" => {
                    let parts = last.and_then(Value::as_array).unwrap_or_default();
                    parts.iter().for_each(|part| show(Some(part), font.as_deref(), text));
                }
                b"ET" => text.push('\n'),
                b"Do" if depth < FORMS_DEPTH_MAX => {
                    let name = last.and_then(Value::as_name).unwrap_or_default();
                    self.draw_object(name, resources, text, depth)?;
                }
                _ => {}
            }
            if text.len() > TEXT_MAX {
                return Ok(());
            }
            operands.clear();
        }
    }

    fn draw_object(
        &mut self,
        name: &[u8],
        outer: &Dict<'s>,
        text: &mut String,
        depth: usize,
    ) -> Result<(), Refusal> {
        let objects = self.source.dict(outer, "XObject")?;
        let known = objects.pairs.iter().rev().find(|(known, _)| **known == *name);
        let Some((_, Value::Ref(id))) = known else { return Ok(()) };
        let object = self.source.object(*id)?.map(|object| object.value);
        let is_form = object
            .as_ref()
            .and_then(Value::as_dict)
            .is_some_and(|dict| dict.has_name("Subtype", "Form"));
        if !is_form {
            return Ok(());
        }
        let (dict, bytes) = self.drawing(*id)?;
        match self.source.get(&dict, "Resources")? {
            Value::Dict(own) => self.run(&bytes, &own, text, depth + 1),
            _ => self.run(&bytes, outer, text, depth + 1),
        }
    }

    fn font(&mut self, name: &[u8], resources: &Dict<'s>) -> Result<Option<Rc<Font>>, Refusal> {
        let fonts = self.source.dict(resources, "Font")?;
        let known = fonts.pairs.iter().rev().find(|(known, _)| **known == *name);
        let Some((_, value)) = known else { return Ok(None) };
        if let Some(font) = value.as_ref().and_then(|id| self.fonts.get(&id)) {
            return Ok(Some(Rc::clone(font)));
        }
        let Value::Dict(dict) = self.source.resolve(value)? else { return Ok(None) };
        let mut font = Font {
            code_length: if dict.has_name("Subtype", "Type0") { 2 } else { 1 },
            letters: None,
        };
        if let Some(Value::Ref(id)) = dict.get("ToUnicode")
            && let Some(object) = self.source.object(*id)?
            && let (Value::Dict(dict), Some(data)) = (object.value, object.data)
        {
            let limit = LETTERS_BYTES_MAX.min(self.bytes_left);
            let list = unpack(&dict, data, limit, Some(self.source));
            let list = list.map_err(|error| error.refusal())?;
            self.bytes_left -= list.len();
            read_letters(&list, &mut font)?;
        }
        let font = Rc::new(font);
        if let Some(id) = value.as_ref() {
            self.fonts.insert(id, Rc::clone(&font));
        }
        Ok(Some(font))
    }
}

fn show(value: Option<&Value>, font: Option<&Font>, text: &mut String) {
    let Some(bytes) = value.and_then(Value::as_bytes) else { return };
    match font {
        Some(Font { code_length, letters: Some(letters) }) => {
            let codes = bytes.chunks(*code_length);
            codes.filter_map(|code| letters.get(code)).for_each(|letter| text.push_str(letter));
        }
        _ => text.extend(bytes.iter().map(|byte| char::from(*byte))),
    }
}

/// Reads a font's list of letters.
fn read_letters(list: &[u8], font: &mut Font) -> Result<(), Refusal> {
    let mut letters = BTreeMap::new();
    let mut operands: Vec<Value> = Vec::new();
    let mut lexer = Lexer::new(list, 0);
    loop {
        lexer.space();
        let Some(byte) = lexer.peek() else { break };
        if b"/([<+-.0123456789".contains(&byte) {
            operands.push(lexer.value()?);
            if operands.len() > LETTERS_MAX {
                return Err(Refusal::Bomb);
            }
            continue;
        }
        match lexer.run() {
            b"" => lexer.at += 1,
            b"endcodespacerange" => {
                let code = operands.last().and_then(Value::as_bytes).unwrap_or_default();
                font.code_length = code.len().clamp(1, 4);
            }
            b"endbfchar" => {
                for pair in operands.chunks_exact(2) {
                    if let (Some(code), Some(letter)) = (pair[0].as_bytes(), pair[1].as_bytes()) {
                        letters.insert(code, utf16(&letter));
                    }
                }
            }
            b"endbfrange" => {
                for range in operands.chunks_exact(3) {
                    read_range(range, &mut letters);
                }
            }
            _ => {}
        }
        if letters.len() > LETTERS_MAX {
            return Err(Refusal::Bomb);
        }
        operands.clear();
    }
    font.letters = Some(letters);
    Ok(())
}

/// Reads codes that follow one another: their first, their last, and the letter of the first or all
/// letters. Only the last byte of a code may grow.
fn read_range(range: &[Value], letters: &mut BTreeMap<Vec<u8>, String>) {
    let (Some(first), Some(last)) = (range[0].as_bytes(), range[1].as_bytes()) else { return };
    let (Some(low), Some(high)) = (first.last().copied(), last.last().copied()) else { return };
    for (step, byte) in (low..=high).enumerate() {
        let letter = match &range[2] {
            Value::Array(all) => all.get(step).and_then(Value::as_bytes),
            letter => letter.as_bytes().map(|mut letter| {
                if let Some(last) = letter.last_mut() {
                    *last = last.wrapping_add(step as u8);
                }
                letter
            }),
        };
        let mut code = first.clone();
        code.pop();
        code.push(byte);
        if let Some(letter) = letter {
            letters.insert(code, utf16(&letter));
        }
    }
}

fn utf16(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}
