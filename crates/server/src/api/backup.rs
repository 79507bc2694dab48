//! `/api/v1/backup`: the whole workspace as one archive, while it works.

use std::io;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;
use milieu_engine::journeys::back_up::{Backup, begin_backup, note_backup};
use tokio::sync::mpsc;

use crate::app::SharedApp;
use crate::auth::{Asker, SessionSecret};
use crate::problem::{Problem, WriteProblems};

/// How many pieces may wait for a slow reader.
const WAITING: usize = 4;
/// How big a piece is.
const PIECE: usize = 256 * 1024;

/// Gives an archive out as it is made. What breaks it off breaks the connection off, and
/// an archive without its end is refused by whoever reads it.
#[utoipa::path(
    post, path = "/backup", operation_id = "make_backup", tag = "operation",
    responses(
        (status = 200, description = "The archive: keep it as you keep passwords.", body = String, content_type = "application/octet-stream"),
        WriteProblems,
    ),
)]
pub(super) async fn make(
    State(app): State<SharedApp>,
    Asker(who): Asker,
    session: Result<SessionSecret, Problem>,
) -> Result<Response, Problem> {
    let secret = session.ok().map(|SessionSecret(secret)| secret);
    let backup = begin_backup(&app.engine, &who, secret.as_deref()).await?;
    let (pieces, given) = mpsc::channel(WAITING);
    tokio::spawn(give(app, backup, pieces));
    let body = stream::unfold(given, |mut given: mpsc::Receiver<_>| async {
        let piece: io::Result<Bytes> = given.recv().await?;
        Some((piece, given))
    });
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream"),
        (header::CACHE_CONTROL, "no-store"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"workspace.milieu\"",
        ),
    ];
    Ok((headers, Body::from_stream(body)).into_response())
}

async fn give(app: SharedApp, backup: Backup, pieces: mpsc::Sender<io::Result<Bytes>>) {
    let out = Pieces {
        pieces: pieces.clone(),
        piece: Vec::with_capacity(PIECE),
    };
    let written = tokio::task::spawn_blocking(move || backup.write(out)).await;
    let error = match written {
        Ok(Ok(_)) => match note_backup(&app.engine).await {
            Ok(()) => return,
            Err(error) => {
                tracing::warn!(%error, "a backup was given out and could not be noted");
                return;
            }
        },
        Ok(Err(error)) => error.to_string(),
        Err(error) => error.to_string(),
    };
    tracing::error!(error, "a backup broke off");
    // Whoever has gone need not be told.
    drop(pieces.send(Err(io::Error::other(error))).await);
}

/// Passes what is written on in pieces, and waits while too many wait.
struct Pieces {
    pieces: mpsc::Sender<io::Result<Bytes>>,
    piece: Vec<u8>,
}

impl io::Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if PIECE <= self.piece.len() {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE));
        let sent = self.pieces.blocking_send(Ok(piece.into()));
        sent.map_err(|_| io::Error::new(io::ErrorKind::BrokenPipe, "nobody reads it any more"))
    }
}
