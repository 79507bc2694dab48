//! Whether a data folder is whole, found out without changing it: a copy is opened.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use milieu_culture::KnowledgeBase;
use milieu_record::{Instant, LogPosition};

use super::read_trail::verify_trail;
use crate::{Engine, EngineError, Principal};

/// What a folder's copy told when it was opened.
#[derive(Debug)]
pub struct Examined {
    /// What SQLite found broken in the control database; nothing, when it is whole.
    pub damage: Vec<String>,
    /// How many entries the trail has, or where it is broken.
    pub trail: Result<usize, EngineError>,
    /// How many events the log has, each of them read; or which cannot be read.
    pub events: Result<u64, EngineError>,
    /// How many events are not counted, though all were offered.
    pub lag: u64,
    /// The time of the newest entry of the trail and the newest event.
    pub newest: Option<Instant>,
}

/// How many events are read at a time.
const STEP: usize = 10_000;

/// Copies the files of a data folder that nobody holds, as they are.
pub fn copy_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (kind, target) = (entry.file_type()?, to.join(entry.file_name()));
        if kind.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else if kind.is_file() {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// Adds up the sizes of all files below a folder.
pub fn size_of(folder: &Path) -> std::io::Result<u64> {
    let mut bytes: u64 = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let about = entry.metadata()?;
        bytes = bytes.saturating_add(if about.is_dir() {
            size_of(&entry.path())?
        } else {
            about.len()
        });
    }
    Ok(bytes)
}

/// Opens a copy as a server would, reads everything in it, and closes it again.
///
/// The error says why it cannot be opened: a newer format, a log without its control
/// plane, or counts that are ahead of the log.
pub async fn examine(copy: &Path, knowledge: Arc<KnowledgeBase>) -> Result<Examined, EngineError> {
    let engine = Engine::open(copy, knowledge).await?;
    let examined = look(&engine).await;
    engine.close().await;
    examined
}

async fn look(engine: &Engine) -> Result<Examined, EngineError> {
    let who = Principal::Operator;
    let damage = engine.control.damage().await?;
    let trail = verify_trail(engine, &who).await.map(|(entries, _)| entries);
    let last = match &trail {
        Ok(entries) => {
            let before = u64::try_from(entries.saturating_sub(1)).unwrap_or(0);
            engine.control.trail(before, 1).await?.pop()
        }
        Err(_) => None,
    };
    let mut newest = last.map(|entry| entry.body.at);
    let events = read_all(engine, &mut newest);
    Ok(Examined {
        damage,
        trail,
        events,
        lag: engine.lag(),
        newest,
    })
}

fn read_all(engine: &Engine, newest: &mut Option<Instant>) -> Result<u64, EngineError> {
    let end = *engine.log.tail().borrow();
    let mut next = LogPosition(0);
    while next < end {
        let read = engine.log.read(next, STEP, |_, event| {
            *newest = (*newest).max(Some(event.at));
        })?;
        if read == 0 {
            break;
        }
        next = LogPosition(next.0 + u64::try_from(read).unwrap_or(u64::MAX));
    }
    Ok(next.0)
}
