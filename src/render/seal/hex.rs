//! Bytes as hexadecimal digits.

/// Returns the digits of `bytes`, in small letters.
pub fn encode(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(digit).collect()
}

fn digit(value: u8) -> char {
    char::from_digit(value.into(), 16).expect("a value below sixteen")
}

/// Reads an even number of digits, letters small or capital; `None` for anything else.
pub fn decode(text: &[u8]) -> Option<Vec<u8>> {
    let value = |character: u8| char::from(character).to_digit(16).map(|value| value as u8);
    let (pairs, []) = text.as_chunks::<2>() else { return None };
    pairs.iter().map(|[high, low]| Some(value(*high)? << 4 | value(*low)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_as_they_were_written() {
        assert_eq!(encode(&[0, 0x9f, 0xff]), "009fff");
        assert_eq!(decode(b"009fFF"), Some(vec![0, 0x9f, 0xff]));
        assert_eq!(decode(b"009"), None);
        assert_eq!(decode(b"0g"), None);
    }
}
