//! Work that takes a while: a few at once on threads of their own, each with a largest answer and a time.

use super::{PATIENCE, Service, Shared, problem};
use crate::{Error, Result};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::io::{self, Write};
use std::time::Duration;

/// How much longer work that stops itself in time may take to say so.
const LEEWAY: Duration = Duration::from_secs(2);

/// Waits for a turn, does the work on a thread that may block, and answers with what it wrote: a media type and bytes. Work
/// that is not done in time keeps its turn to the end, so that no more runs at once than may; each has an end of its own.
pub async fn answer<F>(service: Shared, work: F) -> Response
where
    F: FnOnce(&Service, &mut Page) -> Result<HeaderValue> + Send + 'static,
{
    let turn = match tokio::time::timeout(PATIENCE, service.turns.clone().acquire_owned()).await {
        Ok(Ok(turn)) => turn,
        _ => return problem::of(StatusCode::SERVICE_UNAVAILABLE, "too much is asked at once; ask again later"),
    };
    let time = service.config.time;
    let done = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let mut page = Page { bytes: Vec::new(), most: service.config.answer };
        let kind = work(&service, &mut page)?;
        Ok::<_, Error>((kind, page.bytes))
    });
    let Ok(done) = tokio::time::timeout(time + LEEWAY, done).await else {
        let sentence = format!("the answer took longer than {} s; ask for less", time.as_secs_f64());
        return problem::of(StatusCode::SERVICE_UNAVAILABLE, sentence);
    };
    match done {
        Ok(Ok((kind, bytes))) => ([(header::CONTENT_TYPE, kind)], bytes).into_response(),
        Ok(Err(error)) => problem::from_error(&error),
        Err(_) => problem::of(StatusCode::INTERNAL_SERVER_ERROR, "the answer could not be worked out"),
    }
}

/// An answer in the making, which grows no further than it may.
pub struct Page {
    bytes: Vec<u8>,
    most: usize,
}

impl Page {
    /// Fills it, and says so if it became too large.
    pub fn fill(&mut self, fill: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
        let filled = fill(self);
        if self.bytes.len() > self.most {
            let most = self.most >> 20;
            return Err(Error::Limit(format!("the answer is larger than {most} MiB; ask for less, or add LIMIT")));
        }
        filled
    }
}

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        // The rest is not worth working out.
        if self.bytes.len() > self.most { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes.len()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
