//! Strict JSON, as RFC 8259 has it: the way from text to a value.
//!
//! It is own code: what it took the place of was compiled in each user's build, and read numbers otherwise where any other crate of that build
//! had turned a feature of it on.

use std::collections::HashSet;

use super::json::{Fault, Json, JsonError};
use crate::limits;

/// Parses JSON whose comments have been blanked, of no more than `left` values, which it takes from that.
pub(crate) fn parse(text: &str, left: &mut usize) -> Result<Json, JsonError> {
    let mut parser = Parser {
        text,
        at: 0,
        depth: 0,
        left,
    };
    let json = parser.value()?;
    match parser.peek() {
        None => Ok(json),
        Some(_) => Err(parser.error("trailing characters")),
    }
}

pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    /// The next byte: always one at which a character begins.
    pub(super) at: usize,
    /// How many arrays and objects are open.
    depth: usize,
    /// How many more values there may be.
    left: &'a mut usize,
}

impl Parser<'_> {
    pub(super) fn error(&self, message: impl Into<String>) -> JsonError {
        self.fault(Fault::Syntax(message.into()))
    }

    fn fault(&self, fault: Fault) -> JsonError {
        JsonError {
            fault,
            // Where the text ends too early, its last byte shows it.
            at: self.at.min(self.text.len().saturating_sub(1)),
        }
    }

    pub(super) fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no white space.
    fn peek(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.byte() {
            self.at += 1;
        }
        self.byte()
    }

    fn value(&mut self) -> Result<Json, JsonError> {
        let next = self.peek();
        match self.left.checked_sub(1) {
            Some(left) => *self.left = left,
            None => return Err(self.fault(Fault::TooMany)),
        }
        match next {
            None => Err(self.error("EOF while parsing a value")),
            Some(b'n') => self.word("null", Json::Null),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            Some(b'"') => self.string().map(Json::String),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(open @ (b'[' | b'{')) => {
                if self.depth == limits::JSON_DEPTH {
                    return Err(self.fault(Fault::TooDeep));
                }
                self.depth += 1;
                self.at += 1;
                let json = if open == b'[' { self.array() } else { self.object() }?;
                self.depth -= 1;
                Ok(json)
            }
            Some(_) => Err(self.error("expected value")),
        }
    }

    fn word(&mut self, word: &str, json: Json) -> Result<Json, JsonError> {
        for byte in word.bytes() {
            if self.byte() != Some(byte) {
                return Err(self.error(format!("expected `{word}`")));
            }
            self.at += 1;
        }
        Ok(json)
    }

    /// The items of an array that has been opened.
    fn array(&mut self) -> Result<Json, JsonError> {
        let mut items = Vec::new();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Json::Array(items));
        }
        loop {
            items.push(self.value()?);
            if self.is_last(b']', "a list")? {
                return Ok(Json::Array(items));
            }
        }
    }

    /// The entries of an object that has been opened.
    fn object(&mut self) -> Result<Json, JsonError> {
        let (mut entries, mut keys) = (Vec::new(), HashSet::new());
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Json::Object(entries));
        }
        loop {
            match self.peek() {
                Some(b'"') => {}
                None => return Err(self.error("EOF while parsing an object")),
                Some(_) => return Err(self.error("key must be a string")),
            }
            let key = self.string()?;
            if !keys.insert(key.clone()) {
                self.at -= 1;
                return Err(self.fault(Fault::Twice(key)));
            }
            match self.peek() {
                Some(b':') => self.at += 1,
                None => return Err(self.error("EOF while parsing an object")),
                Some(_) => return Err(self.error("expected `:`")),
            }
            entries.push((key, self.value()?));
            if self.is_last(b'}', "an object")? {
                return Ok(Json::Object(entries));
            }
        }
    }

    /// Behind an item: whether it was the last one, or a comma leads to another.
    fn is_last(&mut self, close: u8, what: &str) -> Result<bool, JsonError> {
        match self.peek() {
            Some(byte) if byte == close => {
                self.at += 1;
                Ok(true)
            }
            Some(b',') => {
                self.at += 1;
                if self.peek() == Some(close) {
                    return Err(self.error("trailing comma"));
                }
                Ok(false)
            }
            Some(_) => Err(self.error(format!("expected `,` or `{}`", char::from(close)))),
            None => Err(self.error(format!("EOF while parsing {what}"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Json, JsonError> {
        super::parse(text, &mut 10_000)
    }

    #[test]
    fn values_are_counted() {
        let mut left = 10;
        assert!(super::parse(r#"[1, {"a": [null]}]"#, &mut left).is_ok());
        assert_eq!(left, 5);
        let error = super::parse("[1, 2, 3, 4, 5]", &mut left).unwrap_err();
        assert_eq!((error.fault, left), (Fault::TooMany, 0));
    }

    #[test]
    fn order_and_numbers_are_kept() {
        let text =
            r#"{"b":1,"a":[1.0,-0.5,0.21659939713061338,9223372036854775807,18446744073709551615,"\u0001\"é"],"c":{"x":null,"y":true}}"#;
        assert_eq!(parse(text).unwrap().to_string(), text);
    }

    /// As Jackson has it: a whole zero has no sign, and what 64 bits do not hold is a number, too.
    #[test]
    fn a_number_is_read_as_java_reads_it() {
        assert_eq!(parse("-0").unwrap(), Json::Int(0));
        for digits in ["18446744073709551616", "-9223372036854775809", "1e309", "-1E+309"] {
            assert_eq!(parse(digits).unwrap(), Json::Large(digits.to_owned()));
            assert_eq!(parse(digits).unwrap().to_string(), digits);
        }
    }

    #[test]
    fn a_number_is_the_nearest_of_64_bits() {
        let mut bits = 0x9E37_79B9_7F4A_7C15_u64;
        for _ in 0..2_000 {
            bits ^= bits << 13;
            bits ^= bits >> 7;
            bits ^= bits << 17;
            let number = f64::from_bits(bits);
            if number.is_finite() {
                assert_eq!(parse(&format!("{number:?}")).unwrap(), Json::Float(number));
            }
        }
    }

    /// What is JSON and what is not, beside the crate that is known for it.
    #[test]
    fn it_agrees_with_serde_json() {
        for text in [
            "NaN",
            "1.",
            ".5",
            "-",
            "-a",
            "+1",
            "1e",
            "1e+",
            "1E5",
            "1e-5x",
            "0.",
            "-0.0",
            "01",
            "-01",
            "0e0",
            "1e308",
            "1e-400",
            "18446744073709551616",
            "-9223372036854775808",
            "-9223372036854775809",
            "0x1",
            "1 2",
            "",
            " ",
            "\u{feff}1",
            "\u{a0}1",
            "\u{c}1",
            "nul",
            "nulls",
            "null ",
            "\ttrue\r\n",
            "True",
            "[1,]",
            "[,1]",
            "[1 2]",
            "[",
            "[1",
            "[1,",
            "]",
            "[[]",
            "{,}",
            "{",
            "{}",
            r#"{"a"#,
            r#"{"a""#,
            r#"{"a":"#,
            r#"{"a":1"#,
            r#"{"a":1,"#,
            r#"{"a":1,}"#,
            r#"{"a" 1}"#,
            "{a:1}",
            "{1:1}",
            r#"{"a":1}}"#,
            r#"{"a":1 "b":2}"#,
            r#"{"":""}"#,
            r#""\x41""#,
            r#""\"#,
            r#"""#,
            r#""\u00e9\n\t\r\b\f\/\\\"""#,
            r#""\ud83d\ude00""#,
            r#""\ud83d""#,
            r#""\ud83d\n""#,
            r#""\ud83dx""#,
            r#""\ud83d\ud83d""#,
            r#""\ud83d\ue000""#,
            r#""\ude00""#,
            r#""\ude00\ud83d""#,
            r#""\u12""#,
            r#""\u12g4""#,
            r#""\u+123""#,
            r#""\U0041""#,
            r#""\u00é9""#,
            "\"\t\"",
            "\"\u{0}\"",
            "\"\u{7f}\u{80}🦀\"",
            "'a'",
            "\"a\nb\"",
            "[1]//",
            "/**/1",
        ] {
            let ours = parse(text).map(|json| json.to_string().parse::<serde_json::Value>().unwrap()).ok();
            assert_eq!(ours, serde_json::from_str(text).ok(), "{text:?}");
        }
    }

    #[test]
    fn every_cut_and_every_change_is_read_or_refused() {
        let text = r#"{"a": [1.5e+3, -0, "\u00e9\ud83d\ude00é🦀\n", null, true, false, {}, []], "b": {"c": 12}}"#;
        for (place, character) in text.char_indices() {
            assert!(parse(&text[..place]).is_err(), "{place}");
            for other in ["", "\"", "\\", "{", "]", ",", "0", "é", "\u{1}"] {
                let changed = format!("{}{other}{}", &text[..place], &text[place + character.len_utf8()..]);
                let ours = parse(&changed).map_err(|error| assert!(error.at < changed.len()));
                let twice = serde_json::from_str::<serde_json::Value>(&changed);
                assert_eq!(ours.is_ok(), twice.is_ok(), "{changed}");
            }
        }
    }

    #[test]
    fn a_key_stands_once() {
        let error = parse(r#"{"a":1,"\u0061":2}"#).unwrap_err();
        assert_eq!((error.fault, error.at), (Fault::Twice("a".to_owned()), 14));
    }

    #[test]
    fn deep_nesting_is_an_error_and_no_overflow() {
        crate::stack::on_its_own(|| {
            let error = parse(&"[".repeat(100_000)).unwrap_err();
            assert_eq!((error.fault, error.at), (Fault::TooDeep, limits::JSON_DEPTH));
            let deepest = format!("{}{}", "[".repeat(limits::JSON_DEPTH), "]".repeat(limits::JSON_DEPTH));
            assert!(parse(&deepest).is_ok());
        });
    }

    #[test]
    fn an_error_knows_its_byte() {
        let at = |text| parse(text).unwrap_err().at;
        assert_eq!(at("{\n  \"a\": tru\n}"), 12);
        assert_eq!(at("[1, x]"), 4);
        assert_eq!(at("[1, \"x"), 5);
        assert_eq!(at(""), 0);
    }
}
