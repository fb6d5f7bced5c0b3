//! Text in XML, so that any text reads back: markup escaped, line ends kept, and characters that XML 1.0 cannot hold shown as
//! the control pictures of Unicode (U+2400 and on), noncharacters as U+FFFD.

use super::escape::escaped;
use std::borrow::Cow;
use std::io::{self, Write};

/// Writes text between tags.
pub fn text(out: &mut impl Write, text: &str) -> io::Result<()> {
    escaped(out, text, special, |c| if c == '\r' { Some("&#13;".into()) } else { markup(c) })
}

/// Writes text between double quotes. A parser would make spaces of line ends and tabs that are not escaped.
pub fn attribute(out: &mut impl Write, text: &str) -> io::Result<()> {
    escaped(out, text, special, |c| match c {
        '"' => Some("&quot;".into()),
        '\n' => Some("&#10;".into()),
        '\r' => Some("&#13;".into()),
        '\t' => Some("&#9;".into()),
        _ => markup(c),
    })
}

/// What begins a character that `text` or `attribute` may write otherwise.
fn special(b: u8) -> bool {
    SPECIAL[usize::from(b)]
}

/// Looked up for every byte that is written.
const SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut b = 0;
    while b < 256 {
        table[b] = matches!(b as u8, 0..=31 | b'"' | b'&' | b'<' | b'>' | 0xef);
        b += 1;
    }
    table
};

fn markup(c: char) -> Option<Cow<'static, str>> {
    Some(Cow::Borrowed(match c {
        '<' => "&lt;",
        '>' => "&gt;",
        '&' => "&amp;",
        '\n' | '\t' => return None,
        '\0'..='\x1f' => picture(c as u8),
        '\u{fffe}' | '\u{ffff}' => "\u{fffd}",
        _ => return None,
    }))
}

/// The control picture of a control character.
pub fn picture(control: u8) -> &'static str {
    const PICTURES: &str = "␀␁␂␃␄␅␆␇␈␉␊␋␌␍␎␏␐␑␒␓␔␕␖␗␘␙␚␛␜␝␞␟";
    let at = usize::from(control) * 3;
    PICTURES.get(at..at + 3).unwrap_or("\u{fffd}")
}

/// The text with characters that XML cannot hold shown otherwise, if it has any.
pub fn legal(text: &str) -> Option<String> {
    let illegal = |c: char| (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}');
    if !text.contains(illegal) {
        return None;
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            c if illegal(c) && c.is_ascii() => out.push_str(picture(c as u8)),
            c if illegal(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    Some(out)
}

/// A name token that stands for an id and for no other: letters, digits, `.` and `-` as they are, `/` as `:`, all else as
/// `_` and two hexadecimal digits a byte. GraphML wants such ids.
pub fn name_token(id: &str) -> String {
    let mut out = String::with_capacity(id.len() + 8);
    for b in id.bytes() {
        match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' => out.push(char::from(b)),
            b'/' => out.push(':'),
            _ => out.push_str(&format!("_{b:02x}")),
        }
    }
    if out.is_empty() { "_".into() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_becomes_legal_xml() {
        let write = |t: &str| {
            let (mut a, mut b) = (Vec::new(), Vec::new());
            text(&mut a, t).expect("memory");
            attribute(&mut b, t).expect("memory");
            (String::from_utf8(a).expect("UTF-8"), String::from_utf8(b).expect("UTF-8"))
        };
        assert_eq!(write("a<b>&\"c]]>").0, "a&lt;b&gt;&amp;\"c]]&gt;");
        assert_eq!(write("\"\n\r\t").1, "&quot;&#10;&#13;&#9;");
        assert_eq!(write("\0\u{1b}\u{ffff}é\u{7f}").0, "␀␛\u{fffd}é\u{7f}");
        assert_eq!(write("\u{f000}\u{ffff}").0, "\u{f000}\u{fffd}");
    }

    #[test]
    fn tokens_keep_ids_apart() {
        assert_eq!(name_token("state/azerbaijan"), "state:azerbaijan");
        assert_eq!(name_token("state/a:b_é"), "state:a_3ab_5f_c3_a9");
        assert_eq!(name_token(""), "_");
    }
}
