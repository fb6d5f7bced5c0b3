//! The page around the data: markup, the bundle, and a policy under which nothing else can run or be fetched.

use crate::error::Result;
use sha2::{Digest, Sha256};
use std::io::Write;

const SCRIPT: &str = include_str!("web/dist/explorer.js");
const STYLE: &str = include_str!("web/dist/explorer.css");

/// Writes a page with its data inside.
pub fn write(title: Option<&str>, out: &mut dyn Write, data: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    head(title, "'none'", out)?;
    out.write_all(b"<script id=\"data\" type=\"application/json\">")?;
    data(out)?;
    out.write_all(b"</script>\n")?;
    foot(out)
}

/// Writes a page that fetches its data.
pub fn write_shell(out: &mut dyn Write) -> Result<()> {
    head(None, "'self'", out)?;
    foot(out)
}

fn head(title: Option<&str>, connect: &str, out: &mut dyn Write) -> Result<()> {
    let title = escape(title.unwrap_or("newsgraph"));
    writeln!(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">", policy(connect))?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(
        out,
        "<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"color-scheme\" content=\"light dark\">"
    )?;
    writeln!(out, "<title>{title}</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>{STYLE}</style>\n</head>")?;
    writeln!(out, "<body>\n<div id=\"app\"><p class=\"boot\">Drawing the graph …</p></div>")?;
    writeln!(
        out,
        "<noscript><p class=\"boot\">This page needs JavaScript, which stays on your machine.</p></noscript>"
    )?;
    Ok(())
}

fn foot(out: &mut dyn Write) -> Result<()> {
    writeln!(out, "<script>{SCRIPT}</script>\n</body>\n</html>")?;
    Ok(())
}

/// Only the bundle runs and only its style counts, known by their hashes; pictures are those that the page draws itself.
/// Trusted types make a browser refuse any text that is handed to it as markup.
fn policy(connect: &str) -> String {
    let (script, style) = (hash(SCRIPT), hash(STYLE));
    format!(
        "default-src 'none'; script-src '{script}'; style-src '{style}'; img-src data: blob:; connect-src {connect}; \
         base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )
}

fn hash(text: &str) -> String {
    format!("sha256-{}", base64(&Sha256::digest(text.as_bytes())))
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Base64 (RFC 4648 §4).
fn base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = (0..3).fold(0u32, |sum, i| sum << 8 | u32::from(chunk.get(i).copied().unwrap_or_default()));
        for digit in 0..4 {
            let value = (group >> (18 - 6 * digit)) & 63;
            out.push(if digit <= chunk.len() { char::from(DIGITS[value as usize]) } else { '=' });
        }
    }
    out
}

/// Text as it stands in markup.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_rfc() {
        let cases = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")];
        for (text, expected) in cases {
            assert_eq!(base64(text.as_bytes()), expected);
        }
    }

    #[test]
    fn the_bundle_cannot_end_its_own_element() {
        assert!(!SCRIPT.to_ascii_lowercase().contains("</script") && !SCRIPT.contains("<!--"));
        assert!(!STYLE.to_ascii_lowercase().contains("</style"));
    }

    #[test]
    fn a_title_is_text() {
        let mut out = Vec::new();
        write(Some("</title><img src=x onerror=alert(1)>"), &mut out, |_| Ok(())).unwrap();
        let page = String::from_utf8(out).unwrap();
        assert!(page.contains("<title>&lt;/title&gt;&lt;img src=x onerror=alert(1)&gt;</title>"));
        assert!(page.contains("connect-src 'none'") && !page.contains("<img"));
    }

    #[test]
    fn the_shell_may_fetch_from_where_it_came() {
        let mut out = Vec::new();
        write_shell(&mut out).unwrap();
        let page = String::from_utf8(out).unwrap();
        assert!(page.contains("connect-src 'self'") && !page.contains("application/json"));
    }
}
