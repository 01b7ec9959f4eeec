//! README.md: its transcripts are played, and its lists come from the program.
//!
//! A transcript is a block marked `console`: lines beginning `$ ` are typed, the others are shown. Every
//! line shown must be said, in that order; what the README leaves out does not matter, nor do spaces,
//! and `…` stands for anything. Where the README shows questions being answered, a comment before the
//! block says which command does the same without asking: `<!-- the same: shopctl init … -->`.
//!
//! The lists between `<!-- from the program -->` comments, of the commands here and of the words in
//! `examples/words.md`, are renewed by `UPDATE_README=1 cargo test`.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

use crate::{Home, said, source, text_of};

#[allow(dead_code, reason = "the README shows the words; finding them is the program's")]
#[path = "../../src/domain/glossary.rs"]
mod glossary;
#[allow(dead_code, reason = "the glossary stands on it")]
#[path = "../../src/domain/text.rs"]
mod text;

/// A command of the README with the lines shown below it.
#[derive(Debug, Default)]
struct Step {
    line: usize,
    command: String,
    shown: Vec<String>,
}

/// Returns the commands of the transcripts, in order.
fn steps(readme: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut in_transcript = false;
    for (index, text) in readme.lines().enumerate() {
        let same = text.strip_prefix("<!-- the same: ").and_then(|rest| rest.strip_suffix(" -->"));
        let typed = text.strip_prefix("$ ").filter(|_| in_transcript).or(same);
        if text.starts_with("```") {
            in_transcript = text == "```console";
        } else if let Some(command) = typed {
            steps.push(Step { line: index + 1, command: command.to_owned(), shown: Vec::new() });
        } else if let Some(step) = steps.last_mut().filter(|_| in_transcript) {
            match step.command.strip_suffix('\\') {
                Some(begun) => step.command = format!("{begun} {}", text.trim_start()),
                None => step.shown.push(text.to_owned()),
            }
        }
    }
    steps
}

/// Returns a line without what depends on the width of the screen.
fn plain(line: &str) -> String {
    line.replace('─', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Says whether a line is what the README shows, `…` standing for anything.
fn is_shown(shown: &str, line: &str) -> bool {
    let mut parts = shown.split('…');
    let Some(mut rest) = line.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    for part in parts {
        match rest.find(part) {
            _ if part.is_empty() => return true,
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.is_empty()
}

#[test]
fn the_transcripts_of_the_readme_run_as_shown() {
    let home = Home::new();
    let steps = steps(&text_of("README.md"));
    assert!(steps.len() > 10, "the transcripts are not found");
    let mut exports = String::new();
    for step in steps {
        if step.command.starts_with("export ") {
            writeln!(exports, "{}", step.command).expect("a string grows");
        }
        let output = home.run(&format!("{exports}{}", step.command));
        let text = said(&output);
        let at = format!("README.md, line {}: `{}`", step.line, step.command);
        let fails = step.shown.iter().any(|line| line.starts_with("error:"));
        assert_eq!(output.status.success(), !fails, "{at}:\n{text}");
        let lines: Vec<String> = text.lines().map(plain).collect();
        let mut left = lines.iter();
        for shown in step.shown.iter().map(|line| plain(line)).filter(|line| !line.is_empty()) {
            let found = left.any(|line| is_shown(&shown, line));
            assert!(found, "{at} does not say, or not in this order:\n{shown}\nbut:\n{text}");
        }
    }
}

/// Returns the names below a command.
fn listed(home: &Home, path: &str) -> Vec<String> {
    let help = home.done(&format!("shopctl help {path}"));
    help.lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.trim_start().split_once("  "))
        .map(|(name, _)| format!("{path} {name}").trim().to_owned())
        .collect()
}

/// Returns every command that does something.
fn commands(home: &Home, path: &str) -> Vec<String> {
    let below = listed(home, path);
    below
        .into_iter()
        .flat_map(|path| {
            let deeper = commands(home, &path);
            if deeper.is_empty() { vec![path] } else { deeper }
        })
        .collect()
}

/// Compares a list of a document with what it should be, or puts it right under `UPDATE_README`.
fn check_list(document: &str, name: &str, expected: &str) {
    let text = text_of(document);
    let (begin, end) = (format!("<!-- {name}, from the program -->\n"), "<!-- end -->");
    let start = text.find(&begin).expect("the list's beginning is marked") + begin.len();
    let stop = start + text[start..].find(end).expect("the list's end is marked");
    if &text[start..stop] == expected {
        return;
    }
    if std::env::var_os("UPDATE_README").is_some() {
        let renewed = format!("{}{expected}{}", &text[..start], &text[stop..]);
        fs::write(source().join(document), renewed).expect("the document is writable");
        return;
    }
    panic!(
        "{document}: the {name} are not those of the program; `UPDATE_README=1 cargo test` renews them"
    );
}

#[test]
fn the_lists_of_the_documents_are_those_of_the_program() {
    let home = Home::new();
    let commands = commands(&home, "");
    let (with_verbs, alone): (Vec<_>, Vec<_>) = commands
        .iter()
        .map(|command| command.split_once(' ').ok_or(command))
        .partition(Result::is_ok);
    let mut nouns: Vec<(&str, Vec<&str>)> = Vec::new();
    for (noun, verb) in with_verbs.into_iter().flatten() {
        match nouns.iter_mut().find(|(known, _)| *known == noun) {
            Some((_, verbs)) => verbs.push(verb),
            None => nouns.push((noun, vec![verb])),
        }
    }
    let mut list = "\n| Noun | Verbs |\n|---|---|\n".to_owned();
    for (noun, verbs) in nouns {
        writeln!(list, "| `{noun}` | `{}` |", verbs.join("` · `")).expect("a string grows");
    }
    let alone: Vec<&str> = alone.into_iter().filter_map(Result::err).map(String::as_str).collect();
    writeln!(list, "| alone | `{}` |\n", alone.join("` · `")).expect("a string grows");
    check_list("README.md", "commands", &list);

    let mut list = "\n| English | Swedish | |\n|---|---|---|\n".to_owned();
    let known: BTreeSet<&str> = commands.iter().map(String::as_str).collect();
    for word in &glossary::GLOSSARY {
        writeln!(list, "| {} | {} | {} |", word.english, word.swedish, word.meaning)
            .expect("a string grows");
        for command in word.commands {
            assert!(known.contains(command), "`{}` names `{command}`", word.english);
        }
    }
    list.push('\n');
    check_list("examples/words.md", "words", &list);
}

#[test]
fn the_readme_lists_every_exit_status() {
    let readme = text_of("README.md");
    let source = text_of("src/error.rs");
    let statuses = source.lines().skip_while(|line| !line.starts_with("pub enum Status {"));
    let statuses: Vec<&str> = statuses
        .take_while(|line| *line != "}")
        .filter_map(|line| Some(line.split_once(" = ")?.1.trim_end_matches(',')))
        .collect();
    assert!(statuses.len() > 5, "the statuses are not found");
    for status in statuses {
        assert!(readme.contains(&format!("\n| {status} | ")), "exit status {status} is missing");
    }
}
