//! A schema as people lay it out: on one line what fits there, and each field of a record on a line of its own.

use crate::avro::{Json, quoted};
use crate::diagnostic::steers;

/// The width of a line that an array or an object may have.
const WIDTH: usize = 120;

/// The text of a schema, with a line end behind it.
pub(super) fn print(schema: &Json) -> String {
    let mut text = String::new();
    broken(schema, 0, &mut text);
    text.push('\n');
    // All that stands here beside line ends and spaces is within quotes.
    let shown = |character: char| match character {
        '\n' => "\n".to_owned(),
        other if steers(other) => format!("\\u{:04x}", u32::from(other)),
        other => other.to_string(),
    };
    text.chars().map(shown).collect()
}

fn one(json: &Json, indent: usize, text: &mut String) {
    let column = text.len() - text.rfind('\n').map_or(0, |newline| newline + 1);
    match flat(json) {
        Some(line) if column + line.chars().count() <= WIDTH => text.push_str(&line),
        _ => broken(json, indent, text),
    }
}

/// An entry a line.
fn broken(json: &Json, indent: usize, text: &mut String) {
    let within = " ".repeat(indent + 2);
    let entry = |place: usize, key: Option<&str>, value: &Json, text: &mut String| {
        text.push_str(if place == 0 { "\n" } else { ",\n" });
        text.push_str(&within);
        if let Some(key) = key {
            text.push_str(&quoted(key));
            text.push_str(": ");
        }
        // Each field is looked for at the beginning of a line.
        if key == Some("fields") && *value != Json::Array(Vec::new()) {
            broken(value, indent + 2, text);
        } else {
            one(value, indent + 2, text);
        }
    };
    let close = match json {
        Json::Object(entries) => {
            text.push('{');
            entries
                .iter()
                .enumerate()
                .for_each(|(place, (key, value))| entry(place, Some(key), value, text));
            '}'
        }
        Json::Array(items) => {
            text.push('[');
            items.iter().enumerate().for_each(|(place, item)| entry(place, None, item, text));
            ']'
        }
        scalar => {
            text.push_str(&scalar.to_string());
            return;
        }
    };
    text.push('\n');
    text.push_str(&" ".repeat(indent));
    text.push(close);
}

/// On one line; `None` of what holds a record with fields.
fn flat(json: &Json) -> Option<String> {
    match json {
        Json::Object(entries) => {
            if entries
                .iter()
                .any(|(key, value)| key == "fields" && *value != Json::Array(Vec::new()))
            {
                return None;
            }
            let entries: Option<Vec<_>> = entries
                .iter()
                .map(|(key, value)| Some(format!("{}: {}", quoted(key), flat(value)?)))
                .collect();
            Some(format!("{{{}}}", entries?.join(", ")))
        }
        Json::Array(items) => {
            let items: Option<Vec<_>> = items.iter().map(flat).collect();
            Some(format!("[{}]", items?.join(", ")))
        }
        scalar => Some(scalar.to_string()),
    }
}
