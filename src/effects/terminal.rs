//! The terminal: questions with answers, and bars that show how far a long command has come.

use std::io::{self, IsTerminal, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use dialoguer::theme::{ColorfulTheme, Theme};
use dialoguer::{Confirm, FuzzySelect, Input};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use nix::sys::termios::{LocalFlags, SetArg, Termios, tcgetattr, tcsetattr};

use super::secret;
use crate::domain::secret::Secret;

/// How long a command works before it shows a bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// What there is to talk to, found once at the start.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// A person sits there: questions are allowed and can be answered.
    pub is_interactive: bool,
    /// Answers go to a screen and not into a pipe.
    pub shows_tables: bool,
    pub shows_progress: bool,
    pub has_colour: bool,
    /// Columns of the screen.
    pub width: u16,
}

/// Writes a line to stderr. That nobody reads it is no reason to stop, so a failure is passed over.
pub fn tell(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// The operator broke off a question, or there was nobody to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interrupted;

impl std::fmt::Display for Interrupted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("interrupted; what was not finished is as before")
    }
}

impl std::error::Error for Interrupted {}

/// Makes an interrupt end the program with status 130 and the terminal as it was.
///
/// A question hides the cursor while it waits, or what is typed, and being killed there would leave it
/// so. What was not committed is dropped with the connection, as at any other end.
pub fn end_on_interrupt() {
    let handled = ctrlc::set_handler(|| {
        restore_echo();
        let _ = dialoguer::console::Term::stderr().show_cursor();
        tell("\ninterrupted; what was not finished is as before");
        std::process::exit(130);
    });
    handled.expect("the handler is set once, at the start");
}

impl Terminal {
    /// Looks at the standard streams; `may_ask` is false under `--no-input`.
    pub fn detect(may_ask: bool, has_colour: bool, quiet: bool) -> Terminal {
        let (input, error) = (io::stdin().is_terminal(), io::stderr().is_terminal());
        Terminal {
            is_interactive: may_ask && input && error,
            shows_tables: io::stdout().is_terminal(),
            shows_progress: error && !quiet,
            has_colour,
            width: terminal_size::terminal_size().map_or(100, |(width, _)| width.0),
        }
    }

    pub fn confirm(&self, question: &str) -> Result<bool, Interrupted> {
        let answer = Confirm::with_theme(&ColorfulTheme::default())
            .with_prompt(question)
            .default(false)
            .wait_for_newline(true)
            .interact_opt();
        answer.ok().flatten().ok_or(Interrupted)
    }

    /// Asks for a line until `check` accepts it; an empty answer gives `default` where there is one.
    ///
    /// A reason longer than the screen is wide is cut, since the question is redrawn on one line.
    pub fn ask(
        &self,
        question: &str,
        default: Option<&str>,
        allow_empty: bool,
        check: impl Fn(&str) -> Result<(), String>,
    ) -> Result<String, Interrupted> {
        let theme = ColorfulTheme::default();
        let columns = usize::from(self.width).saturating_sub(3);
        let mut input = Input::with_theme(&theme)
            .with_prompt(question)
            .allow_empty(allow_empty)
            .validate_with(|text: &String| check(text).map_err(|reason| cut(&reason, columns)));
        if let Some(default) = default {
            input = input.default(default.to_owned());
        }
        input.interact_text().map_err(|_| Interrupted)
    }

    /// Asks for a secret, which is not shown while it is typed, nor the question afterwards.
    ///
    /// Echo is off before the question is seen: whoever types at once is not shown either.
    pub fn ask_secret(&self, question: &str) -> Result<Secret, Interrupted> {
        let _unseen = EchoOff::begin().map_err(|_| Interrupted)?;
        let mut prompt = String::new();
        let _ = ColorfulTheme::default().format_input_prompt(&mut prompt, question, None);
        // Not under a lock: an interrupt has its own word to say.
        let _ = write!(io::stderr(), "{prompt}").and_then(|()| io::stderr().flush());
        let typed = secret::from_stdin();
        let _ = dialoguer::console::Term::stderr().clear_line();
        typed.map_err(|_| Interrupted)
    }

    /// Lets the operator choose among many items by typing parts of one; returns its position.
    pub fn search(&self, question: &str, items: &[String]) -> Result<usize, Interrupted> {
        let theme = ColorfulTheme::default();
        let select = FuzzySelect::with_theme(&theme)
            .with_prompt(question)
            .items(items)
            .default(0)
            .max_length(12);
        select.interact_opt().ok().flatten().ok_or(Interrupted)
    }

    /// Returns a bar for work of unknown length, shown once it has taken a second.
    pub fn progress(&self, what: &'static str) -> Progress {
        Progress {
            what,
            started: Instant::now(),
            count: 0,
            bar: None,
            is_shown: self.shows_progress,
        }
    }
}

/// How the terminal was before its echo was turned off, as long as it is.
static BEFORE: Mutex<Option<Termios>> = Mutex::new(None);

/// Keeps the terminal from showing what is typed.
struct EchoOff;

impl EchoOff {
    fn begin() -> nix::Result<EchoOff> {
        let before = tcgetattr(io::stdin())?;
        let mut unseen = before.clone();
        unseen.local_flags.remove(LocalFlags::ECHO);
        *before_echo_off() = Some(before);
        // What was typed already is kept.
        tcsetattr(io::stdin(), SetArg::TCSADRAIN, &unseen)?;
        Ok(EchoOff)
    }
}

impl Drop for EchoOff {
    fn drop(&mut self) {
        restore_echo();
    }
}

fn before_echo_off() -> MutexGuard<'static, Option<Termios>> {
    BEFORE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn restore_echo() {
    if let Some(before) = before_echo_off().take() {
        let _ = tcsetattr(io::stdin(), SetArg::TCSADRAIN, &before);
    }
}

/// Returns the beginning of a text, as much as fits into so many columns.
fn cut(text: &str, columns: usize) -> String {
    if text.chars().count() <= columns {
        return text.to_owned();
    }
    text.chars().take(columns.saturating_sub(1)).chain(['…']).collect()
}

/// A count of things done, shown on a terminal when it takes long.
pub struct Progress {
    what: &'static str,
    started: Instant,
    count: u64,
    bar: Option<ProgressBar>,
    is_shown: bool,
}

impl Progress {
    /// Counts one thing more.
    pub fn tick(&mut self) {
        self.count += 1;
        if self.count.is_multiple_of(256) {
            self.draw();
        }
    }

    /// Counts many things more.
    pub fn add(&mut self, count: u64) {
        self.count += count;
        self.draw();
    }

    fn draw(&mut self) {
        if !self.is_shown {
            return;
        }
        if let Some(bar) = &self.bar {
            bar.set_position(self.count);
        } else if self.started.elapsed() > PATIENCE {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            let style = ProgressStyle::with_template("{spinner} {msg} {human_pos} ({per_sec})")
                .expect("the template is well formed");
            bar.set_style(style);
            bar.set_message(self.what);
            self.bar = Some(bar);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
