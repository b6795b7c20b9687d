//! Findings on the terminal.

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
            main = main.element(Snippet::source(&file.text).path(&file.path).annotation(annotation));
        }
        if let Some(help) = &diagnostic.help {
            main = main.element(Level::HELP.message(help));
        }
        eprintln!("{}\n", renderer.render(&[main]));
    }
}
