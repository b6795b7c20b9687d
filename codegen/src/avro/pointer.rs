//! From a pointer to the bytes of a value: only when a report needs it.

use std::ops::Range;

use super::blank::blanked;
use crate::collections::ByName;

/// The bytes of the values that pointers lead to, in a text that has been parsed before: all in one pass.
pub(crate) fn find_all(text: &str, pointers: &[Vec<&str>]) -> Vec<Option<Range<usize>>> {
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
    let mut found = vec![None; pointers.len()];
    // What was found before the text turns out to be something else stands.
    _ = scanner.value(&root, &mut found);
    found
}

/// The values that are looked for, below one of them.
#[derive(Default)]
struct Wanted {
    /// Places in the list of pointers that end here.
    places: Vec<usize>,
    below: ByName<Wanted>,
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
    fn value(&mut self, wanted: &Wanted, found: &mut [Option<Range<usize>>]) -> Option<()> {
        self.space();
        let start = self.at;
        if wanted.below.is_empty() {
            self.skip()?;
        } else {
            self.within(wanted, found)?;
        }
        for &place in &wanted.places {
            found[place] = Some(start..self.at);
        }
        Some(())
    }

    /// Moves behind the array or the object that begins here.
    fn within(&mut self, wanted: &Wanted, found: &mut [Option<Range<usize>>]) -> Option<()> {
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
                    let key = super::parse(std::str::from_utf8(&self.bytes[start..self.at]).ok()?, 0, &mut 1).ok()?;
                    self.space();
                    self.at += 1;
                    key.as_str()?.to_owned()
                }
            };
            match wanted.below.get(&key) {
                Some(wanted) => self.value(wanted, found)?,
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
        find_all(text, &[steps.to_vec()]).remove(0).map(|range| text[range].to_owned())
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
            .map(|range| range.map(|range| &text[range]))
            .collect();
        assert_eq!(found, [Some("3"), Some("2"), Some("[1, {\"b\": 2}]"), None, Some("2"), Some(text)]);
    }
}
