//! What is wrong, where, why and what to do: collected, so that all of a run is told at once.

use std::fmt;

use crate::collections::sort_by_number;
use crate::source::{Origin, Positions, Sources};

/// Whether generation can go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It cannot.
    Error,
    /// It can, and somebody should look.
    Warning,
}

/// A finding with its place, its reason and its cure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Whether generation can go on.
    pub severity: Severity,
    /// The rule's code, `KE` and four digits.
    pub code: &'static str,
    /// What is wrong: one line, in lower case.
    pub message: String,
    /// Where, the first being the place to mend.
    pub labels: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
}

/// A place with what is to be seen there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub origin: Origin,
    /// What is to be seen there; may be empty.
    pub text: String,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: &'static str, origin: &Origin, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            code,
            message: message.into(),
            labels: vec![Label {
                origin: origin.clone(),
                text: String::new(),
            }],
            help: None,
        }
    }

    /// A warning at a place.
    pub fn warning(code: &'static str, origin: &Origin, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, origin, message)
        }
    }

    /// The same, saying what is to be seen at its place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        if let Some(first) = self.labels.first_mut() {
            first.text = text.into();
        }
        self
    }

    /// The same with a further place.
    #[must_use]
    pub fn also(mut self, origin: &Origin, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            origin: origin.clone(),
            text: text.into(),
        });
        self
    }

    /// The same with a cure.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same as a terminal may show it: schemas and manifests are quoted in it, of any length and with any character.
    fn printable(mut self) -> Self {
        self.message = printable(&self.message);
        self.help = self.help.map(|help| help.lines().map(printable).collect::<Vec<_>>().join("\n"));
        for label in &mut self.labels {
            label.text = printable(&label.text);
        }
        self
    }
}

/// A text, cut, its characters spelled out that would steer a terminal or turn the direction of what follows.
pub(crate) fn printable(text: &str) -> String {
    const LENGTH_MAX: usize = 2000;
    let mut printable = String::with_capacity(text.len().min(LENGTH_MAX));
    for character in text.chars() {
        if printable.len() > LENGTH_MAX {
            printable.push('…');
            break;
        }
        if steers(character) {
            printable.extend(character.escape_unicode());
        } else {
            printable.push(character);
        }
    }
    printable
}

/// Whether a character shows as nothing, and changes how others show: controls, line ends, marks of direction, the byte-order mark.
#[must_use]
pub fn steers(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// How many findings of each severity a run tells: whoever has mended these has fewer of the others.
const TOLD: usize = 100;

/// Takes the findings of a run. Dropping it unread, with findings in it, is a mistake of ours and panics in debug builds.
#[derive(Debug)]
pub(crate) struct Collector {
    found: Vec<Diagnostic>,
    /// How many of each severity are told.
    most: usize,
    /// How many there are of each severity, told or not.
    errors: usize,
    warnings: usize,
    read: bool,
}

impl Default for Collector {
    fn default() -> Self {
        Self::telling(TOLD)
    }
}

impl Collector {
    /// One that tells so many of each severity.
    pub(crate) fn telling(most: usize) -> Self {
        Self {
            found: Vec::new(),
            most,
            errors: 0,
            warnings: 0,
            read: false,
        }
    }

    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.push_with(diagnostic.severity, || diagnostic);
    }

    /// The same of a finding that takes long to put into words: not asked for where it would not be told.
    pub(crate) fn push_with(&mut self, severity: Severity, diagnostic: impl FnOnce() -> Diagnostic) {
        let count = match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        };
        *count += 1;
        if *count <= self.most {
            self.found.push(diagnostic().printable());
        }
    }

    /// How many errors there are by now.
    pub(crate) fn errors(&self) -> usize {
        self.errors
    }

    #[cfg(feature = "compat")]
    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The findings in the order of their files and places, which have their bytes by now.
    pub(crate) fn finish(mut self, sources: &Sources) -> Vec<Diagnostic> {
        self.read = true;
        let mut found = std::mem::take(&mut self.found);
        sources.locate(
            found
                .iter_mut()
                .flat_map(|diagnostic| &mut diagnostic.labels)
                .map(|label| &mut label.origin),
        );
        sort_by_number(&mut found, |diagnostic| {
            let place = diagnostic.labels.first().map_or(0, |label| sources.order(&label.origin) + 1);
            2 * place + u64::from(diagnostic.severity == Severity::Warning)
        });
        found.dedup();
        for (severity, count) in [(Severity::Error, self.errors), (Severity::Warning, self.warnings)] {
            let more = count.saturating_sub(self.most);
            let last = found.iter().rfind(|diagnostic| diagnostic.severity == severity);
            if more > 0
                && let Some(Label { origin, .. }) = last.and_then(|last| last.labels.first())
            {
                let message = format!("there are {more} more findings like these");
                let rest = Diagnostic::error("KE0009", origin, message).label("the last that is told");
                found.push(Diagnostic {
                    severity,
                    ..rest.help("mend those that are told first")
                });
            }
        }
        found
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        if cfg!(debug_assertions) && !self.read && !self.found.is_empty() && !std::thread::panicking() {
            panic!("findings were dropped unread: {:?}", self.found);
        }
    }
}

/// The findings of a run with the files that they speak of.
#[derive(Clone)]
pub struct Report {
    /// The files.
    pub sources: Sources,
    /// The findings, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// One of the findings as plain text.
    #[must_use]
    pub fn text_of(&self, diagnostic: &Diagnostic) -> String {
        struct One<'a>(&'a Sources, &'a Diagnostic);
        impl fmt::Display for One<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                render(f, self.0, self.1, &positions(self.0, std::slice::from_ref(self.1)))
            }
        }
        One(&self.sources, diagnostic).to_string()
    }

    /// Whether an error is among the findings.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

/// As plain text, as rustc would set it.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let positions = positions(&self.sources, &self.diagnostics);
        for (place, diagnostic) in self.diagnostics.iter().enumerate() {
            if place > 0 {
                writeln!(f)?;
            }
            render(f, &self.sources, diagnostic, &positions)?;
        }
        Ok(())
    }
}

/// `main` shows an error by its `Debug`: a build script's must be readable.
impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{self}")
    }
}

impl std::error::Error for Report {}

/// Where all labels of findings begin.
fn positions(sources: &Sources, diagnostics: &[Diagnostic]) -> Positions {
    let labels = diagnostics.iter().flat_map(|diagnostic| &diagnostic.labels);
    Positions::new(sources, labels.map(|label| &label.origin))
}

fn render(f: &mut fmt::Formatter<'_>, sources: &Sources, diagnostic: &Diagnostic, positions: &Positions) -> fmt::Result {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    writeln!(f, "{severity}[{}]: {}", diagnostic.code, diagnostic.message)?;
    let places = diagnostic.labels.iter().map(|label| {
        let range = sources.range(&label.origin);
        (positions.of(label.origin.file, range.start), range)
    });
    let places: Vec<_> = places.collect();
    let width = places.iter().map(|(at, _)| at.line.to_string().len()).max().unwrap_or(1);
    for (place, (label, (at, range))) in diagnostic.labels.iter().zip(places).enumerate() {
        let file = sources.file(label.origin.file);
        let (line, column) = (at.line, at.column);
        let arrow = if place == 0 { "-->" } else { ":::" };
        writeln!(f, "{:width$}{arrow} {}:{line}:{column}", "", file.path)?;
        let line_on = &file.text[at.line_start..];
        if line_on.is_empty() {
            if !label.text.is_empty() {
                writeln!(f, "{:width$} = {}", "", label.text)?;
            }
            continue;
        }
        let before = &file.text[at.line_start..range.start];
        let (shown, marker) = excerpt(line_on, before, column, &file.text[range]);
        writeln!(f, "{:width$} |", "")?;
        writeln!(f, "{line:width$} | {shown}")?;
        let marked = format!("{marker} {}", label.text);
        writeln!(f, "{:width$} | {}", "", marked.trim_end())?;
    }
    if let Some(help) = &diagnostic.help {
        let mut lines = help.lines();
        writeln!(f, "{:width$} = help: {}", "", lines.next().unwrap_or_default())?;
        for line in lines {
            writeln!(f, "{:width$}         {line}", "")?;
        }
    }
    Ok(())
}

/// A line, cut to what a terminal shows, and the marks below the part that is meant: from where the line begins, with what of it stands before.
fn excerpt(line_on: &str, before: &str, column: usize, meant: &str) -> (String, String) {
    const WIDTH: usize = 140;
    let skipped = if column > WIDTH { column - WIDTH / 2 } else { 0 };
    // Counted from the place, which may be far into the line.
    let first = match column - 1 - skipped {
        _ if skipped == 0 => 0,
        kept => before.char_indices().rev().nth(kept - 1).map_or(0, |(byte, _)| byte),
    };
    let shown: String = line_on[first..]
        .trim_start_matches('\u{feff}')
        .chars()
        .take_while(|character| *character != '\n')
        .take(WIDTH)
        .map(|c| if steers(c) { ' ' } else { c })
        .collect();
    // What is meant may be all of a long line, in each of many findings.
    let meant = &meant[..meant.char_indices().nth(WIDTH + 1).map_or(meant.len(), |(byte, _)| byte)];
    let length = meant.lines().next().unwrap_or_default().chars().count().max(1);
    let before: usize = shown.chars().take(column - 1 - skipped).map(width).sum();
    let marks: usize = shown.chars().skip(column - 1 - skipped).take(length).map(width).sum();
    (
        shown.trim_end().to_owned(),
        format!("{}{}", " ".repeat(before), "^".repeat(marks.max(1))),
    )
}

/// How many columns of a terminal a character takes.
fn width(character: char) -> usize {
    // East Asian wide and fullwidth blocks, and pictographs: enough for marks to stand where they should.
    let wide = matches!(character, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1f64f}' | '\u{1f900}'..='\u{1f9ff}' | '\u{20000}'..='\u{3fffd}');
    if wide { 2 } else { 1 }
}
