//! Findings on the terminal.

use std::borrow::Cow;
use std::io::IsTerminal as _;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use kafka_event_codegen::{Label, Report, Severity, steers};

/// Prints findings to standard error, in colours on a terminal.
pub(crate) fn print(report: &Report) {
    let plain = !std::io::stderr().is_terminal() || std::env::var_os("NO_COLOR").is_some();
    let renderer = if plain { Renderer::plain() } else { Renderer::styled() };
    for diagnostic in &report.diagnostics {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let lines_of = |label: &Label| {
            let (text, range) = (&report.sources.file(label.origin.file).text, report.sources.range(&label.origin));
            (lines(text, &range), range)
        };
        if diagnostic.labels.iter().any(|label| lines_of(label).0.len() > LONGEST) {
            eprintln!("{}", report.text_of(diagnostic));
            continue;
        }
        let mut main = Group::with_title(level.primary_title(&diagnostic.message).id(diagnostic.code));
        for (place, label) in diagnostic.labels.iter().enumerate() {
            let file = report.sources.file(label.origin.file);
            let kind = if place == 0 {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            let (lines, range) = lines_of(label);
            let (first, _) = report.sources.position(label.origin.file, lines.start);
            let annotation = kind.span(range.start - lines.start..range.end - lines.start).label(&label.text);
            let snippet = Snippet::source(harmless(&file.text[lines])).line_start(first).path(&file.path);
            main = main.element(snippet.annotation(annotation));
        }
        if let Some(help) = &diagnostic.help {
            main = main.element(Level::HELP.message(help));
        }
        eprintln!("{}\n", renderer.render(&[main]));
    }
}

/// The renderer looks at all of a text, time and again: longer lines are cut, and shown without it.
const LONGEST: usize = 4_000;

/// The whole lines that a range of a text is in.
fn lines(text: &str, range: &Range<usize>) -> Range<usize> {
    let start = text[..range.start].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[range.end..].find('\n').map_or(text.len(), |newline| range.end + newline);
    start..end
}

/// A text as long in bytes, its characters replaced that steer some terminals and that the renderer leaves: it masks those of ASCII alone.
fn harmless(text: &str) -> Cow<'_, str> {
    // A mark of the byte order begins many a file.
    let steers = |c: char| !c.is_ascii() && c != '\u{feff}' && steers(c);
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
