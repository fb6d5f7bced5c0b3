//! A time limit: a watcher that cancels the evaluation when time is up.
//!
//! The evaluator looks at the token whenever it reads a triple, and the answer whenever it hands on a row; `plan` refuses
//! what would do neither for long.

use crate::error::Error;
use oxigraph::sparql::{CancellationToken, QueryEvaluationError};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// Cancels a token in time, unless it is dropped before.
pub struct Deadline {
    token: CancellationToken,
    limit: Option<Duration>,
    /// Dropping it ends the watcher.
    _watched: Option<Sender<()>>,
}

impl Deadline {
    /// Starts to count.
    pub fn start(limit: Option<Duration>, token: CancellationToken) -> Deadline {
        let watched = limit.map(|limit| watch(limit, token.clone()));
        Deadline { token, limit, _watched: watched }
    }

    /// Fails when time is up.
    pub fn check(&self) -> Result<(), Error> {
        if self.token.is_cancelled() { Err(self.up()) } else { Ok(()) }
    }

    /// What an error of the evaluation means to the user.
    pub fn explain(&self, error: QueryEvaluationError) -> Error {
        match error {
            QueryEvaluationError::Cancelled => self.up(),
            other => Error::Query(format!("the query cannot be answered: {other}")),
        }
    }

    fn up(&self) -> Error {
        let limit = self.limit.unwrap_or_default().as_secs_f64();
        Error::Limit(format!(
            "the query took longer than {limit} s and was stopped; ask for less, or give it more time"
        ))
    }
}

fn watch(limit: Duration, token: CancellationToken) -> Sender<()> {
    let (watched, dropped) = channel();
    std::thread::spawn(move || {
        if dropped.recv_timeout(limit) == Err(RecvTimeoutError::Timeout) {
            token.cancel();
        }
    });
    watched
}
