//! Bytes to text: byte order marks, UTF-8, UTF-16, UTF-32, the charset a page declares, and else the likeliest legacy encoding.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE};

/// How many bytes are looked at to tell UTF-16 from anything else.
const HEAD: usize = 8192;

/// The text that the bytes spell; an error says what they are if that is no text. `html` allows the page to declare its charset.
///
/// Bytes that fit no encoding become U+FFFD. A byte order mark is not part of the text.
pub(super) fn text(bytes: Vec<u8>, html: bool) -> Result<String, String> {
    // The mark of UTF-32 begins with that of UTF-16.
    if let Some(text) = utf32(&bytes) {
        return Ok(text);
    }
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return Ok(encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned());
    }
    refuse_binary(&bytes)?;
    if let Some(encoding) = utf16_without_mark(&bytes) {
        return Ok(encoding.decode_without_bom_handling(&bytes).0.into_owned());
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(error) => Ok(legacy(error.as_bytes(), html)),
    }
}

/// UTF-32 by its byte order mark; encodings of the web have none of it.
fn utf32(bytes: &[u8]) -> Option<String> {
    let number = match bytes.get(..4)? {
        b"\xff\xfe\0\0" => u32::from_le_bytes,
        b"\0\0\xfe\xff" => u32::from_be_bytes,
        _ => return None,
    };
    let (characters, _) = bytes[4..].as_chunks();
    Some(characters.iter().map(|&c| char::from_u32(number(c)).unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}

/// English in UTF-16 has a zero in nearly every other byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(HEAD) & !1];
    let pairs = head.len() / 2;
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|&&b| b == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    if pairs < 2 {
        None
    } else if second * 10 > pairs * 7 && first * 10 < pairs {
        Some(UTF_16LE)
    } else if first * 10 > pairs * 7 && second * 10 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// How files of other kinds begin, and what they are; none of it begins a text.
const BINARY: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "an archive or office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x89PNG\r\n\x1a\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF87a", "a picture"),
    (b"GIF89a", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"\0\0\x01\0", "a picture"),
    (b"BZh91AY&SY", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "an archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "a database"),
    (b"PAR1", "a Parquet table"),
];

/// Refuses a file that its first bytes show to be no text. All else is read, whatever bytes it holds.
fn refuse_binary(bytes: &[u8]) -> Result<(), String> {
    match BINARY.iter().find(|(start, _)| bytes.starts_with(start)) {
        Some((_, what)) => Err(format!("this is {what}; give text, Markdown, HTML, JSON or JSON lines")),
        None => Ok(()),
    }
}

fn legacy(bytes: &[u8], html: bool) -> String {
    if is_damaged_utf8(bytes) {
        return UTF_8.decode_without_bom_handling(bytes).0.into_owned();
    }
    let declared = if html { declared(bytes) } else { None };
    let encoding = declared.unwrap_or_else(|| guess(bytes));
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// Whether most of what is not ASCII is well-formed UTF-8, so that the rest is damage and not another encoding.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 2 * bad
}

/// The charset that a page declares in its first kilobyte, if it is one of the Encoding Standard.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let after = head.split("charset=").nth(1)?.trim_start_matches(['"', '\'', ' ']);
    let label = after.split(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).next()?;
    Encoding::for_label(label.as_bytes()).filter(|encoding| encoding.is_ascii_compatible() && *encoding != UTF_8)
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    if is_mac_roman(bytes) {
        return MACINTOSH;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Whether apostrophes within words are those of old Macs and none those of Windows: "it\xd5s" would hold an Õ there.
fn is_mac_roman(bytes: &[u8]) -> bool {
    let apostrophe =
        |w: &[u8], mark: u8| w[1] == mark && w[0].is_ascii_lowercase() && matches!(w[2], b's' | b't' | b' ');
    let count = |mark: u8| bytes.windows(3).filter(|w| apostrophe(w, mark)).count();
    count(0xd5) > count(0x92)
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{KOI8_R, WINDOWS_1250, WINDOWS_1252};

    const ENGLISH: &str = "President Erdo\u{f6}\u{f1}an\u{2019}s spokesman called the caf\u{e9} attack \u{201c}vile\u{201d} \u{2013} again.";

    fn check(bytes: &[u8], html: bool, expected: &str) {
        assert_eq!(text(bytes.to_vec(), html).as_deref(), Ok(expected));
    }

    #[test]
    fn unicode_with_and_without_marks() {
        check("Ağdam".as_bytes(), false, "Ağdam");
        check("\u{feff}Ağdam".as_bytes(), false, "Ağdam");
        let little: Vec<u8> = "Aghdam fell".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "\u{feff}Ağdam".encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&little, false, "Aghdam fell");
        check(&big, false, "Ağdam");
        let wide =
            |bytes: fn(u32) -> [u8; 4]| "\u{feff}Ağdam 😀".chars().flat_map(|c| bytes(c.into())).collect::<Vec<u8>>();
        check(&wide(u32::to_le_bytes), false, "Ağdam 😀");
        check(&wide(u32::to_be_bytes), false, "Ağdam 😀");
    }

    #[test]
    fn legacy_encodings_are_guessed() {
        check(&WINDOWS_1252.encode(ENGLISH).0, false, ENGLISH);
        // encoding_rs only reads Mac Roman.
        check(b"The army\xd5s men said \xd2no\xd3 \xd0 caf\x8e.", false, "The army’s men said “no” – café.");
    }

    #[test]
    fn a_page_may_declare_its_charset() {
        let page = |charset: &str, words: &str| format!("<meta charset=\"{charset}\"><p>{words}</p>");
        let polish = page("windows-1250", "Łódź");
        check(&WINDOWS_1250.encode(&polish).0, true, &polish);
        let russian = page("koi8-r", "Шуша");
        check(&KOI8_R.encode(&russian).0, true, &russian);
    }

    #[test]
    fn damage_does_not_change_the_encoding() {
        let mut bytes = "Çavuşoğlu and Erdoğan ".as_bytes().to_vec();
        bytes.push(0xff);
        check(&bytes, false, "Çavuşoğlu and Erdoğan \u{fffd}");
    }

    #[test]
    fn what_is_not_text_is_refused_by_how_it_begins() {
        for (start, what) in BINARY {
            let bytes = [start, &b" and more"[..]].concat();
            assert!(text(bytes, false).unwrap_err().starts_with(&format!("this is {what};")), "{what}");
        }
    }

    #[test]
    fn text_may_hold_any_bytes() {
        check(b"a stray \0 in a line", false, "a stray \0 in a line");
        check(b"\x01\x02\x03\0\x1b[31mRed\x07\x07\x07", false, "\x01\x02\x03\0\x1b[31mRed\x07\x07\x07");
        check(&[0; 9], false, "\0\0\0\0\0\0\0\0\0");
        assert!(text(vec![0x80, 0xff, 0, 1, 0xc3], false).is_ok());
    }
}
