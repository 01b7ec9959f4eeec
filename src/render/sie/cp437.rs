//! Code page 437, the only one that SIE files are written in. Source: SIE filformat 4B, section 5.8.
//!
//! What it lacks is written with letters that it has, as near as a reader of Swedish would take them.

/// What stands at 128 to 255.
const UPPER: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌\
                     █▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// What is written for each of some characters, in front of those.
const REPLACED: [(&str, &str); 62] = [
    ("A", "ÀÁÂÃĀĂĄ"),
    ("C", "ĆĈĊČ"),
    ("D", "ĎĐÐ"),
    ("E", "ÈÊËĒĔĖĘĚ"),
    ("G", "ĜĞĠĢ"),
    ("H", "ĤĦ"),
    ("I", "ÌÍÎÏĨĪĬĮİ"),
    ("J", "Ĵ"),
    ("K", "Ķ"),
    ("L", "ĹĻĽĿŁ"),
    ("N", "ŃŅŇ"),
    ("O", "ÒÓÔÕŌŎŐ"),
    ("Ö", "Ø"),
    ("OE", "Œ"),
    ("R", "ŔŖŘ"),
    ("S", "ŚŜŞŠȘ"),
    ("SS", "ẞ"),
    ("T", "ŢŤŦȚ"),
    ("TH", "Þ"),
    ("U", "ÙÚÛŨŪŬŮŰŲ"),
    ("W", "Ŵ"),
    ("Y", "ÝŶŸ"),
    ("Z", "ŹŻŽ"),
    ("a", "ãāăą"),
    ("c", "ćĉċč"),
    ("d", "ďđð"),
    ("e", "ēĕėęě"),
    ("g", "ĝğġģ"),
    ("h", "ĥħ"),
    ("i", "ĩīĭįı"),
    ("j", "ĵ"),
    ("k", "ķ"),
    ("l", "ĺļľŀł"),
    ("n", "ńņňŉ"),
    ("o", "õōŏő"),
    ("ö", "ø"),
    ("oe", "œ"),
    ("r", "ŕŗř"),
    ("s", "śŝşšș"),
    ("t", "ţťŧț"),
    ("th", "þ"),
    ("u", "ũūŭůűų"),
    ("w", "ŵ"),
    ("y", "ýŷ"),
    ("z", "źżž"),
    ("-", "‐‑‒–—―−"),
    ("'", "‘’‚‛′´"),
    ("\"", "“”„‟″"),
    ("...", "…"),
    ("<", "‹"),
    (">", "›"),
    (",", "¸"),
    ("*", "•"),
    ("x", "×"),
    ("1", "¹"),
    ("3", "³"),
    ("3/4", "¾"),
    ("EUR", "€"),
    ("(C)", "©"),
    ("(R)", "®"),
    ("(TM)", "™"),
    // A backslash before the quote that ends a field would make a part of the field of it.
    ("/", "\\"),
];

/// Letters with a mark of their own character, as the code page has them in one.
const COMPOSED: [(char, &str); 7] = [
    ('\u{300}', "aàeèiìoòuù"),
    ('\u{301}', "aáeéEÉiíoóuú"),
    ('\u{302}', "aâeêiîoôuû"),
    ('\u{303}', "nñNÑ"),
    ('\u{308}', "aäeëiïoöuüyÿAÄOÖUÜ"),
    ('\u{30a}', "aåAÅ"),
    ('\u{327}', "cçCÇ"),
];

/// Returns `text` in the code page, on one line, and the characters in it that another stands for.
pub fn encode(text: &str) -> (Vec<u8>, Vec<char>) {
    let (mut bytes, mut lacking) = (Vec::with_capacity(text.len()), Vec::new());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let composed = characters.peek().and_then(|mark| composed(character, *mark));
        if composed.is_some() {
            characters.next();
        }
        let character = composed.unwrap_or(character);
        if is_space(character) {
            bytes.push(b' ');
        } else if let Some(byte) = byte(character).filter(|byte| *byte != b'\\') {
            bytes.push(byte);
        } else {
            let replaced = REPLACED.iter().find(|(_, characters)| characters.contains(character));
            let written = replaced.map_or(if is_mark(character) { "" } else { "?" }, |(to, _)| to);
            bytes.extend(written.chars().filter_map(byte));
            lacking.push(character);
        }
    }
    (bytes, lacking)
}

/// Returns the character of the code page that a byte stands for.
pub fn character(byte: u8) -> char {
    match byte.checked_sub(128) {
        None => char::from(byte),
        Some(index) => UPPER.chars().nth(usize::from(index)).expect("128 characters"),
    }
}

/// Returns the byte of a character that the code page has.
fn byte(character: char) -> Option<u8> {
    if character.is_ascii() {
        return u8::try_from(character).ok();
    }
    let index = UPPER.chars().position(|upper| upper == character)?;
    u8::try_from(index + 128).ok()
}

fn composed(letter: char, mark: char) -> Option<char> {
    let (_, pairs) = COMPOSED.iter().find(|(known, _)| *known == mark)?;
    let mut pairs = pairs.chars();
    while let (Some(plain), Some(whole)) = (pairs.next(), pairs.next()) {
        if plain == letter {
            return Some(whole);
        }
    }
    None
}

/// Says whether nothing is lost by writing a blank: spaces of any width, and what is no text at all.
fn is_space(character: char) -> bool {
    character.is_whitespace() || character.is_control()
}

/// Says whether a character has no width of its own.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> (String, String) {
        let (bytes, lacking) = encode(text);
        (bytes.into_iter().map(character).collect(), lacking.into_iter().collect())
    }

    #[test]
    fn every_byte_of_the_code_page_has_its_character_and_no_other() {
        assert_eq!(UPPER.chars().count(), 128);
        for code in 32..=126_u8 {
            assert_eq!(byte(character(code)), Some(code));
        }
        for code in 128..=255_u8 {
            assert_eq!(byte(character(code)), Some(code));
        }
        let swedish = [0x86, 0x84, 0x94, 0x8f, 0x8e, 0x99, 0x82, 0x81];
        assert_eq!(encode("åäöÅÄÖéü"), (swedish.to_vec(), Vec::new()));
    }

    #[test]
    fn what_the_code_page_lacks_is_written_with_what_it_has() {
        let cases = [
            ("Łódź–Gdańsk", "Lódz-Gdansk", "Łź–ń"),
            ("Café ’80 €", "Café '80 EUR", "’€"),
            ("Ørsted \\ Œuvre", "Örsted / OEuvre", "Ø\\Œ"),
            ("“Šā”…", "\"Sa\"...", "“Šā”…"),
            ("株式会社 ABC", "???? ABC", "株式会社"),
            ("Zero\u{200b}width", "Zerowidth", "\u{200b}"),
            ("a\tb\u{a0}c\u{2009}d\u{1b}", "a b c d ", ""),
        ];
        for (text, expected, lacking) in cases {
            assert_eq!(written(text), (expected.to_owned(), lacking.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_stands_for_another_character_is_in_the_code_page_itself() {
        for (to, characters) in REPLACED {
            assert!(to.chars().all(|character| byte(character).is_some()), "{to}");
            for lacking in characters.chars() {
                assert!(lacking == '\\' || byte(lacking).is_none(), "{lacking}");
            }
        }
    }

    #[test]
    fn letters_whose_marks_stand_apart_are_written_in_one() {
        let text = "A\u{30a}re bygga\u{308}lv Andre\u{301}";
        assert_eq!(written(text), ("Åre byggälv André".to_owned(), String::new()));
        assert_eq!(written("s\u{30c}"), ("s".to_owned(), "\u{30c}".to_owned()));
    }
}
