//! An archive of a workspace: one file, made while the server runs, checked as a whole.
//!
//! Layout: a line `milieu backup 1`, then frames: kind 1, length 4, packed length 4 and
//! the packed bytes (zlib); numbers big-endian. The bytes of all frames of a kind, one
//! after the other, are a part: the control database, the learner's checkpoint, the log.
//! Parts come in this order, each once. The last frame is the manifest, which is not packed:
//! its hash, then JSON with the size and hash of every part and the hash of all before. So a file that was cut off has none and is refused,
//! and there are no names in it that could lead anywhere.

mod entries;
mod reader;
mod writer;

use std::io;

use serde::{Deserialize, Serialize};

pub use entries::Entries;
pub use reader::{Take, read_archive};
pub use writer::ArchiveWriter;

/// The newest format of an archive known here; version N reads N−1.
const FORMAT: u32 = 1;
const START: &str = "milieu backup ";
/// The most bytes of a frame, before it is packed.
const FRAME: usize = 256 * 1024;
/// The most bytes of a frame that is read; packing may add a little.
const MOST_FRAME: usize = 1024 * 1024;
/// The most bytes of an entry of the log, far above what intake takes.
const MOST_ENTRY: usize = 64 * 1024 * 1024;

/// A part of an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The control database, as a file of SQLite.
    Control,
    /// The learner's checkpoint, as the file it is.
    Ledger,
    /// Entries of the log: position 8, length 4, and the entry.
    Log,
}

impl Part {
    const ALL: [Self; 3] = [Self::Control, Self::Ledger, Self::Log];

    const fn kind(self) -> u8 {
        match self {
            Self::Control => 1,
            Self::Ledger => 2,
            Self::Log => 3,
        }
    }
}

/// The kind of the manifest's frame.
const MANIFEST: u8 = 255;

/// What an archive says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// When it was made, in RFC 3339.
    pub made_at: String,
    /// The program that made it.
    pub program: String,
    /// The workspace's name.
    pub workspace: String,
    /// How many events the log has.
    pub events: u64,
    /// The format of the data folder it restores to.
    pub folder_format: u32,
    /// The parts, in order.
    pub parts: Vec<PartSum>,
    /// The BLAKE3 hash of the archive's bytes before the manifest, in hexadecimal.
    pub blake3: String,
}

/// A part's size and hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartSum {
    /// Which part.
    pub part: Part,
    /// Its bytes, unpacked.
    pub bytes: u64,
    /// Their BLAKE3 hash, in hexadecimal.
    pub blake3: String,
}

/// Why an archive cannot be made or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveError {
    /// It is something else.
    #[error("this is no backup of Milieu: it does not begin with \"milieu backup\"")]
    Foreign,
    /// A newer version made it.
    #[error("the backup has format {found}; this version reads up to {known}: use a newer milieu")]
    Newer {
        /// Its format.
        found: u32,
        /// The newest format known here.
        known: u32,
    },
    /// It ends too early.
    #[error("the backup is cut off: it has no end; make or fetch it again")]
    CutOff,
    /// Its bytes are not what was written.
    #[error("the backup is damaged ({0}): use another one")]
    Damaged(String),
    /// It unpacks to far more than Milieu writes.
    #[error("the backup unpacks to more than {0} times its size: it was not made by Milieu")]
    Bomb(u64),
    /// Reading or writing failed.
    #[error("{0}")]
    Io(#[from] io::Error),
}
