//! The times of encoding and decoding as one picture: a row for each shape, a mark for each way, on a logarithmic scale.

use std::fs;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow};
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// The median of each way, in nanoseconds.
pub(crate) type Medians = Vec<(String, f64)>;

/// What is drawn of one shape.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    pub(crate) encode: Medians,
    pub(crate) decode: Medians,
}

/// How the ways are drawn, in the order in which they lie in a row; what borrows or reuses is a ring, all else a disc.
const MARKS: [(&str, RGBColor, bool); 12] = [
    ("memcpy of the bytes", RGBColor(150, 150, 150), false),
    ("kafka-event, borrowed", OURS, true),
    ("kafka-event", OURS, false),
    ("kafka-event, owned", OURS, false),
    ("serde_avro_fast, borrowed", RGBColor(31, 119, 180), true),
    ("serde_avro_fast", RGBColor(31, 119, 180), false),
    ("serde_avro_fast, owned", RGBColor(31, 119, 180), false),
    ("apache-avro, serde", RGBColor(44, 160, 44), false),
    ("apache-avro, rsgen-avro's types", RGBColor(188, 189, 34), false),
    ("apache-avro, Value", RGBColor(148, 103, 189), false),
    ("Java, SpecificRecord, reused", RGBColor(230, 145, 30), true),
    ("Java, SpecificRecord", RGBColor(230, 145, 30), false),
];
const OURS: RGBColor = RGBColor(200, 30, 40);

const WIDTH: u32 = 1000;
const LEFT: u32 = 190;
const LEGEND: u32 = 70;
const ROW: u32 = 62;
const FONT: &str = "sans-serif";

/// Draws into a file.
pub(crate) fn draw(file: &Path, shapes: &[Shape]) -> Result<()> {
    let panel = ROW * shapes.len() as u32 + 80;
    let mut text = String::new();
    {
        let root = SVGBackend::with_string(&mut text, (WIDTH, LEGEND + 2 * panel)).into_drawing_area();
        let drawn = draw_all(&root, shapes, panel).and_then(|()| Ok(root.present()?));
        drawn.map_err(|error| anyhow!("the plot cannot be drawn: {error}"))?;
    }
    fs::write(file, text).with_context(|| file.display().to_string())
}

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Drawn = Result<(), Box<dyn std::error::Error + Send + Sync>>;

fn draw_all(root: &Area<'_>, shapes: &[Shape], panel: u32) -> Drawn {
    root.fill(&WHITE)?;
    let (top, panels) = root.split_vertically(LEGEND);
    let (upper, lower) = panels.split_vertically(panel);
    legend(&top)?;
    draw_panel(&upper, "encode, ns", shapes, |shape| &shape.encode)?;
    draw_panel(&lower, "decode, ns", shapes, |shape| &shape.decode)
}

/// The ways that differ in colour, and what a ring is.
fn legend(area: &Area<'_>) -> Drawn {
    let style = (FONT, 14).into_font().color(&BLACK).pos(Pos::new(HPos::Left, VPos::Center));
    let mut place = (16, 20);
    let names = MARKS.iter().filter(|(name, _, ring)| !name.ends_with(", owned") && !ring);
    for (name, color, ring) in names
        .copied()
        .chain([("a ring: borrowed from the bytes, or a record reused", BLACK, true)])
    {
        let width = 34 + 7 * name.len() as i32;
        if place.0 + width > WIDTH as i32 {
            place = (16, place.1 + 26);
        }
        area.draw(&mark(place, color, ring))?;
        area.draw(&Text::new(name, (place.0 + 12, place.1), &style))?;
        place.0 += width;
    }
    Ok(())
}

fn draw_panel(area: &Area<'_>, title: &str, shapes: &[Shape], of: fn(&Shape) -> &Medians) -> Drawn {
    let rows = shapes.len() as f64;
    let mut chart = ChartBuilder::on(area)
        .margin(12)
        .margin_right(40)
        .x_label_area_size(44)
        .y_label_area_size(LEFT)
        .build_cartesian_2d(range(shapes, of).log_scale(), rows..0.0)?;
    chart
        .configure_mesh()
        .disable_y_mesh()
        .disable_y_axis()
        .y_labels(0)
        .light_line_style(WHITE)
        .bold_line_style(RGBColor(225, 225, 225))
        .x_desc(title)
        .x_label_formatter(&|nanos| format!("{nanos}"))
        .label_style((FONT, 13))
        .axis_desc_style((FONT, 14))
        .draw()?;
    let style = (FONT, 14).into_font().color(&BLACK).pos(Pos::new(HPos::Right, VPos::Center));
    for (row, shape) in shapes.iter().enumerate() {
        let top = row as f64;
        let left = chart.plotting_area().get_x_range().start;
        // Along the row, in the space of the labels.
        let (x, y) = chart.backend_coord(&(left, top + 0.5));
        let (area_x, area_y) = area.get_base_pixel();
        area.draw(&Text::new(shape.name, (x - area_x - 10, y - area_y), &style))?;
        let marks = MARKS.iter().enumerate().filter_map(|(place, (name, color, ring))| {
            let (_, nanos) = of(shape).iter().find(|(way, _)| way == name)?;
            let height = top + (place as f64 + 1.0) / (MARKS.len() as f64 + 1.0);
            Some(mark((*nanos, height), *color, *ring))
        });
        chart.draw_series(marks)?;
        let right = chart.plotting_area().get_x_range().end;
        let line = PathElement::new([(left, top + 1.0), (right, top + 1.0)], RGBColor(225, 225, 225));
        chart.draw_series([line])?;
    }
    Ok(())
}

fn mark<C>(place: C, color: RGBColor, ring: bool) -> Circle<C, i32> {
    let style = if ring { color.stroke_width(2) } else { color.filled() };
    Circle::new(place, 4, style)
}

/// Whole powers of ten around all times.
fn range(shapes: &[Shape], of: fn(&Shape) -> &Medians) -> Range<f64> {
    let times = shapes.iter().flat_map(|shape| of(shape).iter().map(|(_, nanos)| *nanos));
    let (least, most) = times.fold((f64::INFINITY, 0.0_f64), |(least, most), nanos| (least.min(nanos), most.max(nanos)));
    10_f64.powf(least.log10().floor())..10_f64.powf(most.log10().ceil())
}
