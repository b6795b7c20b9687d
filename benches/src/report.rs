//! Tables: medians, their spread, and the ratio to the first contender; and of what is counted, the amounts.

use comfy_table::{CellAlignment, Table, presets};
use serde::Serialize;

use crate::rounds::{Contender, Sample};

/// What a bench prints.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    bench: String,
    groups: Vec<Group>,
    amounts: Vec<Amounts>,
}

#[derive(Debug, Serialize)]
struct Group {
    name: String,
    #[serde(skip)]
    scale: Scale,
    rows: Vec<Row>,
}

/// How times are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// In nanoseconds, with how many a second.
    Nanos,
    /// In milliseconds.
    Millis,
}

/// What is counted and not timed.
#[derive(Debug, Serialize)]
struct Amounts {
    name: String,
    unit: String,
    rows: Vec<Amount>,
}

#[derive(Debug, Serialize)]
struct Amount {
    name: String,
    amount: f64,
    /// To the first.
    ratio: f64,
}

#[derive(Debug, Serialize)]
struct Row {
    name: String,
    rounds: usize,
    /// Nanoseconds a unit.
    median_ns: f64,
    min_ns: f64,
    max_ns: f64,
    /// The median against that of the group's first.
    ratio: f64,
    /// The process's, a unit.
    cpu_ns: f64,
    per_second: f64,
}

/// How a report is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Output {
    /// Tables.
    Text,
    /// One JSON document.
    Json,
}

impl Report {
    /// An empty report.
    #[must_use]
    pub fn new(bench: &str) -> Self {
        Self {
            bench: bench.to_owned(),
            groups: Vec::new(),
            amounts: Vec::new(),
        }
    }

    /// Adds what was measured together.
    pub fn add(&mut self, name: impl Into<String>, scale: Scale, contenders: &[Contender<'_>]) {
        let first = contenders.first().map_or(f64::NAN, |first| median(&first.samples, wall));
        let rows = contenders.iter().map(|contender| {
            let samples = &contender.samples;
            let of = |fold: fn(f64, f64) -> f64| samples.iter().map(wall).reduce(fold).unwrap_or(f64::NAN);
            let middle = median(samples, wall);
            Row {
                name: contender.name.clone(),
                rounds: samples.len(),
                median_ns: middle,
                min_ns: of(f64::min),
                max_ns: of(f64::max),
                ratio: middle / first,
                cpu_ns: median(samples, |sample| sample.cpu.as_nanos() as f64 / sample.units as f64),
                per_second: 1e9 / middle,
            }
        });
        self.groups.push(Group {
            name: name.into(),
            scale,
            rows: rows.collect(),
        });
    }

    /// Adds what was counted of each.
    pub fn add_amounts<N: Into<String>>(&mut self, name: &str, unit: &str, rows: impl IntoIterator<Item = (N, f64)>) {
        let mut first = None;
        let rows = rows.into_iter().map(|(name, amount)| Amount {
            name: name.into(),
            amount,
            ratio: amount / *first.get_or_insert(amount),
        });
        self.amounts.push(Amounts {
            rows: rows.collect(),
            name: name.to_owned(),
            unit: unit.to_owned(),
        });
    }

    /// Prints the report to standard output.
    ///
    /// # Errors
    /// The report cannot be written as JSON.
    pub fn print(&self, output: Output) -> anyhow::Result<()> {
        match output {
            Output::Json => println!("{}", serde_json::to_string_pretty(self)?),
            Output::Text => {
                let tables = self.groups.iter().map(Group::table).chain(self.amounts.iter().map(Amounts::table));
                tables.for_each(|table| println!("{table}\n"));
            }
        }
        Ok(())
    }
}

impl Group {
    fn table(&self) -> Table {
        let (unit, divisor) = match self.scale {
            Scale::Nanos => ("ns", 1.0),
            Scale::Millis => ("ms", 1e6),
        };
        let mut header = vec![
            self.name.clone(),
            format!("median {unit}"),
            "min–max".to_owned(),
            "ratio".to_owned(),
            format!("CPU {unit}"),
        ];
        header.extend((self.scale == Scale::Nanos).then(|| "thousand/s".to_owned()));
        let rows = self.rows.iter().map(|row| {
            let scaled = |nanos: f64| format!("{:.1}", nanos / divisor);
            let mut cells = vec![
                row.name.clone(),
                scaled(row.median_ns),
                format!("{}–{}", scaled(row.min_ns), scaled(row.max_ns)),
                format!("{:.2}", row.ratio),
            ];
            match self.scale {
                Scale::Nanos => cells.extend([format!("{:.0}", row.cpu_ns), format!("{:.0}", row.per_second / 1000.0)]),
                Scale::Millis => cells.push(scaled(row.cpu_ns)),
            }
            cells
        });
        table(header, rows)
    }
}

impl Amounts {
    fn table(&self) -> Table {
        let header = vec![self.name.clone(), self.unit.clone(), "ratio".to_owned()];
        let rows = self.rows.iter().map(|row| {
            let amount = if row.amount.fract() == 0.0 {
                row.amount.to_string()
            } else {
                format!("{:.2}", row.amount)
            };
            vec![row.name.clone(), amount, format!("{:.2}", row.ratio)]
        });
        table(header, rows)
    }
}

/// Names to the left, figures to the right.
fn table(header: Vec<String>, rows: impl Iterator<Item = Vec<String>>) -> Table {
    let columns = header.len();
    let mut table = Table::new();
    table.load_style(presets::ASCII_MARKDOWN).set_header(header).add_rows(rows);
    for column in 1..columns {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

fn wall(sample: &Sample) -> f64 {
    sample.wall.as_nanos() as f64 / sample.units as f64
}

fn median(samples: &[Sample], of: impl Fn(&Sample) -> f64) -> f64 {
    let mut values: Vec<_> = samples.iter().map(of).collect();
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => f64::NAN,
        count if count % 2 == 1 => values[count / 2],
        count => f64::midpoint(values[count / 2 - 1], values[count / 2]),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_median_of_an_even_count_is_between_the_two() {
        let sample = |nanos| Sample {
            wall: Duration::from_nanos(nanos),
            cpu: Duration::ZERO,
            units: 1,
        };
        assert!((median(&[sample(4), sample(1), sample(3), sample(100)], wall) - 3.5).abs() < f64::EPSILON);
        assert!((median(&[sample(4), sample(1), sample(3)], wall) - 3.0).abs() < f64::EPSILON);
    }
}
