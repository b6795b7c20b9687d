//! The table of counts, and what is said of new ones beside it.

use std::fmt;
use std::str::FromStr;

use anyhow::{Context as _, Error, Result, bail};

/// A loss or a gain of so many in a hundred is none.
const TOLERATED: f64 = 3.0;

/// What is done with an event, and how many instructions that takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Case {
    pub(super) name: String,
    pub(super) count: u64,
}

/// Counts, with the compiler that they are of.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Table {
    /// As rustup calls it.
    pub(super) toolchain: String,
    /// As it calls itself.
    pub(super) compiler: String,
    pub(super) counts: Vec<Case>,
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "# Instructions of one call: written by `cargo xtask instructions --update`.")?;
        writeln!(f, "toolchain = {}", self.toolchain)?;
        writeln!(f, "compiler = {}", self.compiler)?;
        self.counts
            .iter()
            .try_for_each(|case| writeln!(f, "{} = {}", case.name, case.count))
    }
}

impl FromStr for Table {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let mut table = Self {
            toolchain: String::new(),
            compiler: String::new(),
            counts: Vec::new(),
        };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let (name, value) = line.split_once(" = ").with_context(|| format!("a line without ` = `: {line}"))?;
            match name {
                "toolchain" => value.clone_into(&mut table.toolchain),
                "compiler" => value.clone_into(&mut table.compiler),
                _ => table.counts.push(Case {
                    name: name.to_owned(),
                    count: value.parse().with_context(|| format!("no number: {line}"))?,
                }),
            }
        }
        Ok(table)
    }
}

/// New counts beside the table's.
pub(super) struct Comparison(Vec<Row>);

struct Row {
    name: String,
    before: Option<u64>,
    now: Option<u64>,
}

impl Row {
    /// How many in a hundred it takes more; `None` of what is not in both.
    fn more(&self) -> Option<f64> {
        let (before, now) = (self.before? as f64, self.now? as f64);
        Some(100.0 * (now - before) / before)
    }
}

pub(super) fn compare(recorded: &[Case], counted: &[Case]) -> Comparison {
    let of = |cases: &[Case], name: &str| cases.iter().find(|case| case.name == name).map(|case| case.count);
    let gone = recorded.iter().filter(|case| of(counted, &case.name).is_none());
    let rows = counted.iter().chain(gone).map(|case| Row {
        name: case.name.clone(),
        before: of(recorded, &case.name),
        now: of(counted, &case.name),
    });
    Comparison(rows.collect())
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:24} {:>8} {:>8}", "instructions", "table", "now")?;
        let shown = |count: Option<u64>| count.map_or("-".to_owned(), |count| count.to_string());
        for row in &self.0 {
            write!(f, "\n{:24} {:>8} {:>8}", row.name, shown(row.before), shown(row.now))?;
            if let Some(more) = row.more() {
                write!(f, " {more:+6.1} %")?;
            }
        }
        Ok(())
    }
}

impl Comparison {
    /// Whether the counts are those of the table, or near them.
    ///
    /// A gain is written down with the change that brings it: a loss behind it would be taken for none.
    pub(super) fn verdict(&self) -> Result<()> {
        let named = |wanted: &dyn Fn(&Row) -> bool| {
            let rows = self.0.iter().filter(|row| wanted(row));
            rows.map(|row| row.name.as_str()).collect::<Vec<_>>().join(", ")
        };
        let slower = named(&|row| row.more().is_some_and(|more| more > TOLERATED));
        let faster = named(&|row| row.more().is_some_and(|more| more < -TOLERATED));
        let other = named(&|row| row.more().is_none());
        if !slower.is_empty() {
            bail!("over {TOLERATED} % more instructions than the table's: {slower}");
        }
        if !faster.is_empty() || !other.is_empty() {
            let what = [faster, other]
                .into_iter()
                .filter(|names| !names.is_empty())
                .collect::<Vec<_>>()
                .join(", ");
            bail!("the table is not of this code any more: {what}; write it anew by `cargo xtask instructions --update`");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cases(counts: &[(&str, u64)]) -> Vec<Case> {
        let case = |(name, count): &(&str, u64)| Case {
            name: (*name).to_owned(),
            count: *count,
        };
        counts.iter().map(case).collect()
    }

    /// What is said of counts beside a table of two.
    fn verdict(counted: &[(&str, u64)]) -> String {
        let recorded = cases(&[("a encode", 1000), ("a decode", 2000)]);
        let verdict = compare(&recorded, &cases(counted)).verdict();
        verdict.map_or_else(|error| error.to_string(), |()| String::new())
    }

    #[test]
    fn three_in_a_hundred_are_none() {
        assert_eq!(verdict(&[("a encode", 1030), ("a decode", 1940)]), "");
    }

    #[test]
    fn a_loss_is_refused_with_its_name() {
        let refused = verdict(&[("a encode", 1031), ("a decode", 1000)]);
        assert!(refused.starts_with("over 3 % more") && refused.ends_with(": a encode"), "{refused}");
    }

    #[test]
    fn what_is_faster_new_or_gone_is_to_be_written_down() {
        for (counted, named) in [
            (&[("a encode", 1000), ("a decode", 1939)][..], ": a decode;"),
            (&[("a encode", 1000), ("a decode", 2000), ("b encode", 1)], ": b encode;"),
            (&[("a encode", 1000)], ": a decode;"),
        ] {
            let asked = verdict(counted);
            assert!(asked.contains(named) && asked.contains("--update"), "{asked}");
        }
    }

    #[test]
    fn the_table_is_read_as_it_is_written() {
        let text = include_str!("../../../benches/instructions/counts.txt");
        let table: Table = text.parse().unwrap();
        assert_eq!(table.to_string(), text);
        assert!(table.counts.iter().all(|case| case.count > 100), "{table}");
        assert!(table.compiler.contains(&table.toolchain), "{table}");
        assert!("plain encode 7".parse::<Table>().is_err() && "plain encode = seven".parse::<Table>().is_err());
    }
}
