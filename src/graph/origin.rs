//! Which articles reprint one story: MinHash fingerprints of word shingles, candidates by banding, groups by union-find.
//!
//! A wire story printed by five papers is one source, also when words were changed or the last paragraphs cut. Linear in
//! the number of articles. (Broder, "On the resemblance and containment of documents", 1997.)

use crate::model::{ArticleRef, hex};
use foldhash::HashMap;
use sha2::{Digest, Sha256};

/// Words in a shingle: long enough that two stories on one event share few.
const SHINGLE: usize = 4;
/// Rows a band. With 21 bands, articles that share half their shingles meet with probability 0.94, 0.1 with 0.02.
const ROWS: usize = 3;
const BANDS: usize = 21;
const HASHES: usize = ROWS * BANDS;
/// The share of equal hashes from which two articles count as one story.
const SAME: usize = HASHES * 2 / 5;

/// What a text is like, for [`ArticleRef::fingerprint`]: one byte of MinHash for each of 63 hash functions, in
/// hexadecimal. Texts that share much have many equal bytes. Linear in the text.
///
/// ```
/// use newsgraph::graph::fingerprint;
/// let text = "The two sides met on Tuesday in the border town and agreed to exchange prisoners by Friday.";
/// assert_eq!(fingerprint(text), fingerprint(&text.replace(' ', "\n").to_uppercase()));
/// ```
pub fn fingerprint(text: &str) -> String {
    let words: Vec<u64> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(word).collect();
    let mut least = [u64::MAX; HASHES];
    for shingle in words.windows(SHINGLE.min(words.len().max(1))) {
        let base = shingle.iter().fold(0, |h: u64, w| mix(h.rotate_left(17) ^ w));
        for (i, slot) in least.iter_mut().enumerate() {
            *slot = (*slot).min(mix(base ^ (i as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)));
        }
    }
    least.iter().map(|h| format!("{:02x}", mix(*h) as u8)).collect()
}

/// FNV-1a over the lower-case word.
fn word(word: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for c in word.chars().flat_map(char::to_lowercase) {
        hash = (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash
}

/// The finalizer of SplitMix64.
fn mix(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// The origin of each article: equal for those that reprint one story, and named by its content, not by its order.
pub(super) fn group<'a>(articles: impl Iterator<Item = &'a ArticleRef>) -> Vec<String> {
    let keys: Vec<(Vec<u8>, &str)> = articles.map(|a| (bytes(a.fingerprint.as_deref()), a.sha256.as_str())).collect();
    let mut groups = Groups::new(keys.len());
    for band in 0..BANDS {
        for bucket in buckets(&keys, band) {
            unite(&mut groups, &keys, &bucket);
        }
    }
    let mut least: HashMap<usize, usize> = HashMap::default();
    for i in 0..keys.len() {
        let best = least.entry(groups.root(i)).or_insert(i);
        *best = if keys[i] < keys[*best] { i } else { *best };
    }
    (0..keys.len()).map(|i| name(&keys[least[&groups.root(i)]])).collect()
}

fn bytes(hex: Option<&str>) -> Vec<u8> {
    let digits = hex.unwrap_or_default().as_bytes();
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let out: Vec<u8> = digits.chunks(2).map_while(byte).collect();
    // A fingerprint of another make says nothing.
    if out.len() == HASHES { out } else { Vec::new() }
}

fn buckets(keys: &[(Vec<u8>, &str)], band: usize) -> Vec<Vec<usize>> {
    let mut buckets: HashMap<&[u8], Vec<usize>> = HashMap::default();
    for (i, (print, _)) in keys.iter().enumerate() {
        if let Some(rows) = print.get(band * ROWS..(band + 1) * ROWS) {
            buckets.entry(rows).or_default().push(i);
        }
    }
    buckets.into_values().filter(|b| b.len() > 1).collect()
}

/// Compares each article of a bucket with its neighbour and with the first, in order of content: linear, and the same for
/// every order in which they came.
fn unite(groups: &mut Groups, keys: &[(Vec<u8>, &str)], bucket: &[usize]) {
    let mut sorted = bucket.to_vec();
    sorted.sort_by_key(|&i| &keys[i]);
    for pair in sorted.windows(2) {
        for other in [pair[0], sorted[0]] {
            if alike(&keys[other].0, &keys[pair[1]].0) {
                groups.join(other, pair[1]);
            }
        }
    }
}

fn alike(a: &[u8], b: &[u8]) -> bool {
    a.iter().zip(b).filter(|(x, y)| x == y).count() >= SAME
}

fn name((print, sha256): &(Vec<u8>, &str)) -> String {
    let mut hash = Sha256::new();
    hash.update(print);
    hash.update(sha256.as_bytes());
    hex(&hash.finalize()[..6])
}

/// Disjoint sets.
struct Groups {
    parent: Vec<usize>,
}

impl Groups {
    fn new(n: usize) -> Groups {
        Groups { parent: (0..n).collect() }
    }

    fn root(&mut self, mut i: usize) -> usize {
        while self.parent[i] != i {
            self.parent[i] = self.parent[self.parent[i]];
            i = self.parent[i];
        }
        i
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sentences that share no shingle with those of another seed.
    fn story(seed: u64, sentences: usize) -> String {
        let mut state = seed;
        let mut word = || {
            state = mix(state.wrapping_add(0x9e37_79b9_7f4a_7c15));
            format!("w{}", state % 5000)
        };
        (0..sentences * 12).map(|_| word() + " ").collect()
    }

    fn article(id: &str, text: &str) -> ArticleRef {
        let mut a = crate::Article::new(id, text).reference();
        a.fingerprint = Some(fingerprint(text));
        a
    }

    #[test]
    fn a_reprint_is_the_same_source_and_another_story_is_not() {
        let wire = story(1, 40);
        let cut: String = wire.chars().take(wire.len() * 2 / 3).collect();
        let edited = format!("DALAN (Agency) {} Editing by A. B.", wire.replace("w7 ", "ww7 "));
        let other = story(2, 40);
        let all = [article("a", &wire), article("b", &cut), article("c", &other), article("d", &edited)];
        let origins = group(all.iter());
        assert_eq!((&origins[0], &origins[0]), (&origins[1], &origins[3]));
        assert_ne!(origins[0], origins[2]);
    }

    #[test]
    fn order_does_not_matter() {
        let mut all: Vec<ArticleRef> =
            (0..60).map(|i| article(&format!("a{i}"), &story(i / 3, 30 + i as usize % 3))).collect();
        let there = group(all.iter());
        all.reverse();
        let mut back = group(all.iter());
        back.reverse();
        assert_eq!(there, back);
        assert_eq!(there.iter().collect::<std::collections::BTreeSet<_>>().len(), 20);
    }

    #[test]
    fn any_text_has_a_fingerprint() {
        for text in ["", "one", "two words", "§§§", "😀 😀 😀 😀 😀"] {
            assert_eq!(fingerprint(text).len(), 2 * HASHES, "{text:?}");
        }
    }
}
