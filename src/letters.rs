//! Letters without case and diacritics: what names are compared by, in articles and in questions alike.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The letters that a letter folds to, without case and diacritics.
pub(crate) fn fold_char(c: char, mut add: impl FnMut(char)) {
    if c.is_ascii() {
        return add(c.to_ascii_lowercase());
    }
    for lower in c.to_lowercase() {
        match undecomposed(lower) {
            Some(letters) => letters.chars().for_each(&mut add),
            None => std::iter::once(lower).nfd().filter(|d| !is_combining_mark(*d)).for_each(&mut add),
        }
    }
}

/// Letters with a stroke, ligatures and their like, which Unicode does not decompose.
fn undecomposed(c: char) -> Option<&'static str> {
    Some(match c {
        'ı' => "i",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ə' | 'ǝ' => "a",
        'þ' => "th",
        _ => return None,
    })
}
