//! A backup of a workspace, made while it works.
//!
//! The order makes the copy consistent. While changes of the control plane wait, the
//! learner's checkpoint is taken, then the log's end, then a copy of the database. So the
//! checkpoint is not ahead of the log, and whatever an event up to that end refers to is
//! in the database. Then changes go on, and entries of the log, which never change, are
//! written up to that end.

use std::fs::File;
use std::io::{Cursor, Write};
use std::path::PathBuf;
use std::sync::Arc;

use milieu_record::{Instant, LogPosition};
use milieu_store::{ArchiveError, ArchiveWriter, DataFolder, LogError, Manifest, Part};
use serde_json::json;
use tokio::sync::OwnedMutexGuard;

use crate::engine::trail;
use crate::error::Kind;
use crate::secrets::hash_secret;
use crate::{Engine, EngineError, Principal, clock, learner};

/// How long after a login its session may ask for the workspace's secrets.
const RECENT: i64 = Instant::HOUR;
/// The setting that remembers when the last backup was given out.
const SETTING: &str = "backed_up_at";

/// A moment of the workspace, ready to be written.
#[derive(Debug)]
pub struct Backup {
    engine: Arc<Engine>,
    control: Copy,
    ledger: Vec<u8>,
    end: LogPosition,
    _turn: OwnedMutexGuard<()>,
}

/// A copy of the control database that is removed when it is dropped.
#[derive(Debug)]
struct Copy(PathBuf);

impl Drop for Copy {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_file(&self.0) {
            tracing::warn!(%error, file = %self.0.display(), "a copy stays behind");
        }
    }
}

/// Takes hold of one moment; the trail tells who asked for it.
///
/// `session` is the secret of a person's login, which must be recent: whoever holds a
/// backup can sign decisions.
pub async fn begin_backup(
    engine: &Arc<Engine>,
    who: &Principal,
    session: Option<&str>,
) -> Result<Backup, EngineError> {
    who.must_own()?;
    check_recent(engine, who, session).await?;
    let turn = Arc::clone(&engine.backing_up).try_lock_owned();
    let turn = turn.map_err(|_| {
        let message = "another backup is being made: try again when it has ended";
        EngineError::new(Kind::Busy, "busy", message)
    })?;
    let (changes, mut writing) = engine.change().await?;
    let entry = trail(who, "backup.make", "workspace".to_owned(), &json!({}));
    writing.note(entry).await?;
    writing.commit().await?;
    learner::save(engine);
    let ledger = engine.checkpoint.raw().map_err(|error| io_error(&error))?;
    let end = *engine.log.tail().borrow();
    let control = copy_control(engine).await?;
    drop(changes);
    Ok(Backup {
        engine: Arc::clone(engine),
        control,
        ledger: ledger.unwrap_or_default(),
        end,
        _turn: turn,
    })
}

async fn check_recent(
    engine: &Engine,
    who: &Principal,
    session: Option<&str>,
) -> Result<(), EngineError> {
    if *who == Principal::Operator {
        return Ok(());
    }
    let known = match session {
        Some(secret) => engine.control.session(&hash_secret(secret)).await?,
        None => None,
    };
    if known.is_some_and(|session| clock::now().since(session.created_at) <= RECENT) {
        return Ok(());
    }
    let message = "a backup carries the workspace's secrets and needs a login of the last hour: \
                   log in again, or say --login NAME";
    Err(EngineError::new(Kind::Forbidden, "login-too-old", message))
}

async fn copy_control(engine: &Engine) -> Result<Copy, EngineError> {
    let file = engine.folder_path().join("control.backup");
    match std::fs::remove_file(&file) {
        // One that was left behind when the power went.
        Ok(()) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(io_error(&error)),
    }
    let copy = Copy(file);
    engine.control.copy_into(&copy.0).await?;
    Ok(copy)
}

impl Backup {
    /// Writes the archive. It blocks: the log may be long and the reader slow.
    #[allow(
        clippy::disallowed_methods,
        reason = "the copy was made a moment ago, by this journey"
    )]
    pub fn write(self, out: impl Write) -> Result<Manifest, EngineError> {
        let mut archive = ArchiveWriter::begin(out).map_err(failed)?;
        let control = File::open(&self.control.0).map_err(|error| io_error(&error))?;
        archive.part(Part::Control, control).map_err(failed)?;
        let ledger = Cursor::new(&self.ledger);
        archive.part(Part::Ledger, ledger).map_err(failed)?;
        let log = &self.engine.log;
        archive
            .log(|take| log.entries(self.end, take))
            .map_err(|Broken(error)| error)?;
        let about = Manifest {
            made_at: clock::now().to_string(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            workspace: self.engine.workspace().name.clone(),
            events: self.end.0,
            folder_format: DataFolder::newest_format(),
            parts: Vec::new(),
            blake3: String::new(),
        };
        archive.finish(about).map_err(failed)
    }
}

/// Notes that a backup was given out whole, for those who watch its age.
pub async fn note_backup(engine: &Engine) -> Result<(), EngineError> {
    let now = clock::now();
    let (_turn, mut writing) = engine.change().await?;
    writing.set(SETTING, &now.micros().to_string()).await?;
    writing.commit().await?;
    engine.backed_up.note(now);
    Ok(())
}

/// Reads when the last backup was given out.
pub(crate) async fn last_backup(
    control: &milieu_store::Control,
) -> Result<Option<Instant>, EngineError> {
    let micros = control.setting(SETTING).await?;
    Ok(micros
        .and_then(|micros| micros.parse().ok())
        .map(Instant::from_micros))
}

/// What stops an archive half-way: its own trouble or the log's.
struct Broken(EngineError);

impl From<ArchiveError> for Broken {
    fn from(error: ArchiveError) -> Self {
        Self(failed(error))
    }
}

impl From<LogError> for Broken {
    fn from(error: LogError) -> Self {
        Self(error.into())
    }
}

#[allow(
    clippy::needless_pass_by_value,
    reason = "it is what map_err takes, and ends here"
)]
fn failed(error: ArchiveError) -> EngineError {
    let message = format!("the backup could not be written: {error}");
    EngineError::new(Kind::Internal, "backup", message)
}

fn io_error(error: &std::io::Error) -> EngineError {
    let message = format!("the backup could not be made: {error}");
    EngineError::new(Kind::Internal, "backup", message)
}
