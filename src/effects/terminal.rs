//! The terminal: questions with answers, and bars that show how far a long command has come.

use std::io::{self, IsTerminal, Write};
use std::process::{Child, Command};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use dialoguer::theme::{ColorfulTheme, Theme};
use dialoguer::{Confirm, FuzzySelect, Input};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use nix::sys::signal::{SigSet, Signal, raise};
use nix::sys::termios::{LocalFlags, SetArg, Termios, tcgetattr, tcsetattr};

use super::secret::{self, Kind, SecretError};
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
    if io::stdin().is_terminal() {
        // Before there is a second thread: each takes over what is blocked here.
        watch_for_signals();
    }
    let handled = ctrlc::set_handler(|| {
        show_typing();
        let _ = dialoguer::console::Term::stderr().show_cursor();
        tell("\ninterrupted; what was not finished is as before");
        std::process::exit(130);
    });
    handled.expect("the handler is set once, at the start");
}

/// The signals that end or stop the program without asking it, and so would leave a terminal that shows
/// nothing of what is typed.
const SIGNALS: [Signal; 4] = [Signal::SIGTERM, Signal::SIGHUP, Signal::SIGQUIT, Signal::SIGTSTP];

fn watched() -> SigSet {
    SIGNALS.into_iter().collect()
}

/// Makes the terminal show what is typed before a signal does what it always does, and hide it again
/// when the program goes on afterwards.
///
/// The signals are blocked in every thread but for a moment in one that waits for them: no handler runs
/// in the middle of something else. Where they cannot be blocked, they do what they always did.
fn watch_for_signals() {
    let signals = watched();
    if signals.thread_block().is_err() {
        return;
    }
    thread::spawn(move || {
        while let Ok(signal) = signals.wait() {
            show_typing();
            let _ = signals.thread_unblock();
            // Here the program ends, or stops until it is told to go on.
            let _ = raise(signal);
            let _ = signals.thread_block();
            hide_typing_again();
        }
    });
}

/// Starts a program with the signals as a program expects them.
pub fn spawned(command: &mut Command) -> io::Result<Child> {
    let blocked = SigSet::thread_get_mask()?;
    watched().thread_unblock()?;
    let child = command.spawn();
    blocked.thread_set_mask()?;
    child
}

/// Reads a line of stdin, which is not shown while it is typed where stdin is a terminal.
pub fn read_unseen(kind: Kind) -> Result<Secret, SecretError> {
    let _unseen = Unseen::begin(String::new());
    secret::from_stdin(kind)
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

    /// Asks for a secret, which is not shown while it is typed, nor the question afterwards. What is no
    /// text is asked for again.
    ///
    /// Echo is off before the question is seen: whoever types at once is not shown either.
    pub fn ask_secret(&self, question: &str) -> Result<Secret, Interrupted> {
        let mut prompt = String::new();
        let _ = ColorfulTheme::default().format_input_prompt(&mut prompt, question, None);
        let _unseen = Unseen::begin(prompt.clone()).ok_or(Interrupted)?;
        loop {
            say(&prompt);
            let typed = secret::from_stdin(Kind::Password);
            let _ = dialoguer::console::Term::stderr().clear_line();
            match typed {
                Ok(secret) => return Ok(secret),
                Err(SecretError::Form(_, reason)) => {
                    tell(&format!("what was typed is {reason}; please type it again"));
                }
                Err(_) => return Err(Interrupted),
            }
        }
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

/// Says something without a line end, and not under a lock: an interrupt has its own word to say.
fn say(words: &str) {
    let _ = write!(io::stderr(), "{words}").and_then(|()| io::stderr().flush());
}

/// What is typed while the terminal does not show it.
struct Hidden {
    /// How the terminal was.
    before: Termios,
    /// What was asked.
    prompt: String,
}

static HIDDEN: Mutex<Option<Hidden>> = Mutex::new(None);

/// Keeps the terminal from showing what is typed.
struct Unseen;

impl Unseen {
    /// Begins, unless stdin is no terminal.
    fn begin(prompt: String) -> Option<Unseen> {
        let before = tcgetattr(io::stdin()).ok()?;
        let mut hidden = hidden();
        hide_typing(&before).ok()?;
        *hidden = Some(Hidden { before, prompt });
        Some(Unseen)
    }
}

impl Drop for Unseen {
    fn drop(&mut self) {
        show_typing();
        *hidden() = None;
    }
}

fn hidden() -> MutexGuard<'static, Option<Hidden>> {
    HIDDEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Turns echo off. What was typed already is kept.
fn hide_typing(before: &Termios) -> nix::Result<()> {
    let mut unseen = before.clone();
    unseen.local_flags.remove(LocalFlags::ECHO);
    tcsetattr(io::stdin(), SetArg::TCSADRAIN, &unseen)
}

fn show_typing() {
    if let Some(hidden) = &*hidden() {
        let _ = tcsetattr(io::stdin(), SetArg::TCSADRAIN, &hidden.before);
    }
}

/// Goes on with a question after the program was stopped.
fn hide_typing_again() {
    if let Some(hidden) = &*hidden() {
        let _ = hide_typing(&hidden.before);
        say(&hidden.prompt);
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
