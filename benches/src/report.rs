//! One table: medians, their spread, and the ratio to the first contender.

use comfy_table::{CellAlignment, Table, presets};
use serde::Serialize;

use crate::rounds::{Contender, Sample};

/// What a bench prints.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    bench: String,
    groups: Vec<Group>,
}

#[derive(Debug, Serialize)]
struct Group {
    name: String,
    rows: Vec<Row>,
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
        }
    }

    /// Adds what was measured together.
    pub fn add(&mut self, name: impl Into<String>, contenders: &[Contender<'_>]) {
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
            rows: rows.collect(),
        });
    }

    /// Prints the report to standard output.
    ///
    /// # Errors
    /// The report cannot be written as JSON.
    pub fn print(&self, output: Output) -> anyhow::Result<()> {
        match output {
            Output::Json => println!("{}", serde_json::to_string_pretty(self)?),
            Output::Text => self.groups.iter().for_each(|group| println!("{}\n", group.table())),
        }
        Ok(())
    }
}

impl Group {
    fn table(&self) -> Table {
        let mut table = Table::new();
        table
            .load_style(presets::ASCII_MARKDOWN)
            .set_header([self.name.as_str(), "median ns", "min–max", "ratio", "CPU ns", "thousand/s"]);
        for row in &self.rows {
            table.add_row([
                row.name.clone(),
                format!("{:.1}", row.median_ns),
                format!("{:.1}–{:.1}", row.min_ns, row.max_ns),
                format!("{:.2}", row.ratio),
                format!("{:.0}", row.cpu_ns),
                format!("{:.0}", row.per_second / 1000.0),
            ]);
        }
        for column in 1..6 {
            if let Some(column) = table.column_mut(column) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        table
    }
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
