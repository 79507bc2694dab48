//! The data folder: one workspace, one writing process.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

/// Why a data folder cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FolderError {
    /// Another process has it.
    #[error(
        "data folder {folder} is in use by {holder}: talk to that server with --server, or stop it"
    )]
    Held {
        /// The folder.
        folder: String,
        /// What the other process wrote of itself: its address, else its process id.
        holder: String,
    },
    /// It was written by a newer version.
    #[error(
        "data folder {folder} has format {found}; this version reads up to {known}: use a newer milieu"
    )]
    Newer {
        /// The folder.
        folder: String,
        /// Its format.
        found: u32,
        /// The newest format known here.
        known: u32,
    },
    /// The control database is gone, but not what it gave meaning to.
    #[error(
        "data folder {folder} has events but no control.db: restore a backup of the whole folder, or use another folder"
    )]
    Incomplete {
        /// The folder.
        folder: String,
    },
    /// The file system said no.
    #[error("cannot use data folder {folder}: {source}")]
    Io {
        /// The folder.
        folder: String,
        /// What it said.
        source: std::io::Error,
    },
}

/// The format of the folder's layout; version N reads N−1.
const FORMAT: u32 = 1;

/// A data folder that this process holds until it is dropped.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
    lock: File,
}

impl DataFolder {
    /// Makes the folder if needed, and takes hold of it.
    pub fn hold(path: &Path) -> Result<Self, FolderError> {
        let folder = path.display().to_string();
        let io = |source| FolderError::Io {
            folder: folder.clone(),
            source,
        };
        create_private(path).map_err(io)?;
        let mut lock = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path.join("LOCK"))
            .map_err(io)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                lock.read_to_string(&mut holder).map_err(io)?;
                return Err(FolderError::Held {
                    folder,
                    holder: holder.trim().to_owned(),
                });
            }
            Err(TryLockError::Error(source)) => return Err(io(source)),
        }
        check_format(path, &folder)?;
        check_whole(path, &folder)?;
        let mut held = Self {
            path: path.to_owned(),
            lock,
        };
        held.announce(&format!("process {}", std::process::id()))
            .map_err(io)?;
        Ok(held)
    }

    /// Writes down who holds the folder, for whoever finds it held.
    pub fn announce(&mut self, who: &str) -> std::io::Result<()> {
        self.lock.set_len(0)?;
        self.lock.rewind()?;
        writeln!(self.lock, "{who}")
    }

    /// Returns the newest format of a folder that is known here.
    pub const fn newest_format() -> u32 {
        FORMAT
    }

    /// Returns the folder's path.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

fn create_private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
}

fn check_format(path: &Path, folder: &str) -> Result<(), FolderError> {
    let io = |source| FolderError::Io {
        folder: folder.to_owned(),
        source,
    };
    let file = path.join("FORMAT");
    if !file.exists() {
        return fs::write(&file, format!("{FORMAT}\n")).map_err(io);
    }
    let text = fs::read_to_string(&file).map_err(io)?;
    let start: String = text.trim().chars().take(40).collect();
    let unreadable = || std::io::Error::other(format!("FORMAT holds \"{start}\""));
    let found: u32 = text.trim().parse().map_err(|_| io(unreadable()))?;
    if FORMAT < found {
        return Err(FolderError::Newer {
            folder: folder.to_owned(),
            found,
            known: FORMAT,
        });
    }
    Ok(())
}

/// The control database is made before the log: a log alone has lost what signs its
/// tokens and names its slots, and must not be continued as another workspace.
fn check_whole(path: &Path, folder: &str) -> Result<(), FolderError> {
    let empty = fs::metadata(path.join("control.db")).map_or(true, |about| about.len() == 0);
    if empty && path.join("log").exists() {
        return Err(FolderError::Incomplete {
            folder: folder.to_owned(),
        });
    }
    Ok(())
}
