//! What each input costs: time of the processor, and memory held at most.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};

/// What an input may cost. Source: the promise in the README.
const SECONDS_MAX: f64 = 1.0;
const BYTES_MAX: usize = 512 << 20;

/// The system's memory, counted.
pub struct Counting;

static HELD: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

fn taken(bytes: usize) {
    let held = HELD.fetch_add(bytes, Relaxed) + bytes;
    MOST.fetch_max(held, Relaxed);
}

// SAFETY: every call is handed to the system's allocator as it is; only numbers are kept beside it.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        taken(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        taken(size);
        HELD.fetch_sub(layout.size(), Relaxed);
        unsafe { System.realloc(at, layout, size) }
    }
}

static INPUTS: AtomicU64 = AtomicU64::new(0);
static WORST_MICROSECONDS: AtomicU64 = AtomicU64::new(0);
static WORST_BYTES: AtomicUsize = AtomicUsize::new(0);

#[repr(C)]
struct Timespec {
    seconds: i64,
    nanoseconds: i64,
}

unsafe extern "C" {
    fn clock_gettime(clock: i32, time: *mut Timespec) -> i32;
    fn atexit(call: extern "C" fn()) -> i32;
}

/// Returns the processor's time that this process took so far, in seconds.
fn processor_time() -> f64 {
    const CLOCK_PROCESS_CPUTIME_ID: i32 = 2;
    let mut time = Timespec { seconds: 0, nanoseconds: 0 };
    // SAFETY: the structure is that of 64-bit Linux, and lives throughout the call.
    let done = unsafe { clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &raw mut time) };
    assert_eq!(done, 0, "the processor's clock");
    time.seconds as f64 + time.nanoseconds as f64 / 1e9
}

/// Makes the process say at its end what the inputs cost.
pub fn begin() {
    // SAFETY: the function lives as long as the program and unwinds not.
    let done = unsafe { atexit(tell) };
    assert_eq!(done, 0, "told at the end");
}

extern "C" fn tell() {
    let milliseconds = WORST_MICROSECONDS.load(Relaxed) as f64 / 1000.0;
    let mebibytes = WORST_BYTES.load(Relaxed) as f64 / f64::from(1 << 20);
    let inputs = INPUTS.load(Relaxed);
    eprintln!("inputs {inputs} worst_ms {milliseconds:.1} worst_mib {mebibytes:.1}");
}

/// Runs one input and keeps what it cost; panics over the bounds.
pub fn input(bytes: &[u8], run: impl FnOnce()) {
    let before = HELD.load(Relaxed);
    MOST.store(before, Relaxed);
    let began = processor_time();
    run();
    let seconds = processor_time() - began;
    let held = MOST.load(Relaxed).saturating_sub(before);
    INPUTS.fetch_add(1, Relaxed);
    WORST_MICROSECONDS.fetch_max((seconds * 1e6) as u64, Relaxed);
    WORST_BYTES.fetch_max(held, Relaxed);
    let length = bytes.len();
    assert!(seconds <= SECONDS_MAX, "{seconds:.2} s for an input of {length} bytes");
    assert!(held <= BYTES_MAX, "{held} bytes held for an input of {length} bytes");
}
