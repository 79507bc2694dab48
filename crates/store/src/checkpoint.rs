//! One file that is replaced whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// A file of bytes with a hash in front, replaced atomically.
#[derive(Debug, Clone)]
pub struct CheckpointFile {
    folder: PathBuf,
    name: &'static str,
    saving: Arc<Mutex<()>>,
}

const HASH: usize = 32;

impl CheckpointFile {
    /// Names a checkpoint in a folder.
    pub fn new(folder: &Path, name: &'static str) -> Self {
        Self {
            folder: folder.to_owned(),
            name,
            saving: Arc::default(),
        }
    }

    /// Replaces the checkpoint: synced, renamed, and its folder synced.
    pub fn save(&self, bytes: &[u8]) -> io::Result<()> {
        // One at a time: all write the same new file. A panic of another left nothing behind.
        let _turn = self.saving.lock();
        let new = self.folder.join(format!("{}.new", self.name));
        let mut file = File::create(&new)?;
        file.write_all(milieu_record::Digest::of("milieu checkpoint", &[bytes]).as_bytes())?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&new, self.folder.join(self.name))?;
        File::open(&self.folder)?.sync_all()
    }

    /// Reads the file as it is, hash and all; `None` when there is none.
    pub fn raw(&self) -> io::Result<Option<Vec<u8>>> {
        match fs::read(self.folder.join(self.name)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Reads the checkpoint; `None` when there is none, or it is damaged.
    ///
    /// A damaged one costs time, not data: the log is folded again from its start.
    pub fn load(&self) -> io::Result<Option<Vec<u8>>> {
        let Some(bytes) = self.raw()? else {
            return Ok(None);
        };
        let Some((hash, body)) = bytes.split_at_checked(HASH) else {
            return Ok(None);
        };
        let intact = milieu_record::Digest::of("milieu checkpoint", &[body]).as_bytes() == hash;
        if !intact {
            tracing::warn!(
                file = self.name,
                "checkpoint is damaged; folding the log again"
            );
        }
        Ok(intact.then(|| body.to_vec()))
    }
}
