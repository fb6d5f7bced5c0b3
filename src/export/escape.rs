//! Texts with some characters written otherwise, as each format asks: what needs no change is copied in whole stretches.

use std::borrow::Cow;
use std::io::{self, Write};

/// Writes a text, and in place of each character for which `escape` gives something, that. Only characters whose first
/// byte is `special` are looked at.
pub fn escaped<'r>(
    out: &mut impl Write,
    text: &str,
    special: impl Fn(u8) -> bool,
    escape: impl Fn(char) -> Option<Cow<'r, str>>,
) -> io::Result<()> {
    let bytes = text.as_bytes();
    let (mut done, mut at) = (0, 0);
    while let Some(found) = bytes[at..].iter().position(|b| special(*b)) {
        let here = at + found;
        let ascii = bytes[here].is_ascii().then(|| char::from(bytes[here]));
        let Some(c) = ascii.or_else(|| text.get(here..)?.chars().next()) else { break };
        at = here + c.len_utf8();
        if let Some(instead) = escape(c) {
            out.write_all(&bytes[done..here])?;
            out.write_all(instead.as_bytes())?;
            done = at;
        }
    }
    out.write_all(&bytes[done..])
}
