//! stdout, for whoever holds what others wait for: no write here waits for the reader of a pipe.

use std::fs::File;
use std::io::{self, Seek, Write};
use std::os::fd::{AsFd, BorrowedFd};

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

/// What a pipe that takes anything takes whole. Source: POSIX, `PIPE_BUF`; Linux pipe(7).
const PIECE: usize = 4096;

/// Writes to a pipe as long as its reader keeps up, and to an unnamed file from then on.
///
/// A list is written while a state of the store is held, and as long as somebody holds one the store's
/// write-ahead log cannot begin anew. A reader who goes for coffee must not let it grow.
pub struct Outlet {
    out: File,
    kept: Option<File>,
}

impl Outlet {
    pub fn stdout() -> io::Result<Outlet> {
        io::stdout().flush()?;
        Ok(Outlet { out: File::from(io::stdout().as_fd().try_clone_to_owned()?), kept: None })
    }

    /// Hands over what was kept, waiting for the reader: nothing may be held any more.
    pub fn finish(mut self) -> io::Result<()> {
        if let Some(mut kept) = self.kept.take() {
            kept.rewind()?;
            io::copy(&mut kept, &mut self.out)?;
        }
        self.out.flush()
    }
}

impl Write for Outlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(kept) = &mut self.kept {
            return kept.write(bytes);
        }
        if takes_more(self.out.as_fd()) {
            return self.out.write(&bytes[..bytes.len().min(PIECE)]);
        }
        self.kept.insert(tempfile::tempfile()?).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Says whether a write would not wait; one that would fail does not.
fn takes_more(out: BorrowedFd<'_>) -> bool {
    let mut asked = [PollFd::new(out, PollFlags::POLLOUT)];
    poll(&mut asked, PollTimeout::ZERO).is_ok_and(|ready| ready > 0)
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::thread;

    use super::*;

    #[test]
    fn a_writer_does_not_wait_for_a_reader_who_then_gets_all_of_it_in_order() {
        let (mut reader, writer) = io::pipe().expect("a pipe");
        let mut outlet = Outlet { out: File::from(std::os::fd::OwnedFd::from(writer)), kept: None };
        let line = |n: usize| format!("{n} of a list that is longer than a pipe\n");
        for n in 0..20_000 {
            outlet.write_all(line(n).as_bytes()).expect("it does not wait");
        }
        assert!(outlet.kept.is_some());
        let reading = thread::spawn(move || {
            let mut read = String::new();
            reader.read_to_string(&mut read).expect("the list");
            read
        });
        outlet.finish().expect("handed over");
        assert!(reading.join().expect("a reader") == (0..20_000).map(line).collect::<String>());
    }

    #[test]
    fn a_reader_who_has_gone_is_told_of_at_once() {
        let (reader, writer) = io::pipe().expect("a pipe");
        drop(reader);
        let mut outlet = Outlet { out: File::from(std::os::fd::OwnedFd::from(writer)), kept: None };
        let error = outlet.write_all(b"a line\n").expect_err("nobody reads");
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
    }
}
