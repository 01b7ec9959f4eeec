//! Events as a person and a program read them.

use serde_json::{Map, Value as Json, json};

use crate::domain::money::Money;
use crate::domain::personal_data::ERASED;
use crate::domain::text::visible;
use crate::render::sheet::Cell;
use crate::render::table::wrapped;
use crate::store::{Event, Payload, Written};

/// Returns what happened to what: `account edited  556036-0793  city: Solna → Malmö`.
///
/// One line, or as many as it takes to stay within `width` columns of a screen.
pub fn line(event: &Event, width: Option<usize>) -> String {
    let Some(payload) = &event.payload else {
        return format!("{:<21}  {ERASED}\n", event.kind);
    };
    let words = format!("{}  {}", visible(&payload.about), change(payload));
    let words = words.trim_end();
    match width {
        Some(width) => wrapped(&format!("{:<21}  {words}", event.kind), width, 23),
        None => format!("{:<21}  {words}\n", event.kind),
    }
}

/// Returns the kind of an event as a cell.
pub fn kind(event: &Event) -> Cell {
    Cell::Word { stored: event.kind.as_str(), shown: event.kind.words().to_owned() }
}

/// Returns the changes of an event as a cell, or that they are erased.
pub fn told(event: &Event) -> Cell {
    event.payload.as_ref().map_or_else(|| Cell::text(ERASED), |payload| change(payload).into())
}

/// Returns the changes as `key: before → after`, or `key value` where there was nothing before.
pub fn change(payload: &Payload) -> String {
    let mut words = Vec::new();
    for (key, after) in &payload.after {
        let name = key.trim_end_matches("_ore").replace('_', " ");
        match payload.before.get(key) {
            Some(before) if before == after => {}
            Some(before) if is_nothing(before) && is_nothing(after) => {}
            Some(before) => {
                words.push(format!("{name}: {} → {}", shown(key, before), shown(key, after)));
            }
            None if is_nothing(after) => {}
            None => words.push(format!("{name} {}", shown(key, after))),
        }
    }
    for (key, before) in &payload.before {
        if !payload.after.contains_key(key) {
            let name = key.trim_end_matches("_ore").replace('_', " ");
            words.push(format!(
                "{name}: {} → {}",
                begun(&shown(key, before)),
                shown(key, &Json::Null)
            ));
        }
    }
    words.join(", ")
}

/// Says whether a value is none: an empty text says as little as no text.
fn is_nothing(value: &Json) -> bool {
    value.is_null() || value.as_str().is_some_and(str::is_empty)
}

/// Returns the beginning of a text that is gone, enough to know it by.
fn begun(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

fn shown(key: &str, value: &Json) -> String {
    match value {
        // Invoices come by mail unless said otherwise.
        value if key == "deliver" && is_nothing(value) => "email".to_owned(),
        value if is_nothing(value) => "nothing".to_owned(),
        Json::Bool(truth) => if *truth { "yes" } else { "no" }.to_owned(),
        Json::Number(number) if key.ends_with("_ore") => {
            number.as_i64().map_or_else(String::new, |ore| Money::from_ore(ore).to_string())
        }
        Json::String(text) => visible(text),
        Json::Array(values) => {
            values.iter().map(|value| shown(key, value)).collect::<Vec<String>>().join(" ")
        }
        other => other.to_string(),
    }
}

/// Returns how many events of each kind there were, a line a kind.
pub fn summary(written: &Written) -> String {
    written.by_kind.iter().map(|(kind, count)| format!("{kind:<21}  {count}\n")).collect()
}

/// Returns the event as JSON gives it.
pub fn json(event: &Event) -> Json {
    let part = |pick: fn(&Payload) -> &Map<String, Json>| {
        event.payload.as_ref().map(pick).filter(|map| !map.is_empty()).cloned()
    };
    json!({
        "seq": event.seq,
        "op": event.operation,
        "kind": event.kind.as_str(),
        "subject": event.subject.noun.as_str(),
        "number": event.payload.as_ref().map(|payload| &payload.about),
        "before": part(|payload| &payload.before),
        "after": part(|payload| &payload.after),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_gone_is_told_by_its_name_and_the_beginning_of_a_long_text() {
        let before = json!({ "fee_ore": 6_000, "text": "Betala ".repeat(20) });
        let Json::Object(before) = before else { unreachable!() };
        let payload = Payload { about: "2".to_owned(), before, after: Map::new() };
        let told = change(&payload);
        assert!(told.starts_with("fee: 60,00 → nothing, text: Betala Betala"), "{told}");
        assert!(told.ends_with("Beta… → nothing") && told.len() < 120, "{told}");
    }
}
