//! How much of a file's making is put up with. All are far above what an agreement needs.

/// The whole file, in bytes.
pub const FILE_BYTES_MAX: usize = 64 << 20;

/// Objects listed by the file. An object's number is below twice this.
pub const OBJECTS_MAX: usize = 500_000;

/// Numbers, names, arrays and so on in one object.
pub const VALUES_MAX: usize = 1_000_000;

/// Arrays and dictionaries within one another. Lists of pages within one another as well.
pub const DEPTH_MAX: usize = 64;

pub const PAGES_MAX: usize = 10_000;

/// How often a file may have been added to.
pub const REVISIONS_MAX: usize = 500;

/// What the lists and the packed objects of a file unpack to, in bytes, together.
pub const UNPACKED_MAX: usize = 128 << 20;

/// How many bytes are read of a file of `bytes` (packed objects unpacked) before it is a bomb: each
/// object is read a few times, and objects of an honest file do not overlap.
pub const fn reading_max(bytes: usize) -> u64 {
    8 * bytes as u64 + (1 << 20)
}

/// What the drawing of one page unpacks to, in bytes, and that of all pages. A page beyond it counts
/// as full of ink; it is no reason to refuse it.
pub const DRAWING_MAX: usize = 32 << 20;
pub const DRAWINGS_MAX: usize = 256 << 20;

/// What the drawings of a file of `bytes` unpack to: text packs to a tenth or so, and what packs to less
/// than a thirtieth says little for its length.
pub fn drawings_max(bytes: usize) -> usize {
    ((8 << 20) + 32 * bytes).min(DRAWINGS_MAX)
}

/// Steps of drawing that are followed on all pages together, to find where there is ink.
pub const STEPS_MAX: usize = 20_000_000;

/// How many are followed of a file of `bytes`: an honest one has a step for every two or three of them, and
/// a small one has not the time of a large one.
pub fn steps_max(bytes: usize) -> usize {
    (250_000 + bytes).min(STEPS_MAX)
}

/// How many values that are read, or names looked through, take as long as a step.
pub const VALUES_A_STEP: usize = 8;

/// How far deflated data can unpack, for what could not be unpacked to its end.
pub const DEFLATE_MAX: usize = 1_032;

/// Drawings within drawings.
pub const FORMS_DEPTH_MAX: usize = 12;

/// What may be read again for each page, in bytes, before it is eight times that.
pub const PAGE_READING: usize = 8 << 10;
