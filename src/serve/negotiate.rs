//! Which of the formats that we can write a client likes best (RFC 9110, section 12.5.1).

/// One entry of an `Accept` header.
struct Range<'h> {
    kind: &'h str,
    subtype: &'h str,
    quality: f32,
}

/// The best of the offers, each a media type with what stands for it, the first of equals; none if none is accepted.
pub fn best<T: Copy>(accept: Option<&str>, offers: &[(&str, T)]) -> Option<T> {
    let Some(accept) = accept.filter(|accept| !accept.trim().is_empty()) else { return Some(offers.first()?.1) };
    let ranges: Vec<Range<'_>> = accept.split(',').filter_map(range).collect();
    let mut best: Option<(f32, T)> = None;
    for (offer, value) in offers {
        let quality = quality(offer, &ranges);
        if quality > best.map_or(0.0, |(most, _)| most) {
            best = Some((quality, *value));
        }
    }
    best.map(|(_, value)| value)
}

fn range(text: &str) -> Option<Range<'_>> {
    let mut parts = text.split(';').map(str::trim);
    let (kind, subtype) = parts.next()?.split_once('/')?;
    let quality = parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q=")));
    let quality = quality.map_or(Some(1.0), |q| q.parse().ok()).filter(|q| (0.0..=1.0).contains(q))?;
    Some(Range { kind, subtype, quality })
}

/// What the most precise range that fits says.
fn quality(offer: &str, ranges: &[Range<'_>]) -> f32 {
    let bare = offer.split(';').next().unwrap_or(offer);
    let Some((kind, subtype)) = bare.split_once('/') else { return 0.0 };
    let precision = |range: &Range<'_>| match (range.kind, range.subtype) {
        ("*", "*") => Some(0),
        (k, "*") if k.eq_ignore_ascii_case(kind) => Some(1),
        (k, s) if k.eq_ignore_ascii_case(kind) && s.eq_ignore_ascii_case(subtype) => Some(2),
        _ => None,
    };
    let fitting = ranges.iter().filter_map(|range| Some((precision(range)?, range.quality)));
    fitting.max_by(|a, b| a.0.cmp(&b.0)).map_or(0.0, |(_, quality)| quality)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFERS: [(&str, u8); 3] = [("application/json", 1), ("text/csv; charset=utf-8", 2), ("text/plain", 3)];

    #[test]
    fn the_client_chooses() {
        let cases: [(Option<&str>, Option<u8>); 10] = [
            (None, Some(1)),
            (Some(""), Some(1)),
            (Some("*/*"), Some(1)),
            (Some("text/*"), Some(2)),
            (Some("text/csv;q=0.5, text/plain;q=0.7"), Some(3)),
            (Some("TEXT/CSV"), Some(2)),
            (Some("*/*, application/json;q=0"), Some(2)),
            (Some("image/png"), None),
            (Some("image/png, */*;q=0.1"), Some(1)),
            (Some("nonsense, text/csv;q=high"), None),
        ];
        for (accept, expected) in cases {
            assert_eq!(best(accept, &OFFERS), expected, "{accept:?}");
        }
    }
}
