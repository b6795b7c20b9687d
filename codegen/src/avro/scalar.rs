//! Numbers and strings of JSON.

use super::json::{Json, JsonError};
use super::parse::Parser;

impl Parser<'_> {
    pub(super) fn number(&mut self) -> Result<Json, JsonError> {
        let start = self.at;
        if self.byte() == Some(b'-') {
            self.at += 1;
        }
        if self.byte() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        let mut is_whole = true;
        if self.byte() == Some(b'.') {
            is_whole = false;
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.byte() {
            is_whole = false;
            self.at += 1;
            if let Some(b'+' | b'-') = self.byte() {
                self.at += 1;
            }
            self.digits()?;
        }
        // As in `01`.
        if let Some(b'0'..=b'9') = self.byte() {
            return Err(self.error("invalid number"));
        }
        let digits = &self.text[start..self.at];
        if is_whole {
            return Ok(match digits.parse() {
                Ok(number) => Json::Int(number),
                Err(_) => Json::Large(digits.to_owned()),
            });
        }
        Ok(match digits.parse() {
            Ok(number) if f64::is_finite(number) => Json::Float(number),
            _ => Json::Large(digits.to_owned()),
        })
    }

    /// At least one digit.
    fn digits(&mut self) -> Result<(), JsonError> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.byte() {
            self.at += 1;
        }
        match self.byte() {
            _ if self.at > start => Ok(()),
            None => Err(self.error("EOF while parsing a value")),
            Some(_) => Err(self.error("invalid number")),
        }
    }

    pub(super) fn string(&mut self) -> Result<String, JsonError> {
        self.at += 1;
        let mut string = String::new();
        loop {
            let start = self.at;
            while self.byte().is_some_and(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
                self.at += 1;
            }
            string.push_str(&self.text[start..self.at]);
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(string);
                }
                Some(b'\\') => {
                    self.at += 1;
                    string.push(self.escaped()?);
                }
                Some(_) => return Err(self.error("control character (\\u0000-\\u001F) found while parsing a string")),
                None => return Err(self.error("EOF while parsing a string")),
            }
        }
    }

    /// The character that stands behind a backslash.
    fn escaped(&mut self) -> Result<char, JsonError> {
        let character = match self.byte() {
            Some(plain @ (b'"' | b'\\' | b'/')) => char::from(plain),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.code_point(),
            Some(_) => return Err(self.error("invalid escape")),
            None => return Err(self.error("EOF while parsing a string")),
        };
        self.at += 1;
        Ok(character)
    }

    /// The character of a `u` and its four digits, or of two of those where one alone is half of it.
    fn code_point(&mut self) -> Result<char, JsonError> {
        let first = self.unit()?;
        let is_high = (0xd800..0xdc00).contains(&first);
        let code = if is_high && self.text[self.at..].starts_with("\\u") {
            self.at += 1;
            let second = self.unit()?;
            match second.checked_sub(0xdc00) {
                Some(low) if low < 0x400 => 0x1_0000 + ((first - 0xd800) << 10) + low,
                _ => first,
            }
        } else {
            first
        };
        char::from_u32(code).ok_or_else(|| {
            self.at -= 1;
            self.error("lone surrogate in hex escape")
        })
    }

    /// Four digits of base sixteen behind a `u`.
    fn unit(&mut self) -> Result<u32, JsonError> {
        let mut unit = 0;
        for _ in 0..4 {
            self.at += 1;
            match self.byte().map(|byte| char::from(byte).to_digit(16)) {
                Some(Some(digit)) => unit = unit * 16 + digit,
                Some(None) => return Err(self.error("invalid escape")),
                None => return Err(self.error("EOF while parsing a string")),
            }
        }
        self.at += 1;
        Ok(unit)
    }
}
