//! Dates, times and durations as text, both ways and exactly.

use kafka_event_codegen::model::Logical;

const DAY_SECONDS: i64 = 86_400;

/// What a number of a logical type counts.
struct Count {
    /// How many there are in a second; 0 of a date, which counts days.
    per_second: i64,
    has_date: bool,
    has_zone: bool,
}

fn count(meaning: Logical) -> Count {
    let (per_second, has_date, has_zone) = match meaning {
        Logical::Date => (0, true, false),
        Logical::TimeMillis => (1_000, false, false),
        Logical::TimeMicros => (1_000_000, false, false),
        Logical::TimestampMillis => (1_000, true, true),
        Logical::TimestampMicros => (1_000_000, true, true),
        Logical::TimestampNanos => (1_000_000_000, true, true),
        Logical::LocalTimestampMillis => (1_000, true, false),
        Logical::LocalTimestampMicros => (1_000_000, true, false),
        _ => (1_000_000_000, true, false),
    };
    Count {
        per_second,
        has_date,
        has_zone,
    }
}

/// The text of a count; `None` where it is none of a day, or of a year of four digits.
pub(super) fn text(meaning: Logical, number: i64) -> Option<String> {
    let Count {
        per_second,
        has_date,
        has_zone,
    } = count(meaning);
    if per_second == 0 {
        return date(number);
    }
    let day = DAY_SECONDS * per_second;
    let (days, rest) = (number.div_euclid(day), number.rem_euclid(day));
    let (seconds, fraction) = (rest / per_second, rest % per_second);
    let width = per_second.ilog10() as usize;
    let time = format!(
        "{:02}:{:02}:{:02}.{fraction:0width$}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    );
    match (has_date, days) {
        (true, days) => Some(format!("{}T{time}{}", date(days)?, if has_zone { "Z" } else { "" })),
        (false, 0) => Some(time),
        (false, _) => None,
    }
}

/// The count of a text, exactly; `None` where it is none.
pub(super) fn parse(meaning: Logical, text: &str) -> Option<i64> {
    let Count {
        per_second,
        has_date,
        has_zone,
    } = count(meaning);
    let (days, rest) = if has_date {
        let (date, rest) = text.split_at_checked(10)?;
        (parse_date(date)?, rest)
    } else {
        (0, text)
    };
    if per_second == 0 {
        return rest.is_empty().then_some(days);
    }
    let time = if has_date { rest.strip_prefix(['T', 't', ' '])? } else { rest };
    let (time, offset) = if has_zone { split_zone(time)? } else { (time, 0) };
    let (whole, fraction) = time.split_once('.').unwrap_or((time, ""));
    let [hour, minute, second] = parts(whole, ':')?;
    // A leap second ends an hour of UTC. It is the first of the next one, as a clock that knows none has it.
    let is_leap = second == 60 && has_zone && (minute * 60 - offset).rem_euclid(3600) == 59 * 60;
    if hour > 23 || minute > 59 || second > 59 && !is_leap || time.ends_with('.') {
        return None;
    }
    let seconds = days * DAY_SECONDS + hour * 3600 + minute * 60 + second - offset;
    let width = per_second.ilog10() as usize;
    let (kept, finer) = fraction.split_at_checked(width).unwrap_or((fraction, ""));
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) || finer.bytes().any(|byte| byte != b'0') {
        return None;
    }
    let fraction: i64 = format!("{kept:0<width$}").parse().ok()?;
    let number = i128::from(seconds) * i128::from(per_second) + i128::from(fraction);
    i64::try_from(number).ok()
}

/// A time without its zone, and the zone in seconds.
fn split_zone(time: &str) -> Option<(&str, i64)> {
    if let Some(time) = time.strip_suffix(['Z', 'z']) {
        return Some((time, 0));
    }
    let at = time.rfind(['+', '-'])?;
    let (time, zone) = time.split_at(at);
    let [hours, minutes] = parts(&zone[1..], ':')?;
    let seconds = (hours < 24 && minutes < 60).then_some(hours * 3600 + minutes * 60)?;
    Some((time, if zone.starts_with('-') { -seconds } else { seconds }))
}

/// Numbers of two digits.
fn parts<const N: usize>(text: &str, separator: char) -> Option<[i64; N]> {
    let mut numbers = [0; N];
    let mut parts = text.split(separator);
    for number in &mut numbers {
        *number = digits(parts.next()?, 2)?;
    }
    parts.next().is_none().then_some(numbers)
}

fn digits(text: &str, length: usize) -> Option<i64> {
    (text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

/// The date of a day since 1970-01-01, in the years 0 to 9999 of the Gregorian calendar.
fn date(days: i64) -> Option<String> {
    // From the first of March of the year 0, in cycles of 400 years, so that a leap day is a year's last.
    let days = days.checked_add(719_468)?;
    let (cycle, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = cycle * 400 + year + i64::from(month < 3);
    (0..10_000).contains(&year).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// The day since 1970-01-01 of a date.
fn parse_date(text: &str) -> Option<i64> {
    let mut parts = text.split('-');
    let (year, month, day) = (digits(parts.next()?, 4)?, digits(parts.next()?, 2)?, digits(parts.next()?, 2)?);
    let from_march = if month > 2 { month - 3 } else { month + 9 };
    let of_march = year - i64::from(month <= 2);
    let (cycle, year) = (of_march.div_euclid(400), of_march.rem_euclid(400));
    let days = cycle * 146_097 + year * 365 + year / 4 - year / 100 + (153 * from_march + 2) / 5 + day - 1 - 719_468;
    // A day that is none of its month is another's.
    (date(days)? == text).then_some(days)
}

/// The text of a duration's twelve bytes.
pub(super) fn duration(bytes: &[u8]) -> Option<String> {
    let mut parts = bytes.as_chunks::<4>().0.iter().map(|part| u32::from_le_bytes(*part));
    let (months, days, millis) = (parts.next()?, parts.next()?, parts.next()?);
    Some(format!("P{months}M{days}DT{}.{:03}S", millis / 1000, millis % 1000))
}

/// The twelve bytes of a duration's text: months, days and seconds, each of which may be left out.
pub(super) fn parse_duration(text: &str) -> Option<[u8; 12]> {
    let text = text.strip_prefix('P').filter(|text| !text.is_empty())?;
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let (months, date) = amount(date, 'M')?;
    let (days, date) = amount(date, 'D')?;
    let millis = match time {
        None => 0,
        Some(time) => {
            let seconds = time.strip_suffix('S')?;
            let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
            let fraction = (!fraction.is_empty() && fraction.len() <= 3).then(|| digits(&format!("{fraction:0<3}"), 3))??;
            let whole = digits(whole, whole.len()).filter(|_| !whole.is_empty())?;
            u32::try_from(whole.checked_mul(1000)?.checked_add(fraction)?).ok()?
        }
    };
    let mut bytes = [0; 12];
    for (place, part) in bytes.as_chunks_mut::<4>().0.iter_mut().zip([months, days, millis]) {
        *place = part.to_le_bytes();
    }
    date.is_empty().then_some(bytes)
}

/// What stands before a letter, where there is one.
fn amount(text: &str, letter: char) -> Option<(u32, &str)> {
    match text.split_once(letter) {
        Some((number, rest)) if !number.is_empty() => Some((u32::try_from(digits(number, number.len())?).ok()?, rest)),
        Some(_) => None,
        None => Some((0, text)),
    }
}
