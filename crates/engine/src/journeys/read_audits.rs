//! Audits that were kept: a list, and one with its report.

use milieu_store::{AuditBody, AuditRow};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::read_claims::GradedClaim;
use crate::error::Kind;
use crate::{Engine, EngineError, Principal};

/// The most audits of a page.
pub const PAGE: u32 = 100;

/// An audit in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ListedAudit {
    /// Its name in addresses.
    pub id: String,
    /// What a person calls it.
    pub name: String,
    /// When it was made, RFC 3339.
    pub at: String,
    /// Who asked for it: a person's name or a key's id.
    pub by: String,
    /// The markets it was made for.
    pub markets: Vec<String>,
    /// The day on which claims were weighed.
    pub as_of: String,
    /// The version of the packs that judged.
    pub pack_version: String,
    /// How much was found.
    pub counts: AuditCounts,
}

/// How much an audit found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct AuditCounts {
    /// What breaks law, a standard or the message itself.
    pub error: u32,
    /// What is worth changing.
    pub warning: u32,
    /// What is worth knowing.
    pub info: u32,
    /// Where no judgement was possible.
    pub unsure: u32,
    /// What was not looked at.
    pub skipped: u32,
    /// What somebody has accepted with a reason.
    pub suppressed: u32,
}

/// An audit with all it said, as it was said then.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeptAudit {
    /// What a list shows.
    #[serde(flatten)]
    pub head: ListedAudit,
    /// Findings, what is unsure, what was skipped.
    #[schema(value_type = milieu_audit::Report)]
    pub report: Box<RawValue>,
    /// What of a campaign.toml was used, and what the request put in its place.
    pub notes: Vec<String>,
    /// The files that could be read as text.
    #[schema(value_type = Vec<AuditedFile>)]
    pub files: Box<RawValue>,
    /// The claims behind the findings, by id, with their grades of that day.
    #[schema(value_type = BTreeMap<String, GradedClaim>)]
    pub claims: Box<RawValue>,
}

/// A file as it was audited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AuditedFile {
    /// Its path.
    pub path: String,
    /// Its text; findings point at its bytes.
    pub text: String,
}

/// A page of audits, newest first, and where the next one begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditPage {
    /// The audits.
    pub audits: Vec<ListedAudit>,
    /// The number before which the next page lies; `None` on the last.
    pub next: Option<i64>,
}

/// Lists audits before a number, newest first.
pub async fn list_audits(
    engine: &Engine,
    who: &Principal,
    before: Option<i64>,
    most: u32,
) -> Result<AuditPage, EngineError> {
    who.must_read()?;
    let most = most.clamp(1, PAGE);
    let before = before.unwrap_or(i64::MAX);
    let mut rows = engine.control.audits(before, most + 1).await?;
    let page = usize::try_from(most).unwrap_or(usize::MAX);
    let more = page < rows.len();
    rows.truncate(page);
    let next = rows.last().map(|row| row.no).filter(|_| more);
    let audits = rows.into_iter().map(listed).collect();
    Ok(AuditPage { audits, next })
}

/// Shows one audit with its report.
pub async fn show_audit(
    engine: &Engine,
    who: &Principal,
    id: &str,
) -> Result<KeptAudit, EngineError> {
    #[derive(Deserialize)]
    struct Body {
        report: Box<RawValue>,
        #[serde(default)]
        notes: Vec<String>,
        files: Box<RawValue>,
        claims: Box<RawValue>,
    }
    who.must_read()?;
    let (row, AuditBody(bytes)) = engine.control.audit(id).await?.ok_or_else(|| {
        let shown: String = id.chars().take(40).collect();
        EngineError::not_found("audit", shown)
    })?;
    let body: Body = serde_json::from_slice(&bytes).map_err(|error| {
        let message = format!("audit \"{id}\" cannot be read back: {error}");
        EngineError::new(Kind::Internal, "storage", message)
    })?;
    Ok(KeptAudit {
        head: listed(row),
        report: body.report,
        notes: body.notes,
        files: body.files,
        claims: body.claims,
    })
}

fn listed(row: AuditRow) -> ListedAudit {
    let mut counts = AuditCounts {
        unsure: row.unsure,
        skipped: row.skipped,
        suppressed: row.suppressed,
        ..AuditCounts::default()
    };
    for market in &row.markets {
        counts.error += market.errors;
        counts.warning += market.warnings;
        counts.info += market.infos;
    }
    ListedAudit {
        id: row.id,
        name: row.name,
        at: row.at.to_string(),
        by: row.person,
        markets: row
            .markets
            .into_iter()
            .map(|m| m.market.to_string())
            .collect(),
        as_of: row.as_of.to_string(),
        pack_version: row.packs,
        counts,
    }
}
