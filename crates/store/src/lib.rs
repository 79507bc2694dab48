//! Keeps all records: a control plane in SQLite and an event log, in one data folder.
//!
//! No rules live here. Plain types go in and come out; what the store need not
//! understand is kept as versioned text or bytes beside indexed columns.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic
    )
)]
#![allow(
    clippy::disallowed_methods,
    reason = "the store is where files are opened"
)]

mod archive;
mod checkpoint;
mod control;
mod folder;
mod latency;
mod log;

pub use archive::{
    ArchiveError, ArchiveWriter, Entries, Manifest, Part, PartSum, Take, read_archive,
};
pub use checkpoint::CheckpointFile;
pub use control::{
    ApiKeyRow, AuditBody, AuditBounds, AuditMarketRow, AuditRow, Control, ControlError, MarketRow,
    NewRendering, PersonRow, ProposalRow, QuietRow, RenderingRow, SessionRow, SlotRow, Writing,
};
pub use folder::{DataFolder, FolderError};
pub use latency::{Latency, LatencyCounts};
pub use log::{Appended, EncodedEvents, EventLog, LogError, LogRestore, LogWork, TakeEntry};
