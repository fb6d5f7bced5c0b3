//! Progress on standard error while it is a terminal, and the messages of inputs that failed, counted.

use super::Outcome;
use crate::{Error, Result};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Counts what was done and what failed.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    failed: usize,
}

impl Progress {
    /// Counts things of that name, in the plural: "articles". Without a terminal nothing is shown.
    pub fn new(things: &str) -> Progress {
        let template = format!("{{spinner}} {{human_pos}} {things}, {{per_sec}}, {{elapsed}}");
        let style = ProgressStyle::with_template(&template).unwrap_or_else(|_| ProgressStyle::default_spinner());
        Progress { bar: ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()).with_style(style), failed: 0 }
    }

    /// One more is done.
    pub fn tick(&self) {
        self.bar.inc(1);
    }

    /// One failed: it is named, and the exit code will say so.
    pub fn fail(&mut self, error: &Error) {
        self.failed += 1;
        self.bar.suspend(|| super::say(error));
    }

    /// The thing that was read, or none after naming the error.
    pub fn keep<T>(&mut self, result: Result<T>) -> Option<T> {
        result.inspect_err(|error| self.fail(error)).ok()
    }

    /// Clears the line and says how it went.
    pub fn finish(self) -> Outcome {
        self.bar.finish_and_clear();
        if self.failed > 0 { Outcome::SomeFailed } else { Outcome::Done }
    }
}
