//! What a use case answers when it cannot do what was asked.

use milieu_content::SlotFileError;
use milieu_decide::UnknownMarket;
use milieu_review::Refusal;
use milieu_store::{ControlError, FolderError, LogError};

/// The kind of a failure; doors map it to their own codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The request is wrong.
    Invalid,
    /// Nobody is logged in, or a key is wrong.
    Unauthorized,
    /// Not allowed for this person or key.
    Forbidden,
    /// There is no such thing.
    NotFound,
    /// It stands against what is there.
    Conflict,
    /// It was changed meanwhile.
    Stale,
    /// Too much at once: try again.
    Busy,
    /// Our own failure.
    Internal,
}

/// A failure with a stable code, a place and a next step in its message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct EngineError {
    /// What sort of failure.
    pub kind: Kind,
    /// A stable name, as `own-work`.
    pub code: &'static str,
    /// What, where, and what to do.
    pub message: String,
}

impl EngineError {
    /// Makes a failure.
    pub fn new(kind: Kind, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            kind,
            code,
            message: message.into(),
        }
    }

    /// Makes a "there is no such thing".
    pub fn not_found(what: &str, id: impl std::fmt::Display) -> Self {
        Self::new(
            Kind::NotFound,
            "not-found",
            format!("there is no {what} \"{id}\""),
        )
    }

    /// Makes a "this request is wrong".
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(Kind::Invalid, "invalid", message)
    }
}

/// The most characters of a name or label.
pub(crate) const LONGEST_NAME: usize = 200;
/// The most characters of a reason.
pub(crate) const LONGEST_REASON: usize = 2_000;

/// Checks the length of a text that the trail keeps for ever.
pub(crate) fn check_length(what: &str, text: &str, most: usize) -> Result<(), EngineError> {
    if text.chars().count() <= most {
        return Ok(());
    }
    let message = format!("{what} has at most {most} characters");
    Err(EngineError::invalid(message))
}

impl From<ControlError> for EngineError {
    fn from(error: ControlError) -> Self {
        tracing::error!(%error, "control plane");
        Self::new(Kind::Internal, "storage", error.to_string())
    }
}

impl From<LogError> for EngineError {
    fn from(error: LogError) -> Self {
        let (kind, code) = match error {
            LogError::Busy(_) => (Kind::Busy, "busy"),
            _ => (Kind::Busy, "storage"),
        };
        Self::new(kind, code, error.to_string())
    }
}

impl From<FolderError> for EngineError {
    fn from(error: FolderError) -> Self {
        Self::new(Kind::Conflict, "data-folder", error.to_string())
    }
}

impl From<UnknownMarket> for EngineError {
    fn from(error: UnknownMarket) -> Self {
        Self::new(Kind::Invalid, "unknown-market", error.to_string())
    }
}

impl From<SlotFileError> for EngineError {
    fn from(error: SlotFileError) -> Self {
        Self::new(Kind::Invalid, "slot-file", error.to_string())
    }
}

impl From<Refusal> for EngineError {
    fn from(refusal: Refusal) -> Self {
        let (kind, code) = match refusal {
            Refusal::OwnWork => (Kind::Forbidden, "own-work"),
            Refusal::NotYourMarket => (Kind::Forbidden, "not-your-market"),
            _ => (Kind::Conflict, "already-decided"),
        };
        Self::new(kind, code, refusal.to_string())
    }
}
