//! A data folder made from a backup: whole and proved, or not there at all.

use std::fs::{self, File};
use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use milieu_culture::KnowledgeBase;
use milieu_store::{
    ArchiveError, DataFolder, Entries, LogRestore, Manifest, Part, Take, read_archive,
};

use super::read_trail::verify_trail;
use crate::error::Kind;
use crate::{Engine, EngineError, Principal};

/// What a backup turned into.
#[derive(Debug)]
pub struct Restored {
    /// What the backup says of itself.
    pub manifest: Manifest,
    /// How many entries its trail has; they were verified.
    pub trail: usize,
}

/// Checks a backup from its start to its end, and restores nothing.
pub fn check_backup(from: impl Read) -> Result<Manifest, EngineError> {
    read_archive(from, &mut Checked::default()).map_err(bad)
}

/// Makes a data folder from a backup.
///
/// Everything is written beside `folder`, opened once, verified, and renamed: a folder
/// that is there afterwards works. Logins do not come back: people log in again.
pub async fn restore(
    from: impl Read,
    folder: &Path,
    knowledge: Arc<KnowledgeBase>,
) -> Result<Restored, EngineError> {
    check_free(folder)?;
    let aside = Aside::beside(folder)?;
    let manifest = unpack(from, &aside.0)?;
    let trail = prove(&aside.0, knowledge, &manifest).await?;
    sync(&aside.0)
        .and_then(|()| fs::rename(&aside.0, folder))
        .map_err(|error| io(&error))?;
    if let Some(above) = above(folder) {
        sync(&above).map_err(|error| io(&error))?;
    }
    Ok(Restored { manifest, trail })
}

/// Refuses whatever is there already, but for an empty folder.
fn check_free(folder: &Path) -> Result<(), EngineError> {
    let shown = folder.display();
    match fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(refused(format!("cannot use {shown}: {error}"))),
        Ok(mut inside) => match inside.next() {
            None => Ok(()),
            Some(_) => Err(refused(format!(
                "{shown} is not empty: restore into a new folder, then start the server on it"
            ))),
        },
    }
}

fn above(folder: &Path) -> Option<PathBuf> {
    let above = folder.parent()?;
    let here = above.as_os_str().is_empty();
    Some(if here {
        PathBuf::from(".")
    } else {
        above.to_owned()
    })
}

/// A folder beside the one to come; removed when it is dropped and still there.
struct Aside(PathBuf);

impl Aside {
    fn beside(folder: &Path) -> Result<Self, EngineError> {
        use std::os::unix::fs::DirBuilderExt as _;
        let name = folder.file_name().map(|name| name.to_string_lossy());
        let (Some(name), Some(above)) = (name, above(folder)) else {
            let shown = folder.display();
            return Err(refused(format!(
                "{shown} has no name: restore into a new folder"
            )));
        };
        let path = above.join(format!(".{name}.restoring-{}", std::process::id()));
        let mut private = fs::DirBuilder::new();
        private.mode(0o700);
        private
            .create(&path)
            .map_err(|error| refused(format!("cannot make {}: {error}", path.display())))?;
        Ok(Self(path))
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        if self.0.exists() && fs::remove_dir_all(&self.0).is_err() {
            tracing::warn!(folder = %self.0.display(), "a half restored folder stays behind");
        }
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "writing the new folder is this journey's job"
)]
fn unpack(from: impl Read, folder: &Path) -> Result<Manifest, EngineError> {
    let file = |name| File::create(folder.join(name)).map_err(|error| io(&error));
    let mut sink = Unpacked {
        control: file("control.db")?,
        ledger: file("ledger")?,
        log: LogRestore::begin(folder)?,
        entries: Entries::default(),
    };
    let manifest = read_archive(from, &mut sink).map_err(bad)?;
    let known = DataFolder::newest_format();
    if known < manifest.folder_format {
        let found = manifest.folder_format;
        return Err(bad(ArchiveError::Newer { found, known }));
    }
    sink.entries.finish().map_err(bad)?;
    let end = sink.log.finish()?;
    if end.0 != manifest.events {
        let what = format!(
            "its log has {} events instead of {}",
            end.0, manifest.events
        );
        return Err(bad(ArchiveError::Damaged(what)));
    }
    let written = sink
        .control
        .sync_all()
        .and_then(|()| sink.ledger.sync_all());
    let format = || {
        fs::write(
            folder.join("FORMAT"),
            format!("{}\n", manifest.folder_format),
        )
    };
    // No checkpoint is none, and not an empty file.
    let checkpoint = || match sink.ledger.metadata()?.len() {
        0 => fs::remove_file(folder.join("ledger")),
        _ => Ok(()),
    };
    written
        .and_then(|()| checkpoint())
        .and_then(|()| format())
        .and_then(|()| File::open(folder.join("FORMAT"))?.sync_all())
        .map_err(|error| io(&error))?;
    Ok(manifest)
}

/// Opens the folder as a server would, verifies its trail and ends all logins.
async fn prove(
    folder: &Path,
    knowledge: Arc<KnowledgeBase>,
    manifest: &Manifest,
) -> Result<usize, EngineError> {
    let engine = Engine::open(folder, knowledge).await?;
    let proved = proved(&engine, manifest).await;
    engine.close().await;
    drop(engine);
    fs::remove_file(folder.join("LOCK")).map_err(|error| io(&error))?;
    proved
}

async fn proved(engine: &Engine, manifest: &Manifest) -> Result<usize, EngineError> {
    let (entries, _) = verify_trail(engine, &Principal::Operator).await?;
    let damage = engine.control.damage().await?;
    if let Some(first) = damage.first() {
        let what = format!("its database: {first}");
        return Err(bad(ArchiveError::Damaged(what)));
    }
    if engine.lag() != 0 {
        let what = format!("not all of its {} events could be counted", manifest.events);
        return Err(bad(ArchiveError::Damaged(what)));
    }
    let mut writing = engine.control.write().await?;
    writing.end_all_sessions().await?;
    writing.commit().await?;
    Ok(entries)
}

/// The parts of an archive on their way into a folder.
struct Unpacked {
    control: File,
    ledger: File,
    log: LogRestore,
    entries: Entries,
}

impl Take for Unpacked {
    fn take(&mut self, part: Part, bytes: &[u8]) -> Result<(), ArchiveError> {
        let log = &mut self.log;
        match part {
            Part::Control => Ok(self.control.write_all(bytes)?),
            Part::Ledger => Ok(self.ledger.write_all(bytes)?),
            Part::Log => self.entries.push(bytes, |position, entry| {
                log.take(position, entry)
                    .map_err(|error| ArchiveError::Damaged(error.to_string()))
            }),
        }
    }
}

/// Looks at the entries of the log and keeps nothing.
#[derive(Default)]
struct Checked(Entries);

impl Take for Checked {
    fn take(&mut self, part: Part, bytes: &[u8]) -> Result<(), ArchiveError> {
        match part {
            Part::Control | Part::Ledger => Ok(()),
            Part::Log => self.0.push(bytes, |_, _| Ok(())),
        }
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "a folder is opened to make its names durable"
)]
fn sync(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

fn refused(message: String) -> EngineError {
    EngineError::new(Kind::Conflict, "data-folder", message)
}

fn io(error: &std::io::Error) -> EngineError {
    let message = format!("the backup could not be restored: {error}");
    EngineError::new(Kind::Internal, "backup", message)
}

#[allow(
    clippy::needless_pass_by_value,
    reason = "it is what map_err takes, and ends here"
)]
fn bad(error: ArchiveError) -> EngineError {
    EngineError::new(Kind::Invalid, "backup", error.to_string())
}
