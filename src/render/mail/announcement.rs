//! The office's own words to many: a template of two languages, tried before anything is queued.

use std::path::PathBuf;

use minijinja::value::Serde;

use crate::domain::announcement::{Audience, Facts, ToldEdition, Words, paragraphs};
use crate::domain::language::Language;
use crate::domain::text::visible;

use super::{TemplateError, Templates};

/// The most that a subject may be, in characters.
const SUBJECT_MAX: usize = 150;
/// The most that a text may be, in characters, once the facts are in it.
const TEXT_MAX: usize = 20_000;

/// What tells of a new edition, unless the office has words of its own.
pub const NEW_EDITION: &str = include_str!("templates/new_edition.toml");

/// The words of an announcement as they read for one recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announced {
    /// One line.
    pub subject: String,
    pub text: Vec<String>,
}

/// A template of an announcement that can be used.
pub struct AnnouncementTemplate {
    templates: Templates,
}

impl AnnouncementTemplate {
    /// Returns the template, tried in both languages on made-up facts of the audience.
    pub fn new(
        words: &Words,
        audience: &Audience,
        edition: Option<&ToldEdition>,
    ) -> Result<AnnouncementTemplate, TemplateError> {
        let mut templates = Templates::carried();
        for language in [Language::Swedish, Language::English] {
            let part = words.in_language(language);
            for (what, source) in [("subject", &part.subject), ("text", &part.text)] {
                let name = name(what, language);
                templates
                    .environment
                    .add_template_owned(name.clone(), source.clone())
                    .map_err(|error| templates.wrong(&name, &error))?;
            }
        }
        let template = AnnouncementTemplate { templates };
        let facts = Facts::sample(audience, edition);
        for language in [Language::Swedish, Language::English] {
            template.render(language, &facts)?;
        }
        Ok(template)
    }

    /// Returns the words for one recipient.
    pub fn render(&self, language: Language, facts: &Facts) -> Result<Announced, TemplateError> {
        let filled = |what: &str| -> Result<String, TemplateError> {
            let name = name(what, language);
            let template = self.templates.environment.get_template(&name);
            template
                .and_then(|template| template.render(Serde(facts)))
                .map_err(|error| self.templates.wrong(&name, &error))
        };
        let wrong = |what: &str, reason: &str| TemplateError::Wrong {
            file: PathBuf::from(name(what, language)),
            line: None,
            reason: reason.to_owned(),
        };
        let subject = filled("subject")?.trim().to_owned();
        if subject.is_empty() || visible(&subject) != subject {
            return Err(wrong("subject", "it is not one line"));
        }
        if subject.chars().count() > SUBJECT_MAX {
            return Err(wrong("subject", &format!("it is longer than {SUBJECT_MAX} characters")));
        }
        let text = filled("text")?;
        if text.chars().count() > TEXT_MAX {
            return Err(wrong("text", &format!("it is longer than {TEXT_MAX} characters")));
        }
        let text = paragraphs(&text);
        if text.is_empty() {
            return Err(wrong("text", "it is empty"));
        }
        Ok(Announced { subject, text })
    }
}

/// Returns what a part of the template is called where it is wrong: `[sv] text`.
fn name(what: &str, language: Language) -> String {
    format!("[{language}] {what}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::announcement::Part;

    fn words(subject: &str, text: &str) -> Words {
        let part = Part { subject: subject.to_owned(), text: text.to_owned() };
        Words { sv: part.clone(), en: part }
    }

    fn tried(subject: &str, text: &str) -> String {
        let audience = Audience::Licensees;
        let tried = AnnouncementTemplate::new(&words(subject, text), &audience, None);
        tried.map(|_| ()).map_err(|error| error.to_string()).expect_err("a mistake")
    }

    #[test]
    fn a_mistake_in_a_template_is_found_before_anything_is_queued() {
        assert_eq!(
            tried("Hej", "Hej {{ namn }},"),
            "`[sv] text`, line 1: there is no fact of a name that is used in `Hej {{ namn }},`"
        );
        assert_eq!(
            tried("{{ product }}", "Hej"),
            "`[sv] subject`, line 1: there is no fact of a name that is used in `{{ product }}`"
        );
        assert!(tried("Hej", "{% if name %}").starts_with("`[sv] text`, line 1: syntax error"));
        assert_eq!(tried(" ", "Hej"), "`[sv] subject`: it is not one line");
        assert_eq!(tried("a\nb", "Hej"), "`[sv] subject`: it is not one line");
        assert_eq!(tried("Hej", "\n \n"), "`[sv] text`: it is empty");
    }

    #[test]
    fn the_words_of_a_new_edition_are_a_template() {
        let words: Words = toml::from_str(NEW_EDITION).expect("two languages");
        let audience: Audience = "readers:AB04".parse().expect("an audience");
        let edition = ToldEdition {
            code: "AB04".to_owned(),
            edition: "2026:1".to_owned(),
            edition_language: "sv".to_owned(),
            from: "2026-07-01".to_owned(),
        };
        let template = AnnouncementTemplate::new(&words, &audience, Some(&edition));
        let template = template.expect("a template");
        let facts = Facts::sample(&audience, Some(&edition));
        let announced = template.render(Language::Swedish, &facts).expect("words");
        assert_eq!(announced.subject, "Ett avtal: ny utgåva 2026:1");
        let second = "Ett avtal kommer i en ny utgåva på svenska, 2026:1. Den gäller från och med 1 juli \
                      2026.";
        assert_eq!(announced.text[1], second);
    }
}
