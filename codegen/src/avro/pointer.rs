//! From a pointer to the bytes of a value: only when a report needs it.

use std::ops::Range;

use super::blank::blanked;
use crate::collections::ByName;

/// What a pointer leads to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// How many of its steps there are. A type may be written in several ways, of which a pointer means one: what is not there as it is looked
    /// for is found as the innermost value that would hold it.
    pub(crate) steps: usize,
    pub(crate) bytes: Range<usize>,
}

/// The bytes of the values that pointers lead to, in a text that has been parsed before: all in one pass.
pub(crate) fn find_all(text: &str, pointers: &[Vec<&str>]) -> Vec<Found> {
    let mut root = Wanted::default();
    for (place, steps) in pointers.iter().enumerate() {
        let mut at = &mut root;
        for &step in steps {
            at = at.below.or_default(step);
        }
        at.places.push(place);
    }
    let text = blanked(text);
    let mut scanner = Scanner {
        bytes: text.as_bytes(),
        at: 0,
    };
    let mut found = vec![Found::default(); pointers.len()];
    // What was found before the text turns out to be something else stands.
    _ = scanner.value(&mut root, 0, &mut found);
    found
}

/// The values that are looked for, below one of them.
#[derive(Default)]
struct Wanted {
    /// Places in the list of pointers that end here.
    places: Vec<usize>,
    below: ByName<Wanted>,
    /// Whether there is such a value.
    is_met: bool,
}

impl Wanted {
    /// Takes a value for all that is wanted here and below.
    fn take(&self, value: &Found, found: &mut [Found]) {
        self.places.iter().for_each(|place| found[*place] = value.clone());
        self.below.iter().for_each(|(_, wanted)| wanted.take(value, found));
    }
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scanner<'_> {
    fn space(&mut self) {
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
    }

    /// Moves behind the value that begins here, and notes what is wanted in it.
    fn value(&mut self, wanted: &mut Wanted, steps: usize, found: &mut [Found]) -> Option<()> {
        self.space();
        let start = self.at;
        wanted.is_met = true;
        if wanted.below.is_empty() {
            self.skip()?;
        } else {
            self.within(wanted, steps, found)?;
        }
        let value = Found {
            steps,
            bytes: start..self.at,
        };
        wanted.places.iter().for_each(|place| found[*place] = value.clone());
        let missing = wanted.below.iter().filter(|(_, wanted)| !wanted.is_met);
        missing.for_each(|(_, wanted)| wanted.take(&value, found));
        Some(())
    }

    /// Moves behind the array or the object that begins here.
    fn within(&mut self, wanted: &mut Wanted, steps: usize, found: &mut [Found]) -> Option<()> {
        let open = *self.bytes.get(self.at)?;
        if !matches!(open, b'[' | b'{') {
            return self.skip();
        }
        self.at += 1;
        let mut index = 0_usize;
        loop {
            self.space();
            let key = match self.bytes.get(self.at)? {
                b'}' | b']' => {
                    self.at += 1;
                    return Some(());
                }
                b',' => {
                    self.at += 1;
                    continue;
                }
                _ if open == b'[' => {
                    index += 1;
                    (index - 1).to_string()
                }
                _ => {
                    let start = self.at;
                    self.string()?;
                    let key = super::parse(std::str::from_utf8(&self.bytes[start..self.at]).ok()?, &mut 1).ok()?;
                    self.space();
                    self.at += 1;
                    key.as_str()?.to_owned()
                }
            };
            match wanted.below.get_mut(&key) {
                Some(wanted) => self.value(wanted, steps + 1, found)?,
                None => self.skip()?,
            }
        }
    }

    /// Moves behind the value that begins here.
    fn skip(&mut self) -> Option<()> {
        self.space();
        let mut depth = 0_usize;
        loop {
            match *self.bytes.get(self.at)? {
                b'"' => self.string()?,
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                byte if depth > 0 && (byte.is_ascii_whitespace() || byte == b',' || byte == b':') => {
                    self.at += 1;
                    continue;
                }
                _ => {
                    let word = |byte: &&u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
                    let length = self.bytes[self.at..].iter().take_while(word).count();
                    self.at += length.max(1);
                }
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    fn string(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            match *self.bytes.get(self.at)? {
                b'\\' => self.at += 2,
                b'"' => {
                    self.at += 1;
                    return Some(());
                }
                _ => self.at += 1,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::find_all;

    fn at(text: &str, steps: &[&str]) -> Option<String> {
        let found = find_all(text, &[steps.to_vec()]).remove(0);
        (found.steps == steps.len()).then(|| text[found.bytes].to_owned())
    }

    #[test]
    fn values_are_found() {
        let text = "{ // fields: {\n \"a\": [1, {\"b\\u0063\": \"x]\"}, -2.5e3], \"d\": {}}";
        assert_eq!(at(text, &["a", "0"]).as_deref(), Some("1"));
        assert_eq!(at(text, &["a", "1", "bc"]).as_deref(), Some("\"x]\""));
        assert_eq!(at(text, &["a", "2"]).as_deref(), Some("-2.5e3"));
        assert_eq!(at(text, &["d"]).as_deref(), Some("{}"));
        assert_eq!(at(text, &["e"]), None);
        assert_eq!(at(text, &["a", "3"]), None);
        assert_eq!(at(text, &["d", "3"]), None);
        assert_eq!(at(text, &["a", "0", "3"]), None);
    }

    #[test]
    fn many_are_found_at_once() {
        let text = "{\"a\": [1, {\"b\": 2}], \"c\": 3}";
        let pointers = [&["c"][..], &["a", "1", "b"], &["a"], &["x"], &["a", "1", "b"], &[]].map(<[_]>::to_vec);
        let found: Vec<_> = find_all(text, &pointers)
            .into_iter()
            .map(|found| (found.steps, &text[found.bytes]))
            .collect();
        let second = (3, "2");
        assert_eq!(found, [(1, "3"), second, (1, "[1, {\"b\": 2}]"), (0, text), second, (0, text)]);
    }

    #[test]
    fn what_is_not_there_is_found_as_what_would_hold_it() {
        let text = "{\"a\": [1, {\"b\": 2}], \"c\": 3}";
        let pointers = [&["a", "1", "x", "y"][..], &["a", "7"], &["c", "b"], &["a", "1", "x"]].map(<[_]>::to_vec);
        let found = find_all(text, &pointers).into_iter().map(|found| (found.steps, &text[found.bytes]));
        let held = (2, "{\"b\": 2}");
        assert!(found.eq([held, (1, "[1, {\"b\": 2}]"), (1, "3"), held]));
        // Of a text that is no JSON nothing is found.
        assert_eq!(find_all("{\"a\"", &[vec!["a"]]), [super::Found::default()]);
    }
}
