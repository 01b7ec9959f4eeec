//! Bytes packed as the streams of a PDF are, and unpacked to a limit.

use std::io::Write;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Decompress, FlushDecompress, Status};

/// How bytes could not be unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InflateError {
    /// They unpack to more than asked for.
    Beyond,
    Damaged,
}

/// Returns what packed bytes (RFC 1950) unpack to. Errors beyond `limit` bytes.
pub fn inflated(data: &[u8], limit: usize) -> Result<Vec<u8>, InflateError> {
    let mut machine = Decompress::new(true);
    let mut out = Vec::with_capacity((data.len() * 4).clamp(256, limit.clamp(256, 1 << 20)));
    loop {
        let (read, written) = (machine.total_in(), out.len());
        let rest = &data[read as usize..];
        let status = machine.decompress_vec(rest, &mut out, FlushDecompress::None);
        if out.len() > limit {
            return Err(InflateError::Beyond);
        }
        match status {
            Ok(Status::StreamEnd) => return Ok(out),
            Ok(_) if out.len() == out.capacity() => out.reserve(out.len().max(1 << 12)),
            Ok(_) if machine.total_in() > read || out.len() > written => {}
            _ => return Err(InflateError::Damaged),
        }
    }
}

/// Returns bytes packed: the same for the same bytes.
pub fn deflated(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(data).and_then(|()| encoder.finish()).expect("memory takes all")
}
