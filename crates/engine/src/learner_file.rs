//! The learner's checkpoint on disk: the ledger and the story of its weights.

use milieu_learn::History;
use milieu_measure::{Checkpoint, CheckpointV1, Ledger};
use milieu_record::LogPosition;
use milieu_store::CheckpointFile;
use serde::{Deserialize, Serialize};

use crate::EngineError;
use crate::error::Kind;

/// The file as bytes keep it; the version before is still read.
#[derive(Debug, Serialize, Deserialize)]
enum Kept {
    /// The ledger alone.
    V1(Box<CheckpointV1>),
    /// With the history at the same position.
    V2(Box<(Checkpoint, History)>),
}

/// Reads the last checkpoint; without one the log is folded from its start.
///
/// A log that ends before it has lost events. New ones would stand at places that are
/// folded already, and never be counted, so this is refused.
pub(crate) fn restore(
    file: &CheckpointFile,
    end: LogPosition,
) -> Result<(Ledger, History), EngineError> {
    let bytes = file.load().map_err(|error| {
        let message = format!("the file \"ledger\" of the data folder cannot be read: {error}");
        EngineError::new(Kind::Internal, "storage", message)
    })?;
    let (ledger, history) = bytes.and_then(|bytes| read(&bytes)).unwrap_or_default();
    let folded = ledger.position();
    if folded <= end {
        return Ok((ledger, history));
    }
    let message = format!(
        "the event log ends after {end} events, and {folded} were counted before: it is damaged, \
         or a copy of another moment; restore a backup of the whole folder, or delete its file \
         \"ledger\" to go on with what the log still has",
        end = end.0,
        folded = folded.0,
    );
    Err(EngineError::new(Kind::Conflict, "data-folder", message))
}

/// Writes a checkpoint of both, which must stand at the same position.
pub(crate) fn save(
    file: &CheckpointFile,
    ledger: &Ledger,
    history: &History,
) -> std::io::Result<()> {
    file.save(&written(ledger, history)?)
}

fn written(ledger: &Ledger, history: &History) -> std::io::Result<Vec<u8>> {
    let kept = Kept::V2(Box::new((ledger.checkpoint(), history.clone())));
    postcard::to_stdvec(&kept).map_err(std::io::Error::other)
}

fn read(bytes: &[u8]) -> Option<(Ledger, History)> {
    match postcard::from_bytes(bytes).ok()? {
        Kept::V1(ledger) => {
            let ledger = Ledger::restore(Checkpoint::V1(ledger));
            Some((ledger, History::default()))
        }
        Kept::V2(both) => {
            let (ledger, history) = *both;
            Some((Ledger::restore(ledger), history))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_of_the_release_before_is_read() {
        // It was the ledger's own checkpoint, without anything around it.
        let bytes = postcard::to_stdvec(&Ledger::default().checkpoint()).unwrap();
        assert_eq!(read(&bytes), Some((Ledger::default(), History::default())));
    }

    #[test]
    fn what_is_written_is_read_and_nonsense_is_not() {
        let bytes = written(&Ledger::default(), &History::default()).unwrap();
        assert_eq!(read(&bytes), Some((Ledger::default(), History::default())));
        assert_eq!(read(b"\x07nonsense"), None);
    }
}
