//! What is wrong, where, why and what to do: collected, so that all of a run is told at once.

use std::fmt;

use crate::source::{Origin, Sources};

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
}

/// Takes the findings of a run. Dropping it unread, with findings in it, is a mistake of ours and panics in debug builds.
#[derive(Debug, Default)]
pub(crate) struct Collector {
    found: Vec<Diagnostic>,
    read: bool,
}

impl Collector {
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// How many errors there are by now.
    pub(crate) fn errors(&self) -> usize {
        self.found
            .iter()
            .filter(|diagnostic| diagnostic.severity == Severity::Error)
            .count()
    }

    /// The findings in the order of their files and places.
    pub(crate) fn finish(mut self, sources: &Sources) -> Vec<Diagnostic> {
        self.read = true;
        let mut found = std::mem::take(&mut self.found);
        found.sort_by_cached_key(|diagnostic| {
            let place = diagnostic
                .labels
                .first()
                .map(|label| (label.origin.file, sources.range(&label.origin).start));
            (place, diagnostic.severity)
        });
        found.dedup();
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
    /// Whether an error is among the findings.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

/// As plain text, as rustc would set it.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, diagnostic) in self.diagnostics.iter().enumerate() {
            if place > 0 {
                writeln!(f)?;
            }
            render(f, &self.sources, diagnostic)?;
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

fn render(f: &mut fmt::Formatter<'_>, sources: &Sources, diagnostic: &Diagnostic) -> fmt::Result {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    writeln!(f, "{severity}[{}]: {}", diagnostic.code, diagnostic.message)?;
    let width = diagnostic
        .labels
        .iter()
        .map(|label| {
            sources
                .position(label.origin.file, sources.range(&label.origin).start)
                .0
                .to_string()
                .len()
        })
        .max()
        .unwrap_or(1);
    for (place, label) in diagnostic.labels.iter().enumerate() {
        let file = sources.file(label.origin.file);
        let range = sources.range(&label.origin);
        let (line, column) = sources.position(label.origin.file, range.start);
        let arrow = if place == 0 { "-->" } else { ":::" };
        writeln!(f, "{:width$}{arrow} {}:{line}:{column}", "", file.path)?;
        let Some(text) = file.text.lines().nth(line - 1).filter(|_| !file.text.is_empty()) else {
            if !label.text.is_empty() {
                writeln!(f, "{:width$} = {}", "", label.text)?;
            }
            continue;
        };
        let (shown, marker) = excerpt(text.trim_start_matches('\u{feff}'), column, &file.text[range]);
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

/// A line, cut to what a terminal shows, and the marks below the part that is meant.
fn excerpt(line: &str, column: usize, meant: &str) -> (String, String) {
    const WIDTH: usize = 140;
    let skipped = if column > WIDTH { column - WIDTH / 2 } else { 0 };
    let shown: String = line
        .chars()
        .skip(skipped)
        .take(WIDTH)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
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

/// The known word that is nearest to one that is not known, where one is near.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = (word.chars().count() / 3).clamp(1, 4);
    known
        .into_iter()
        .map(|candidate| (distance(&word.to_lowercase(), &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Levenshtein's.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().take(256).collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, l) in left.chars().take(256).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, r) in right.iter().enumerate() {
            let replaced = diagonal + usize::from(l != *r);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}
