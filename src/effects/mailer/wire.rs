//! Whether bytes may go onto the wire as they are.
//!
//! A message is looked at after it is made and once more before it is sent, also when it has lain in
//! the store for years in between. lettre below 0.11.24 does not see a line that begins after a bare
//! LF (RUSTSEC-2026-0561), and servers differ in what they take such a line for; so there is none.

use std::fmt;

/// The longest line, less its end. Source: RFC 5322 2.1.1.
const LINE_MAX: usize = 998;

/// Header fields that stand once in every message of the shop.
const REQUIRED: [&str; 5] = ["date", "from", "message-id", "subject", "to"];

/// What is wrong with the bytes of a message; lines count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WireError {
    /// A CR without LF or an LF without CR.
    BareLineEnd {
        line: usize,
    },
    /// A control character, or a byte outside ASCII.
    Byte {
        line: usize,
        byte: u8,
    },
    LineTooLong {
        line: usize,
    },
    NoFinalLineEnd,
    /// A line among the header fields that is neither `Name: value` nor the continuation of one.
    Header {
        line: usize,
    },
    /// The blank line between header and body is missing.
    NoBody,
    /// A field that must stand exactly once does not.
    Field(&'static str),
    /// A `Bcc` field, which would tell the recipients of one another.
    Bcc {
        line: usize,
    },
}

impl fmt::Display for WireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WireError::BareLineEnd { line } => {
                write!(f, "line {line} of the message does not end with CR and LF")
            }
            WireError::Byte { line, byte } => {
                write!(f, "line {line} of the message holds the byte 0x{byte:02x}")
            }
            WireError::LineTooLong { line } => {
                write!(f, "line {line} of the message is longer than {LINE_MAX} bytes")
            }
            WireError::NoFinalLineEnd => f.write_str("the message does not end with a line end"),
            WireError::Header { line } => {
                write!(f, "line {line} of the message is not a header field")
            }
            WireError::NoBody => f.write_str("the message has no body"),
            WireError::Field(name) => {
                write!(f, "the message does not hold the header field `{name}` exactly once")
            }
            WireError::Bcc { line } => write!(f, "line {line} of the message is a Bcc field"),
        }
    }
}

impl std::error::Error for WireError {}

/// Checks a finished message: ASCII, CRLF and nothing else between lines, none of them too long, and
/// a header of well-formed fields with those that every message has.
pub fn check_wire(bytes: &[u8]) -> Result<(), WireError> {
    let mut header = Some(Header::default());
    let mut rest = bytes;
    let mut line = 0;
    while !rest.is_empty() {
        line += 1;
        let end = rest.iter().position(|byte| *byte == b'\n').ok_or(WireError::NoFinalLineEnd)?;
        let text = rest[..end].strip_suffix(b"\r").ok_or(WireError::BareLineEnd { line })?;
        rest = &rest[end + 1..];
        check_line(text, line)?;
        if let Some(fields) = &mut header {
            if text.is_empty() {
                fields.finish()?;
                header = None;
            } else {
                fields.take(text, line)?;
            }
        }
    }
    match header {
        None => Ok(()),
        Some(_) => Err(WireError::NoBody),
    }
}

fn check_line(text: &[u8], line: usize) -> Result<(), WireError> {
    if text.len() > LINE_MAX {
        return Err(WireError::LineTooLong { line });
    }
    match text.iter().find(|byte| !matches!(byte, b'\t' | b' '..=b'~')) {
        None => Ok(()),
        Some(b'\r') => Err(WireError::BareLineEnd { line }),
        Some(byte) => Err(WireError::Byte { line, byte: *byte }),
    }
}

/// What has been seen of a message's header.
#[derive(Default)]
struct Header {
    begun: bool,
    seen: [usize; REQUIRED.len()],
}

impl Header {
    fn take(&mut self, text: &[u8], line: usize) -> Result<(), WireError> {
        if text[0] == b' ' || text[0] == b'\t' {
            let blank = text.iter().all(|byte| *byte == b' ' || *byte == b'\t');
            return if self.begun && !blank { Ok(()) } else { Err(WireError::Header { line }) };
        }
        self.begun = true;
        let colon = text.iter().position(|byte| *byte == b':');
        let name = match colon {
            Some(end) if end > 0 && text[..end].iter().all(u8::is_ascii_graphic) => &text[..end],
            _ => return Err(WireError::Header { line }),
        };
        if name.eq_ignore_ascii_case(b"bcc") {
            return Err(WireError::Bcc { line });
        }
        for (required, count) in REQUIRED.iter().zip(&mut self.seen) {
            *count += usize::from(name.eq_ignore_ascii_case(required.as_bytes()));
        }
        Ok(())
    }

    fn finish(&self) -> Result<(), WireError> {
        match REQUIRED.iter().zip(self.seen).find(|(_, count)| *count != 1) {
            Some((name, _)) => Err(WireError::Field(name)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "From: a@example.se\r\nTo: b@example.se\r\nSubject: x\r\n y\r\n\
                          Date: today\r\nMessage-ID: <1@example.se>\r\n";

    fn check(text: &str) -> Result<(), WireError> {
        check_wire(text.as_bytes())
    }

    #[test]
    fn a_plain_message_passes() {
        assert_eq!(check(&format!("{HEADER}\r\n")), Ok(()));
        assert_eq!(check(&format!("{HEADER}\r\n.body\r\n.\r\n\ttab\r\n\r\n")), Ok(()));
        assert_eq!(check(&format!("{HEADER}\r\n{}\r\n", "x".repeat(998))), Ok(()));
    }

    #[test]
    fn a_line_that_ends_otherwise_than_by_crlf_is_refused() {
        for (body, line) in [("a\n.\r\n", 8), ("\n", 8), ("ab\rc\r\n", 8), ("a\r\nb\r\r\n", 9)] {
            let error = check(&format!("{HEADER}\r\n{body}"));
            assert_eq!(error, Err(WireError::BareLineEnd { line }), "{body:?}");
        }
        assert_eq!(check(&format!("{HEADER}\r\nend")), Err(WireError::NoFinalLineEnd));
        assert_eq!(check(&format!("{HEADER}\r\nend\r")), Err(WireError::NoFinalLineEnd));
    }

    #[test]
    fn unencoded_bytes_and_long_lines_are_refused() {
        let byte = check(&format!("{HEADER}\r\nå\r\n"));
        assert_eq!(byte, Err(WireError::Byte { line: 8, byte: 0xc3 }));
        let byte = check(&format!("{HEADER}\r\na\0\r\n"));
        assert_eq!(byte, Err(WireError::Byte { line: 8, byte: 0 }));
        let long = check(&format!("{HEADER}\r\n{}\r\n", "x".repeat(999)));
        assert_eq!(long, Err(WireError::LineTooLong { line: 8 }));
    }

    #[test]
    fn a_malformed_header_is_refused() {
        for (text, error) in [
            (String::new(), WireError::NoBody),
            (HEADER.to_owned(), WireError::NoBody),
            (format!(" folded: first\r\n{HEADER}\r\n"), WireError::Header { line: 1 }),
            (format!("no field\r\n{HEADER}\r\n"), WireError::Header { line: 1 }),
            (format!("a b: c\r\n{HEADER}\r\n"), WireError::Header { line: 1 }),
            (format!(": c\r\n{HEADER}\r\n"), WireError::Header { line: 1 }),
            (format!("{HEADER} \t\r\n\r\n"), WireError::Header { line: 7 }),
            (format!("{HEADER}\u{20}\r\n"), WireError::Header { line: 7 }),
            (format!("{HEADER}BCC: c@example.se\r\n\r\n"), WireError::Bcc { line: 7 }),
            (format!("{HEADER}to: c@example.se\r\n\r\n"), WireError::Field("to")),
            ("From: a@example.se\r\n\r\n".to_owned(), WireError::Field("date")),
        ] {
            assert_eq!(check(&text), Err(error), "{text:?}");
        }
    }
}
