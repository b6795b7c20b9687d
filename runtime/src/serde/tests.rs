use kafka_event_codegen::model::Logical;

use super::scalar::narrow;
use super::time::{duration, parse, parse_duration, text};

/// Each day of ten thousand years, by a calendar that counts them one by one.
#[test]
fn every_day_of_the_years_of_four_digits() {
    let mut day = parse(Logical::Date, "0000-01-01").unwrap();
    assert_eq!((day, text(Logical::Date, day - 1)), (-719_528, None));
    for year in 0..10_000 {
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        for (month, length) in [31, if is_leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            .into_iter()
            .enumerate()
        {
            for of_month in 1..=length {
                let date = format!("{year:04}-{:02}-{of_month:02}", month + 1);
                assert_eq!(text(Logical::Date, day).as_deref(), Some(&*date));
                assert_eq!(parse(Logical::Date, &date), Some(day));
                day += 1;
            }
            assert_eq!(parse(Logical::Date, &format!("{year:04}-{:02}-{:02}", month + 1, length + 1)), None);
        }
    }
    assert_eq!(text(Logical::Date, day), None);
}

#[test]
fn times_of_each_unit() {
    use Logical::{
        LocalTimestampMicros, LocalTimestampMillis, LocalTimestampNanos, TimeMicros, TimeMillis, TimestampMicros, TimestampMillis,
        TimestampNanos,
    };
    for (meaning, number, wanted) in [
        (TimeMillis, 0, "00:00:00.000"),
        (TimeMillis, 86_399_999, "23:59:59.999"),
        (TimeMicros, 3_600_000_001, "01:00:00.000001"),
        (TimestampMillis, 0, "1970-01-01T00:00:00.000Z"),
        (TimestampMillis, -1, "1969-12-31T23:59:59.999Z"),
        (TimestampMillis, 1_709_210_096_789, "2024-02-29T12:34:56.789Z"),
        (TimestampMicros, 1_709_210_096_789_012, "2024-02-29T12:34:56.789012Z"),
        (TimestampNanos, i64::MAX, "2262-04-11T23:47:16.854775807Z"),
        (TimestampNanos, i64::MIN, "1677-09-21T00:12:43.145224192Z"),
        (LocalTimestampMillis, 1, "1970-01-01T00:00:00.001"),
        (LocalTimestampMicros, 1, "1970-01-01T00:00:00.000001"),
        (LocalTimestampNanos, 1, "1970-01-01T00:00:00.000000001"),
    ] {
        assert_eq!(text(meaning, number).as_deref(), Some(wanted));
        assert_eq!(parse(meaning, wanted), Some(number), "{wanted}");
    }
    for (meaning, number) in [
        (TimeMillis, -1),
        (TimeMillis, 86_400_000),
        (TimestampMillis, i64::MAX),
        (TimestampMillis, i64::MIN),
        (TimestampMicros, i64::MAX),
    ] {
        assert_eq!(text(meaning, number), None, "{number}");
    }
}

#[test]
fn what_else_is_read_and_what_is_not() {
    let millis = |text| parse(Logical::TimestampMillis, text);
    let wanted = Some(1_709_210_096_700);
    for text in [
        "2024-02-29T12:34:56.7Z",
        "2024-02-29t12:34:56.700000000z",
        "2024-02-29 13:34:56.7+01:00",
        "2024-02-28T13:34:56.7-23:00",
    ] {
        assert_eq!(millis(text), wanted, "{text}");
    }
    assert_eq!(millis("2024-02-29T12:34:56Z"), Some(1_709_210_096_000));
    assert_eq!(millis("2016-12-31T23:59:60Z"), millis("2017-01-01T00:00:00Z"));
    assert_eq!(millis("2017-01-01T05:29:60+05:30"), millis("2017-01-01T00:00:00Z"));
    for text in [
        "",
        "2024-02-29",
        "2024-02-29T12:34:56.7",
        "2024-02-29T12:34:56.7001Z",
        "2024-02-29T12:34:56.Z",
        "2024-02-29T12:34Z",
        "2024-02-29T24:00:00Z",
        "2024-02-29T12:60:00Z",
        "2024-02-29T12:34:61Z",
        "2024-02-29T12:34:60Z",
        "2024-02-29T23:59:60+05:30",
        "2024-02-29T23:59:61Z",
        "2024-02-30T12:34:56Z",
        "2024-2-29T12:34:56Z",
        "+024-02-29T12:34:56Z",
        "2024-02-29T1２:34:56Z",
        "2024-02-2语T12:34:56Z",
        "2024-02-29T12:34:56+1:00",
        "2024-02-29T12:34:56.7 Z",
    ] {
        assert_eq!(millis(text), None, "{text}");
    }
    assert_eq!(parse(Logical::LocalTimestampMillis, "2024-02-29T12:34:56Z"), None);
    assert_eq!(parse(Logical::LocalTimestampMillis, "2016-12-31T23:59:60"), None);
    assert_eq!(parse(Logical::TimeMillis, "23:59:60"), None);
    assert_eq!(parse(Logical::TimestampNanos, "9999-01-01T00:00:00Z"), None);
    assert_eq!(parse(Logical::Date, "2024-02-29T"), None);
}

/// Each is read from its text as a double first.
#[test]
fn floats_of_their_shortest_text() {
    for bits in (0..u32::MAX)
        .step_by(10_007)
        .chain([0x15ae_43fd, 0x15ae_43fe, 1, 0x7f7f_ffff, 0xff7f_ffff])
    {
        let float = f32::from_bits(bits);
        if float.is_finite() {
            let double = format!("{float:e}").parse().unwrap();
            assert_eq!(narrow(double).map(f32::to_bits), Some(bits), "{float:e}");
        }
    }
    assert_eq!(
        (narrow(1e39), narrow(-1e39), narrow(f64::from(f32::MAX) * 1.000_000_1)),
        (None, None, None)
    );
    assert_eq!(narrow(f64::INFINITY), Some(f32::INFINITY));
    // Midway, and no float's shortest text: to the even one.
    assert_eq!(
        (narrow(16_777_217.0), narrow(-16_777_219.0)),
        (Some(16_777_216.0), Some(-16_777_220.0))
    );
}

#[test]
fn durations() {
    let bytes = |months: u32, days: u32, millis: u32| [months.to_le_bytes(), days.to_le_bytes(), millis.to_le_bytes()].concat();
    for (months, days, millis, wanted) in [
        (0, 0, 0, "P0M0DT0.000S"),
        (1, 2, 3_004, "P1M2DT3.004S"),
        (u32::MAX, u32::MAX, u32::MAX, "P4294967295M4294967295DT4294967.295S"),
    ] {
        assert_eq!(duration(&bytes(months, days, millis)).as_deref(), Some(wanted));
        assert_eq!(parse_duration(wanted).map(Vec::from), Some(bytes(months, days, millis)));
    }
    for (text, months, days, millis) in [("P2M", 2, 0, 0), ("P3D", 0, 3, 0), ("PT1S", 0, 0, 1_000), ("P1DT0.5S", 0, 1, 500)] {
        assert_eq!(parse_duration(text).map(Vec::from), Some(bytes(months, days, millis)), "{text}");
    }
    for text in [
        "",
        "P",
        "PT",
        "P1Y",
        "P1D2M",
        "PT1.0005S",
        "PT1",
        "PT.5S",
        "PT1.S",
        "PT1H",
        "P-1D",
        "P4294967296M",
        "PT4294967.296S",
        "1D",
        "PMD",
    ] {
        assert_eq!(parse_duration(text), None, "{text}");
    }
}
