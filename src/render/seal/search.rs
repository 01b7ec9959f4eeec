//! Looking for a claim in a file of any state: whole, broken, cut, or written anew by another program.

use super::super::deflate::inflated;
use super::certificate::Certificate;
use super::claim::{CLAIM_LENGTH_MAX, ClaimError, START_IN_FILE, SignedClaim};

/// How many texts that begin as a claim does are looked at.
const CLAIMS_MAX: usize = 16;

/// The bytes that one stream, and all together, are unpacked to.
const STREAM_LENGTH_MAX: usize = 4 << 20;
const STREAMS_LENGTH_MAX: usize = 64 << 20;

/// How many streams are unpacked.
const STREAMS_MAX: usize = 10_000;

/// Returns the last claim that is good, else why the last is not; `None` where there is none at all.
///
/// Looks into packed streams too, where a program that writes a file anew may put the catalog.
pub fn claim(file: &[u8], certificates: &[Certificate]) -> Option<Result<SignedClaim, ClaimError>> {
    let mut found = written_claim(file, certificates);
    each_unpacked(file, |text| {
        found = found.take().or_else(|| written_claim(text, certificates));
        found.is_none()
    });
    found
}

/// As [`claim`], for a claim that stands in the file as it was written.
pub fn written_claim(
    file: &[u8],
    certificates: &[Certificate],
) -> Option<Result<SignedClaim, ClaimError>> {
    let mut refused = None;
    for text in written(file) {
        match SignedClaim::read(&text, certificates) {
            Ok(claim) => return Some(Ok(claim)),
            Err(error) => refused = refused.or(Some(Err(error))),
        }
    }
    refused
}

/// Returns all that begins as a claim does, as it was written or packed, good or not.
pub fn texts(file: &[u8]) -> Vec<String> {
    let mut found: Vec<String> = written(file).collect();
    each_unpacked(file, |text| {
        found.extend(written(text));
        found.len() < CLAIMS_MAX
    });
    found
}

/// Returns the texts that begin as a claim does, the last first.
fn written(file: &[u8]) -> impl Iterator<Item = String> {
    // Most bytes are no bracket, which is found out faster than that the rest differs.
    let brackets = file.iter().enumerate().rev().filter(|(_, byte)| **byte == START_IN_FILE[0]);
    let starts = brackets.filter(|(start, _)| file[*start..].starts_with(START_IN_FILE));
    starts.take(CLAIMS_MAX).map(|(start, _)| {
        let rest = &file[start + 1..];
        let rest = &rest[..rest.len().min(CLAIM_LENGTH_MAX + 1)];
        let text = rest.split(|byte| *byte == b')').next().unwrap_or_default();
        String::from_utf8_lossy(text).into_owned()
    })
}

/// Unpacks the streams of a file, within the limits, for as long as `visit` says to go on.
fn each_unpacked(file: &[u8], mut visit: impl FnMut(&[u8]) -> bool) {
    let mut length = 0;
    let mut rest = file;
    for _ in 0..STREAMS_MAX {
        let Some(start) = find(rest, b"stream") else { return };
        rest = &rest[start + b"stream".len()..];
        let content = rest.strip_prefix(b"\r").unwrap_or(rest);
        let content = content.strip_prefix(b"\n").unwrap_or(content);
        let Some(end) = find(content, b"endstream") else { return };
        if is_deflated(content) {
            let text = inflated(&content[..end], STREAM_LENGTH_MAX);
            // What could not be unpacked counts in full: it may have taken as long.
            length += text.as_ref().map_or(STREAM_LENGTH_MAX, Vec::len);
            if !visit(&text.unwrap_or_default()) {
                return;
            }
        }
        if length > STREAMS_LENGTH_MAX {
            return;
        }
        rest = &content[end + b"endstream".len()..];
    }
}

/// Says whether the bytes begin as packed ones do (RFC 1950, 2.2).
fn is_deflated(bytes: &[u8]) -> bool {
    const DEFLATE: u8 = 8;
    let [method, flags, ..] = *bytes else { return false };
    method & 0x0f == DEFLATE && u16::from_be_bytes([method, flags]) % 31 == 0
}

/// Returns where `needle` begins for the first time.
fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}
