//! Findings on the terminal.

use std::borrow::Cow;
use std::io::IsTerminal as _;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use kafka_event_codegen::{Report, Severity};

/// Prints findings to standard error, in colours on a terminal.
pub(crate) fn print(report: &Report) {
    let plain = !std::io::stderr().is_terminal() || std::env::var_os("NO_COLOR").is_some();
    let renderer = if plain { Renderer::plain() } else { Renderer::styled() };
    for diagnostic in &report.diagnostics {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut main = Group::with_title(level.primary_title(&diagnostic.message).id(diagnostic.code));
        for (place, label) in diagnostic.labels.iter().enumerate() {
            let file = report.sources.file(label.origin.file);
            let kind = if place == 0 {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            let annotation = kind.span(report.sources.range(&label.origin)).label(&label.text);
            main = main.element(Snippet::source(harmless(&file.text)).path(&file.path).annotation(annotation));
        }
        if let Some(help) = &diagnostic.help {
            main = main.element(Level::HELP.message(help));
        }
        eprintln!("{}\n", renderer.render(&[main]));
    }
}

/// A text as long in bytes, its characters replaced that the renderer leaves, and that steer some terminals: the controls of ISO 6429 beyond ASCII,
/// of which one begins sequences as escape does, separators of lines and marks of direction.
fn harmless(text: &str) -> Cow<'_, str> {
    let steers = |c: char| matches!(c, '\u{80}'..='\u{9f}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let replaced = |c: char| match (steers(c), c.len_utf8()) {
        (true, 2) => '\u{b7}',
        (true, _) => char::REPLACEMENT_CHARACTER,
        (false, _) => c,
    };
    Cow::Owned(text.chars().map(replaced).collect())
}
