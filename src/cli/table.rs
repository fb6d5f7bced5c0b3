//! Tables on a terminal: columns aligned by the width that characters have there, cells wrapped so that the table fits,
//! colours only where they are shown.

use std::io::{IsTerminal, Write};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How wide a table is that does not go to a terminal.
const WIDTH: usize = 120;
/// No column is made narrower than this, nor than its longest word, unless that is longer than the second.
const NARROWEST: usize = 8;
const WORD: usize = 12;
const GAP: &str = "  ";

/// Rows of cells under headings.
#[derive(Debug, Clone, Default)]
pub struct Table {
    columns: Vec<(String, Align)>,
    rows: Vec<Vec<(String, Tone)>>,
}

/// Which side of a column its cells stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// How a cell is set off from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// As the terminal writes.
    Plain,
    /// A heading.
    Strong,
    /// What matters less.
    Faint,
    /// What is vouched for.
    Good,
    /// What is in doubt.
    Doubtful,
    /// What is contradicted.
    Bad,
}

impl Tone {
    /// The number of the ANSI rendition.
    fn code(self) -> Option<u8> {
        match self {
            Tone::Plain => None,
            Tone::Strong => Some(1),
            Tone::Faint => Some(2),
            Tone::Good => Some(32),
            Tone::Doubtful => Some(33),
            Tone::Bad => Some(31),
        }
    }
}

/// What a table is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// Columns of characters.
    pub width: usize,
    /// Whether colours are shown.
    pub colour: bool,
}

impl Screen {
    /// Standard output as it is: its width if it is a terminal, colours if it has any and `NO_COLOR` does not forbid them.
    pub fn stdout() -> Screen {
        let stdout = std::io::stdout();
        let wide = terminal_size::terminal_size().filter(|_| stdout.is_terminal());
        let width = wide.map_or(WIDTH, |(terminal_size::Width(w), _)| usize::from(w));
        let colour = anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never;
        Screen { width, colour }
    }

    /// A text in a tone.
    pub fn paint(self, text: &str, tone: Tone) -> String {
        match tone.code() {
            Some(code) if self.colour && !text.is_empty() => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            _ => text.to_owned(),
        }
    }
}

impl Table {
    /// A table with these headings.
    pub fn new(columns: impl IntoIterator<Item = (String, Align)>) -> Table {
        Table { columns: columns.into_iter().collect(), rows: Vec::new() }
    }

    /// Adds a row with a cell for each column.
    pub fn push(&mut self, row: impl IntoIterator<Item = (String, Tone)>) {
        self.rows.push(row.into_iter().map(|(text, tone)| (clean(&text), tone)).collect());
    }

    /// Takes columns away in which no row has anything.
    pub fn drop_empty(&mut self) {
        let full: Vec<bool> =
            (0..self.columns.len()).map(|i| self.rows.iter().any(|row| !row[i].0.is_empty())).collect();
        let keep = |i: &mut usize| {
            *i += 1;
            full[*i - 1]
        };
        let mut at = 0;
        self.columns.retain(|_| keep(&mut at));
        for row in &mut self.rows {
            at = 0;
            row.retain(|_| keep(&mut at));
        }
    }

    /// Writes it.
    pub fn write(&self, screen: Screen, out: &mut dyn Write) -> std::io::Result<()> {
        let widths = self.widths(screen.width);
        let heads: Vec<(String, Tone)> = self.columns.iter().map(|(name, _)| (name.clone(), Tone::Strong)).collect();
        let rule: Vec<(String, Tone)> = widths.iter().map(|w| ("─".repeat(*w), Tone::Faint)).collect();
        let tall = self.rows.iter().any(|row| row.iter().any(|(text, _)| text.contains('\n')));
        for (i, row) in [&heads, &rule].into_iter().chain(&self.rows).enumerate() {
            if tall && i > 2 {
                writeln!(out)?;
            }
            self.write_row(row, &widths, screen, out)?;
        }
        Ok(())
    }

    fn write_row(
        &self,
        row: &[(String, Tone)],
        widths: &[usize],
        screen: Screen,
        out: &mut dyn Write,
    ) -> std::io::Result<()> {
        let cells: Vec<Vec<String>> = row.iter().zip(widths).map(|((text, _), width)| wrap(text, *width)).collect();
        for i in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
            let mut line = String::new();
            for (c, lines) in cells.iter().enumerate() {
                let text = lines.get(i).map_or("", String::as_str);
                let room = " ".repeat(widths[c].saturating_sub(text.width()));
                let painted = screen.paint(text, row[c].1);
                match self.columns[c].1 {
                    Align::Left => line.extend([painted.as_str(), &room]),
                    Align::Right => line.extend([room.as_str(), &painted]),
                }
                line.push_str(GAP);
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }

    /// How wide each column is: as its widest line, or less where all together are too wide, the widest first.
    fn widths(&self, screen: usize) -> Vec<usize> {
        let widest =
            |i: usize| self.rows.iter().flat_map(move |row| row[i].0.lines()).map(str::width).max().unwrap_or(0);
        let mut widths: Vec<usize> =
            self.columns.iter().enumerate().map(|(i, (name, _))| name.width().max(widest(i))).collect();
        let word = |i: usize| self.rows.iter().flat_map(move |row| row[i].0.split_whitespace()).map(str::width).max();
        let least: Vec<usize> = (0..widths.len()).map(|i| word(i).unwrap_or_default().clamp(NARROWEST, WORD)).collect();
        let gaps = GAP.len() * widths.len().saturating_sub(1);
        while widths.iter().sum::<usize>() + gaps > screen {
            let shrinks = |(i, w): &(usize, &usize)| self.columns[*i].1 == Align::Left && **w > least[*i];
            let Some((i, _)) = widths.iter().enumerate().filter(shrinks).max_by_key(|(_, w)| **w) else { break };
            widths[i] -= 1;
        }
        widths
    }
}

/// A text without what would move the cursor, ring, or turn the line around; line ends stay.
fn clean(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|c| !turns(*c)).map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect()
}

/// Lines of at most so many columns, cut between words where there are any.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split(' ') {
            let joined = if line.is_empty() { word.width() } else { line.width() + 1 + word.width() };
            if joined > width && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            break_word(word, width, &mut line, &mut lines);
        }
        lines.push(line);
    }
    lines
}

/// Adds a word to a line, cut where it is wider than a line.
fn break_word(word: &str, width: usize, line: &mut String, lines: &mut Vec<String>) {
    for c in word.chars() {
        if line.width() + c.width().unwrap_or(0) > width && !line.is_empty() {
            lines.push(std::mem::take(line));
        }
        line.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(rows: &[[&str; 3]], width: usize) -> String {
        let columns = [("who", Align::Left), ("said", Align::Left), ("sure", Align::Right)];
        let mut table = Table::new(columns.map(|(name, align)| (name.to_owned(), align)));
        rows.iter().for_each(|row| table.push(row.map(|cell| (cell.to_owned(), Tone::Plain))));
        table.drop_empty();
        let mut out = Vec::new();
        table.write(Screen { width, colour: false }, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn columns_are_as_wide_as_they_look() {
        let found = shown(&[["İlham Əliyev", "北京", "0.9"], ["Ali", "e\u{301}", "0.85"]], 80);
        let expected = "\
who           said  sure
────────────  ────  ────
İlham Əliyev  北京   0.9
Ali           e\u{301}     0.85
";
        assert_eq!(found, expected);
    }

    #[test]
    fn cells_wrap_to_fit_and_empty_columns_go() {
        let found = shown(&[["Armenia", "the claim is a lie from beginning to end", ""]], 30);
        let expected = "\
who      said
───────  ─────────────────────
Armenia  the claim is a lie
         from beginning to end
";
        assert_eq!(found, expected);
        assert_eq!(wrap("aaaaaaaa bb", 3), ["aaa", "aaa", "aa", "bb"]);
    }

    #[test]
    fn nothing_in_a_cell_moves_the_cursor() {
        assert_eq!(clean("a\u{1b}[31mb\r\u{202e}c\nd"), "a [31mb c\nd");
    }

    #[test]
    fn colours_are_for_those_who_see_them() {
        assert_eq!(Screen { width: 9, colour: true }.paint("no", Tone::Bad), "\u{1b}[31mno\u{1b}[0m");
        assert_eq!(Screen { width: 9, colour: false }.paint("no", Tone::Bad), "no");
    }
}
