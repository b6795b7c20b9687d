//! The same bytes, whichever types hold the values (specification, "Logical Types"); and the defaults that the schemas state.

use kafka_event::codec::{DecodeOwned, Encode};
use kafka_event::logical::{
    BigDecimal, BigInt, Date, Decimal, Duration, LocalTimestampMillis, TimeMicros, TimeMillis, TimestampMicros, TimestampMillis,
    TimestampNanos, WideDecimal,
};
use kafka_event::{PublishedTopic, Record, from_avro, to_avro, wire};
use test_logical::events::bank::{Entry, Waiting, WaitingPaid};
use test_logical::events::topics::Waits;
use test_logical::{ChronoEntry, JiffEntry, TimeEntry};

fn entry() -> Entry {
    Entry {
        booked_at: TimestampMillis(1_770_091_506_007),
        value_date: Date(-1),
        opens: TimeMillis(86_399_999),
        closes: TimeMicros(1),
        seen_at: Some(TimestampMicros(-1)),
        exact_at: TimestampNanos(i64::MIN),
        local: vec![LocalTimestampMillis(0), LocalTimestampMillis(-62_135_596_800_000)],
        amount: Decimal::new(-1250).unwrap(),
        rate: Decimal::new(999_999_999_999_999_999).unwrap(),
        fee: BigDecimal::new(1250, 3),
        total: "-1.5".parse().unwrap(),
    }
}

fn same_both_ways<T: Record + Encode<wire::Record> + DecodeOwned<wire::Record>>(ours: &Entry) -> T {
    let bytes = to_avro(ours).unwrap();
    let theirs: T = from_avro(&bytes).unwrap();
    assert_eq!(to_avro(&theirs).unwrap(), bytes);
    assert_eq!(<T as Record>::LAYOUT, <Entry as Record>::LAYOUT);
    theirs
}

#[test]
fn the_types_of_other_crates_are_the_same_bytes() {
    let chrono: ChronoEntry = same_both_ways(&entry());
    assert_eq!(chrono.booked_at.to_string(), "2026-02-03 04:05:06.007 UTC");
    assert_eq!(chrono.value_date.to_string(), "1969-12-31");
    assert_eq!(
        (chrono.amount.to_string(), chrono.fee.to_string(), chrono.total.to_string()),
        ("-12.50".into(), "1.250".into(), "-1.5000000000000000000000000000".into())
    );
    let time: TimeEntry = same_both_ways(&entry());
    assert_eq!(
        (time.value_date.to_calendar_date().0, time.opens.as_hms_milli()),
        (1969, (23, 59, 59, 999))
    );
    assert_eq!((time.amount.to_string(), time.total), ("-12.50".into(), entry().total));
    let jiff: JiffEntry = same_both_ways(&entry());
    assert_eq!(jiff.booked_at.to_string(), "2026-02-03T04:05:06.007Z");
    assert_eq!(jiff.local[1].to_string(), "0001-01-01T00:00:00");
}

#[test]
fn what_a_type_does_not_hold_is_an_error_of_its_field() {
    let late = to_avro(&Entry {
        seen_at: Some(TimestampMicros(i64::MAX)),
        ..entry()
    })
    .unwrap();
    for (error, what) in [
        (from_avro::<ChronoEntry>(&late).unwrap_err(), "a chrono::DateTime<Utc>"),
        (from_avro::<TimeEntry>(&late).unwrap_err(), "a time::UtcDateTime"),
        (from_avro::<JiffEntry>(&late).unwrap_err(), "a jiff::Timestamp"),
    ] {
        assert_eq!(error.path(), "seen_at");
        assert!(
            error.to_string().contains(&format!("9223372036854775807 does not fit {what}")),
            "{error}"
        );
    }
    let large = to_avro(&Entry {
        total: WideDecimal::from_unscaled("7".repeat(50).parse::<BigInt>().unwrap()),
        ..entry()
    })
    .unwrap();
    let error = from_avro::<ChronoEntry>(&large).unwrap_err();
    assert_eq!(error.path(), "total");
    assert!(from_avro::<TimeEntry>(&large).is_ok());
}

#[test]
fn what_the_schema_does_not_hold_is_an_error_of_encoding() {
    let whole: ChronoEntry = same_both_ways(&entry());
    let fine = ChronoEntry {
        amount: "0.001".parse().unwrap(),
        ..whole.clone()
    };
    assert_eq!(
        to_avro(&fine).unwrap_err().reason,
        "the decimal 0.001: more than 2 digits behind the point"
    );
    let late = ChronoEntry {
        exact_at: "2300-01-01T00:00:00Z".parse().unwrap(),
        ..whole
    };
    assert_eq!(
        to_avro(&late).unwrap_err().reason,
        "10413792000000000000 nanoseconds do not fit TimestampNanos"
    );
    let overflowing = Entry {
        rate: Decimal::from_unscaled(i128::from(i64::MAX) + 1),
        ..entry()
    };
    assert_eq!(
        to_avro(&overflowing).unwrap_err().reason,
        "a decimal of 9 bytes does not fit a fixed of 8"
    );
}

#[test]
fn a_key_is_the_same_bytes() {
    fn key<T: PublishedTopic>(event: &T::Event) -> Vec<u8> {
        let mut key = Vec::new();
        assert_eq!(T::encode_key(event, &mut key), Ok(true));
        key
    }
    let wanted = 1_770_091_506_007_i64.to_be_bytes();
    assert_eq!(key::<ChronoEntry>(&same_both_ways(&entry())), wanted);
    assert_eq!(key::<TimeEntry>(&same_both_ways(&entry())), wanted);
    assert_eq!(key::<JiffEntry>(&same_both_ways(&entry())), wanted);
    // A fixed: its bytes as they are.
    assert_eq!(key::<Waits>(&Waiting::default()), [1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0]);
}

/// apache-avro takes no default of a big-decimal, so that it is no oracle for these.
#[test]
fn defaults_are_those_of_the_schema() {
    let waiting = Waiting::default();
    let wait = Duration {
        months: 1,
        days: 2,
        millis: 3,
    };
    assert_eq!(waiting.wait, wait);
    assert_eq!(waiting.price.to_string(), "12.50");
    assert_eq!(waiting.least.unscaled(), i128::MIN);
    assert_eq!(waiting.free, BigDecimal::new(BigInt::from_be_bytes(&[0x55; 18]), 0));
    assert_eq!(waiting.steps["first"], BigDecimal::new(0, 1));
    assert_eq!(waiting.paid, Some(WaitingPaid::Decimal(Decimal::from_unscaled(-1))));
    assert_eq!(Waiting::builder().build(), waiting);
    assert_eq!(from_avro::<Waiting>(&to_avro(&waiting).unwrap()).unwrap(), waiting);

    let built = Entry::builder()
        .booked_at(chrono::DateTime::from_timestamp(0, 0).unwrap())
        .value_date(time::Date::MIN)
        .opens(jiff::civil::Time::MIN)
        .closes(TimeMicros(0))
        .exact_at(TimestampNanos(0))
        .local([])
        .amount(Decimal::default())
        .rate(Decimal::default())
        .build();
    assert_eq!(built.fee, BigDecimal::new(-15, -2));
    assert_eq!(built.total.to_string(), "0.0340282366920938463463374607431768211456".to_owned());
    assert_eq!(built.value_date, Date(-4_371_587));
}
