//! Rows as plain data.
#![allow(
    clippy::needless_pass_by_value,
    reason = "a row's key is given as number or text"
)]

use milieu_culture::{Date, MarketId, Sensitivity};
use milieu_record::{ArmNo, Digest, Instant, MarketNo, RenderingNo, SlotKey, SlotNo, VariantKey};
use milieu_review::{Grant, Origin, SubjectKind};

use super::ControlError;

/// A configured market; the first is the default.
#[derive(Debug, Clone, PartialEq)]
pub struct MarketRow {
    /// Its number, for ever.
    pub no: MarketNo,
    /// Its id.
    pub id: MarketId,
    /// The share of its visitors who are held out.
    pub holdout: f64,
}

/// A slot and the numbers of its arms.
#[derive(Debug, Clone)]
pub struct SlotRow {
    /// Its number, for ever.
    pub no: SlotNo,
    /// Its name.
    pub key: SlotKey,
    /// The slot as JSON, without renderings.
    pub body: String,
    /// Arm numbers by variant; variants that left keep theirs.
    pub arms: Vec<(ArmNo, VariantKey)>,
}

/// A current rendering.
#[derive(Debug, Clone)]
pub struct RenderingRow {
    /// Its revision's number.
    pub no: RenderingNo,
    /// Its slot.
    pub slot: SlotNo,
    /// Its variant's arm.
    pub arm: ArmNo,
    /// Its market.
    pub market: MarketNo,
    /// The digest of slot, variant, market and content.
    pub digest: Digest,
    /// The content as JSON.
    pub content: String,
}

/// Something that stands for review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposalRow {
    /// Its number.
    pub id: i64,
    /// What is reviewed.
    pub kind: SubjectKind,
    /// Which one, in the words of its kind.
    pub subject_id: String,
    /// The content that is judged.
    pub digest: Digest,
    /// The market it is judged for.
    pub market: MarketId,
    /// How careful one must be.
    pub sensitivity: Sensitivity,
    /// Where it comes from.
    pub origin: Origin,
    /// Who brought it in.
    pub author: String,
    /// Whether a newer content took its place.
    pub superseded: bool,
    /// When it came.
    pub created_at: Instant,
}

/// A person's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// The login name.
    pub name: String,
    /// The name that others see.
    pub display_name: String,
    /// The password's Argon2 hash in PHC form.
    pub password: String,
    /// Whether the person can log in.
    pub active: bool,
    /// What the person may do where.
    pub grants: Vec<Grant>,
}

/// A login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// The hash of its secret.
    pub hash: String,
    /// Whose.
    pub person: String,
    /// Since when.
    pub created_at: Instant,
    /// When it was last used.
    pub seen_at: Instant,
    /// When it ends whatever happens.
    pub expires_at: Instant,
}

/// A key of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKeyRow {
    /// The part that may be shown.
    pub id: String,
    /// What it may do, in the engine's words.
    pub kind: String,
    /// What a person calls it.
    pub label: String,
    /// The hash of its secret.
    pub hash: String,
    /// When it was made.
    pub created_at: Instant,
    /// When it was withdrawn.
    pub revoked_at: Option<Instant>,
}

/// Quiet mode in a territory or market.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuietRow {
    /// `JP` or `ja-JP`.
    pub scope: String,
    /// Until when; `None` until lifted.
    pub until: Option<Instant>,
    /// Why.
    pub reason: String,
    /// Who switched it on.
    pub person: String,
    /// When.
    pub at: Instant,
}

/// An audit without its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Its place in the order of audits; given by the store.
    pub no: i64,
    /// Its name in addresses.
    pub id: String,
    /// What a person calls it.
    pub name: String,
    /// When it was made.
    pub at: Instant,
    /// Who asked for it.
    pub person: String,
    /// The day on which claims were weighed.
    pub as_of: Date,
    /// The version of the packs that judged.
    pub packs: String,
    /// How often no judgement was possible.
    pub unsure: u32,
    /// What was not looked at.
    pub skipped: u32,
    /// Findings that somebody has accepted with a reason.
    pub suppressed: u32,
    /// Its markets in the order they were asked for.
    pub markets: Vec<AuditMarketRow>,
}

/// What an audit found in one market.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditMarketRow {
    /// The market.
    pub market: MarketId,
    /// Findings that break law, a standard or the message.
    pub errors: u32,
    /// Findings that are worth changing.
    pub warnings: u32,
    /// Findings that are worth knowing.
    pub infos: u32,
}

/// An audit's report, files and claims, as JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditBody(pub Vec<u8>);

/// Reads a text column into a type, and says which row cannot be read.
pub(super) fn read<T: std::str::FromStr>(
    table: &'static str,
    row: impl ToString,
    text: &str,
) -> Result<T, ControlError> {
    text.parse()
        .map_err(|_| unreadable(table, row.to_string(), text))
}

/// Reads a column that holds the kebab-case name of an enum.
pub(super) fn read_name<T: serde::de::DeserializeOwned>(
    table: &'static str,
    row: impl ToString,
    name: &str,
) -> Result<T, ControlError> {
    serde_json::from_value(name.into()).map_err(|_| unreadable(table, row.to_string(), name))
}

/// Writes the kebab-case name of an enum.
pub(super) fn name_of<T: serde::Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        Ok(_) | Err(_) => String::new(),
    }
}

/// Reads a number column into a narrower type.
pub(super) fn read_no<T: TryFrom<i64>>(
    table: &'static str,
    row: impl ToString,
    number: i64,
) -> Result<T, ControlError> {
    number
        .try_into()
        .map_err(|_| unreadable(table, row.to_string(), &number.to_string()))
}

fn unreadable(table: &'static str, row: impl ToString, what: &str) -> ControlError {
    let what = format!("\"{}\"", what.chars().take(60).collect::<String>());
    ControlError::Row {
        table,
        row: row.to_string(),
        what,
    }
}
