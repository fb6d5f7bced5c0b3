//! Bytes to text: byte order marks, UTF-8, UTF-16, the charset a page declares, and else the likeliest legacy encoding.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How many bytes are looked at to tell text from anything else.
const HEAD: usize = 8192;

/// The text that the bytes spell; an error says why they are not text. `html` allows the page to declare its charset.
///
/// Bytes that fit no encoding become U+FFFD. A byte order mark is not part of the text.
pub(super) fn text(bytes: Vec<u8>, html: bool) -> Result<String, String> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return Ok(encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned());
    }
    if let Some(encoding) = utf16_without_mark(&bytes) {
        return Ok(encoding.decode_without_bom_handling(&bytes).0.into_owned());
    }
    refuse_binary(&bytes)?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(error) => Ok(legacy(error.as_bytes(), html)),
    }
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

/// More than a tenth of control characters is no text, and a few formats that begin like text are named.
fn refuse_binary(bytes: &[u8]) -> Result<(), String> {
    if bytes.starts_with(b"%PDF-") {
        return Err("this is a PDF; convert it to text first".into());
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    let controls = head.iter().filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=31 | 127)).count();
    if controls * 10 > head.len() {
        return Err("this is not text; give text, Markdown, HTML, JSON or JSON lines".into());
    }
    Ok(())
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
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
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
    }

    #[test]
    fn legacy_encodings_are_guessed() {
        check(&WINDOWS_1252.encode(ENGLISH).0, false, ENGLISH);
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
    fn what_is_not_text_is_refused() {
        assert!(text(b"%PDF-1.7\n1 0 obj".to_vec(), false).unwrap_err().contains("PDF"));
        assert!(text(vec![0x89, b'P', 0, 0, 1, 2, 3, 0x10], false).unwrap_err().contains("not text"));
        check(b"a stray \0 in a longer line of text", false, "a stray \0 in a longer line of text");
    }
}
