//! A byte-order mark and comments become spaces, so that what is left is JSON with every position unchanged.

/// The text without its byte-order mark and comments, byte for byte as long.
pub(crate) fn blanked(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    if text.starts_with('\u{feff}') {
        bytes[..3].fill(b' ');
    }
    let mut at = 0;
    let mut in_string = false;
    while at < bytes.len() {
        match (in_string, bytes[at], bytes.get(at + 1)) {
            (true, b'\\', _) => at += 1,
            (true, b'"', _) => in_string = false,
            (false, b'"', _) => in_string = true,
            (false, b'/', Some(b'/')) => {
                let end = bytes[at..]
                    .iter()
                    .position(|byte| *byte == b'\n')
                    .map_or(bytes.len(), |length| at + length);
                bytes[at..end].fill(b' ');
                at = end;
                continue;
            }
            (false, b'/', Some(b'*')) => {
                // One that never ends would hide what is missing: it stays, and is no JSON.
                let Some(length) = bytes[at + 2..].windows(2).position(|pair| pair == b"*/") else {
                    break;
                };
                let end = at + 2 + length + 2;
                for byte in &mut bytes[at..end] {
                    if *byte != b'\n' {
                        *byte = b' ';
                    }
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    // Whole comments were replaced, which begin and end at characters.
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::blanked;

    #[test]
    fn only_comments_go() {
        assert_eq!(blanked("\u{feff}1"), "   1");
        assert_eq!(blanked("1 // é\n2"), "1      \n2");
        assert_eq!(blanked("/* a\nb */ 1"), "    \n     1");
        assert_eq!(blanked(r#""//" "\"/*""#), r#""//" "\"/*""#);
        assert_eq!(blanked("1 /* open"), "1 /* open");
        assert_eq!(blanked("/* /* */ */"), "         */");
    }
}
