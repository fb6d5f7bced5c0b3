//! What the networks see of a word: rows of hashed tables, computed from its letters alone. The twin of
//! `training/features.py`; the reference output of the trainer holds the two equal. It knows nothing of neighbours.

/// Letters kept of a long token: this many from its front and as many from its back.
const HALF: usize = 16;
/// Rows of the shape table: hashed shapes, then case classes, then lengths.
const SHAPES: u32 = 2016;
const CASES: u32 = 8;
const LENGTHS: u32 = 16;

/// Rows of the shape table in all.
pub(crate) const SHAPE_ROWS: usize = (SHAPES + CASES + LENGTHS) as usize;

/// How many tables there are: word, prefix, suffix, gram, shape.
pub(crate) const GROUPS: usize = 5;

/// How many buckets each hashed table has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Buckets {
    /// For word beginnings.
    pub prefix: u32,
    /// For word ends.
    pub suffix: u32,
    /// For runs of three and four letters.
    pub gram: u32,
}

/// FNV-1a over bytes, then a mixing step so that the low bits depend on all.
pub(crate) fn hash(parts: &[&[u8]]) -> u32 {
    let mut state = 0x811c_9dc5_u32;
    for &byte in parts.iter().copied().flatten() {
        state = (state ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    state = (state ^ (state >> 15)).wrapping_mul(0x2c1b_3c6d);
    state ^ (state >> 12)
}

/// The form with typographic marks written as ASCII and its middle cut out if it is very long.
pub(crate) fn plain(form: &str) -> String {
    let mut out = String::with_capacity(form.len());
    for c in form.chars() {
        match c {
            '‘' | '’' | '‚' | '`' => out.push('\''),
            '“' | '”' | '„' | '«' | '»' => out.push('"'),
            '–' | '—' | '−' | '‑' => out.push('-'),
            '…' => out.push_str("..."),
            c => out.push(c),
        }
    }
    if form == "''" || form == "``" || out == "''" {
        return "\"".to_owned();
    }
    shortened(out)
}

fn shortened(text: String) -> String {
    let starts: Vec<usize> = text.char_indices().map(|(i, _)| i).take(2 * HALF + 1).collect();
    if starts.len() <= 2 * HALF {
        return text;
    }
    let back = text.char_indices().rev().nth(HALF - 1).map_or(0, |(i, _)| i);
    format!("{}{}", &text[..starts[HALF]], &text[back..])
}

/// The vocabulary's spelling: lower case, every ASCII digit a zero.
pub(crate) fn key(plain: &str) -> String {
    plain.to_lowercase().chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect()
}

/// Calls `add` with every (group, row) of a form. An unknown word has no row in the first group.
pub(crate) fn rows(form: &str, vocabulary: &[u32], buckets: Buckets, mut add: impl FnMut(usize, u32)) {
    let text = plain(form);
    let low = key(&text);
    if let Ok(row) = vocabulary.binary_search(&hash(&[low.as_bytes()])) {
        add(0, row as u32);
    }
    let ends = letter_ends(&low);
    let n = ends.len() - 1;
    for &end in ends.iter().skip(1).take(4) {
        add(1, hash(&[b"<", &low.as_bytes()[..end]]) % buckets.prefix);
    }
    for k in 1..=n.min(4) {
        add(2, hash(&[b">", &low.as_bytes()[ends[n - k]..]]) % buckets.suffix);
    }
    let edged = format!("<{low}>");
    let ends = letter_ends(&edged);
    for k in [3, 4] {
        for i in 0..(ends.len()).saturating_sub(k) {
            add(3, hash(&[&edged.as_bytes()[ends[i]..ends[i + k]]]) % buckets.gram);
        }
    }
    add(4, hash(&[b"#", shape(&text).as_bytes()]) % SHAPES);
    add(4, SHAPES + case_class(&text));
    add(4, SHAPES + CASES + (text.chars().count() as u32).min(LENGTHS - 1));
}

/// Byte offsets before each letter and after the last.
fn letter_ends(text: &str) -> Vec<usize> {
    text.char_indices().map(|(i, _)| i).chain([text.len()]).collect()
}

/// Letters as X or x, digits as d, the rest as it is; runs cut to two.
fn shape(text: &str) -> String {
    let mut out = String::new();
    let (mut last, mut before) = (None, None);
    for c in text.chars() {
        let mark = match c {
            '0'..='9' => 'd',
            c if c.is_uppercase() => 'X',
            c if c.is_alphabetic() => 'x',
            c => c,
        };
        if last == Some(mark) && before == Some(mark) {
            continue;
        }
        out.push(mark);
        (before, last) = (last, Some(mark));
    }
    out
}

fn case_class(text: &str) -> u32 {
    let digits = text.bytes().any(|b| b.is_ascii_digit());
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
    let upper = letters.iter().filter(|c| c.is_uppercase()).count();
    match (letters.is_empty(), digits, upper) {
        (true, true, _) => 7,
        (true, false, _) => 6,
        (_, true, _) => 5,
        (_, _, 0) => 0,
        (_, _, n) if n == letters.len() => {
            if n > 1 {
                1
            } else {
                3
            }
        }
        (_, _, 1) if letters[0].is_uppercase() => 2,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_and_cases() {
        for (form, want_shape, want_case) in [
            ("Baku", "Xxx", 2),
            ("U.S.", "X.X.", 1),
            ("SU-25", "XX-dd", 5),
            ("2,000", "d,dd", 7),
            ("...", "..", 6),
            ("eBay", "xXxx", 4),
            ("a", "x", 0),
            ("I", "X", 3),
        ] {
            assert_eq!((shape(form).as_str(), case_class(form)), (want_shape, want_case), "{form}");
        }
    }

    #[test]
    fn any_form_has_rows_inside_the_tables() {
        let buckets = Buckets { prefix: 7, suffix: 5, gram: 11 };
        for form in ["", "'", "x", "…", "é́", "\u{0}", "a\u{202e}b", &"ß".repeat(1000)] {
            rows(form, &[1, 2, 3], buckets, |group, row| {
                let limit = [3, 7, 5, 11, SHAPE_ROWS as u32][group];
                assert!(row < limit, "{form:?} {group} {row}");
            });
        }
    }
}
