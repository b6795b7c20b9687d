//! What happened, as a table.

use std::time::Duration;

use comfy_table::{CellAlignment, Table, presets};

use crate::events::CATALOG;
use crate::tally::{Reading, Tally};

/// A line for each topic and group that reads it, and the verdict.
pub(crate) fn of(tally: &Tally, place: &str) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_BORDERS_ONLY).set_header([
        "topic",
        "key",
        "partitions",
        "codec",
        "sent",
        "group",
        "received",
        "twice",
        "out of order",
        "events/s",
        "P50 ms",
        "P95 ms",
        "P99 ms",
    ]);
    for topic in CATALOG.topics {
        let readings = tally.readings().iter().filter(|reading| reading.topic.name == topic.name);
        for (at, reading) in readings.enumerate() {
            let of_topic = |text: String| if at == 0 { text } else { String::new() };
            let mut row = vec![
                of_topic(topic.name.to_owned()),
                of_topic(topic.key.name().unwrap_or("none").to_owned()),
                of_topic(topic.partitions.to_string()),
                of_topic(topic.compression.as_str().to_owned()),
                of_topic(tally.written(topic.name).to_string()),
            ];
            row.extend(received(reading));
            table.add_row(row);
        }
    }
    for column in [2, 4, 6, 7, 8, 9, 10, 11, 12] {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    format!("{table}\n{}", verdict(tally, place))
}

fn received(reading: &Reading) -> Vec<String> {
    let seen = reading.seen();
    let time = seen.first.zip(seen.last).map(|(first, last)| last.saturating_duration_since(first));
    let rate = time
        .filter(|time| !time.is_zero())
        .map(|time: Duration| seen.distinct as f64 / time.as_secs_f64());
    let quantile = |quantile: f64| {
        if seen.distinct == 0 {
            "–".to_owned()
        } else {
            format!("{:.1}", seen.latency.value_at_quantile(quantile) as f64 / 1000.0)
        }
    };
    vec![
        reading.group.to_owned(),
        seen.distinct.to_string(),
        seen.duplicates.to_string(),
        if reading.topic.key.is_some() {
            seen.out_of_order.to_string()
        } else {
            "–".to_owned()
        },
        rate.map_or_else(|| "–".to_owned(), |rate| format!("{rate:.0}")),
        quantile(0.5),
        quantile(0.95),
        quantile(0.99),
    ]
}

fn verdict(tally: &Tally, place: &str) -> String {
    let (failed, why) = tally.failed();
    let written: u64 = CATALOG.names().map(|name| tally.written(name)).sum();
    let lost = tally.lost();
    let mut verdict = format!("{written} of {} events written on {place}, {lost} lost", tally.events());
    if failed > 0 {
        verdict += &format!(", {failed} not acknowledged (the first: {})", why.unwrap_or_default());
    }
    if tally.is_interrupted() {
        verdict += ", interrupted";
    }
    verdict + ". Latency is from the hand-over to the handler."
}
