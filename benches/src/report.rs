//! Tables: medians, their spread, and the ratio to the first contender; and of what is counted, the amounts.

use comfy_table::{CellAlignment, Table, presets};
use serde::Serialize;

use crate::rounds::{Allocated, Contender, Sample, median};

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
    /// Who is not among them, and why.
    absent: Vec<Absent>,
}

#[derive(Debug, Serialize)]
struct Absent {
    name: String,
    reason: String,
}

/// How times are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// In nanoseconds, with how many a second.
    Nanos,
    /// In nanoseconds, with what is allocated.
    Allocating,
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
    cpu_ns: Option<f64>,
    per_second: f64,
    #[serde(flatten)]
    allocated: Option<Allocated>,
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
        let first = contenders.first().map_or(f64::NAN, Contender::median_ns);
        let rows = contenders.iter().map(|contender| {
            let samples = &contender.samples;
            let of = |fold: fn(f64, f64) -> f64| samples.iter().map(Sample::wall_ns).reduce(fold).unwrap_or(f64::NAN);
            let middle = contender.median_ns();
            let cpu_ns = median(samples, |sample| {
                sample.cpu.map_or(f64::NAN, |cpu| cpu.as_nanos() as f64 / sample.units as f64)
            });
            Row {
                name: contender.name.clone(),
                rounds: samples.len(),
                median_ns: middle,
                min_ns: of(f64::min),
                max_ns: of(f64::max),
                ratio: middle / first,
                cpu_ns: Some(cpu_ns).filter(|cpu| !cpu.is_nan()),
                per_second: 1e9 / middle,
                allocated: contender.allocated,
            }
        });
        self.groups.push(Group {
            name: name.into(),
            scale,
            rows: rows.collect(),
            absent: Vec::new(),
        });
    }

    /// Says who is not among what was added last, and why.
    pub fn absent(&mut self, name: impl Into<String>, reason: impl Into<String>) {
        if let Some(group) = self.groups.last_mut() {
            group.absent.push(Absent {
                name: name.into(),
                reason: reason.into(),
            });
        }
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
                for group in &self.groups {
                    println!("{}\n", group.table());
                    group
                        .absent
                        .iter()
                        .for_each(|Absent { name, reason }| println!("* {name}: {reason}"));
                    if !group.absent.is_empty() {
                        println!();
                    }
                }
                self.amounts.iter().for_each(|amounts| println!("{}\n", amounts.table()));
            }
        }
        Ok(())
    }
}

impl Group {
    fn table(&self) -> Table {
        let (unit, divisor) = match self.scale {
            Scale::Nanos | Scale::Allocating => ("ns", 1.0),
            Scale::Millis => ("ms", 1e6),
        };
        let more: &[&str] = match self.scale {
            Scale::Nanos => &["CPU ns", "thousand/s"],
            Scale::Allocating => &["allocations", "bytes"],
            Scale::Millis => &["CPU ms"],
        };
        let mut header = vec![
            self.name.clone(),
            format!("median {unit}"),
            "min–max".to_owned(),
            "ratio".to_owned(),
        ];
        header.extend(more.iter().map(|&column| column.to_owned()));
        let rows = self.rows.iter().map(|row| {
            let scaled = |nanos: f64| format!("{:.1}", nanos / divisor);
            let mut cells = vec![
                row.name.clone(),
                scaled(row.median_ns),
                format!("{}–{}", scaled(row.min_ns), scaled(row.max_ns)),
                format!("{:.2}", row.ratio),
            ];
            let known = |figure: Option<String>| figure.unwrap_or_else(|| "–".to_owned());
            match self.scale {
                Scale::Nanos => cells.extend([
                    known(row.cpu_ns.map(|cpu| format!("{cpu:.0}"))),
                    format!("{:.0}", row.per_second / 1000.0),
                ]),
                Scale::Allocating => cells.extend([
                    known(row.allocated.and_then(|allocated| allocated.count).map(|count| count.to_string())),
                    known(row.allocated.map(|allocated| allocated.bytes.to_string())),
                ]),
                Scale::Millis => cells.push(known(row.cpu_ns.map(scaled))),
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
