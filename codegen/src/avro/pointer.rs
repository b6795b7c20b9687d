//! From a pointer to the bytes of a value: only when a report needs it.

use std::ops::Range;

use super::blank::blanked;

/// The bytes of the value that the steps lead to, in a text that has been parsed before.
pub(crate) fn find(text: &str, steps: &[String]) -> Option<Range<usize>> {
    let text = blanked(text);
    let mut scanner = Scanner {
        bytes: text.as_bytes(),
        at: 0,
    };
    for step in steps {
        scanner.descend(step)?;
    }
    scanner.space();
    let start = scanner.at;
    scanner.skip()?;
    Some(start..scanner.at)
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

    /// Moves to the value of a key or an index of the value that begins here.
    fn descend(&mut self, step: &str) -> Option<()> {
        self.space();
        let open = *self.bytes.get(self.at)?;
        self.at += 1;
        let mut index = 0;
        loop {
            self.space();
            match self.bytes.get(self.at)? {
                b'}' | b']' => return None,
                b',' => self.at += 1,
                _ if open == b'[' => {
                    if step.parse() == Ok(index) {
                        return Some(());
                    }
                    index += 1;
                    self.skip()?;
                }
                _ => {
                    let start = self.at;
                    self.string()?;
                    let key = super::json::parse(std::str::from_utf8(&self.bytes[start..self.at]).ok()?).ok()?;
                    self.space();
                    self.at += 1;
                    if key.as_str() == Some(step) {
                        return Some(());
                    }
                    self.skip()?;
                }
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
    use super::find;

    fn at(text: &str, steps: &[&str]) -> Option<String> {
        let steps: Vec<_> = steps.iter().map(ToString::to_string).collect();
        find(text, &steps).map(|range| text[range].to_owned())
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
    }
}
