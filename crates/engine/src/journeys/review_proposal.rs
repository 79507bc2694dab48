//! The review queue: what waits, who may decide it, and what they say.

use std::collections::BTreeMap;

use milieu_culture::MarketId;
use milieu_record::{Digest, Instant};
use milieu_review::{Choice, Standing, Subject, SubjectKind, Verdict, may_judge, standing};
use milieu_store::{ProposalRow, RenderingRow};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::engine::trail;
use crate::error::{Kind, LONGEST_REASON, check_length};
use crate::{Engine, EngineError, Principal, clock, publish};

/// An approval holds for a year; then local people look again.
const APPROVAL_HOLDS: i64 = 365 * Instant::DAY;

/// Where a review stands, in the API's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReviewState {
    /// More approvals are needed.
    Waiting,
    /// It may be served.
    Approved,
    /// A reviewer said no.
    Rejected,
    /// A newer content took its place.
    Superseded,
    /// It was approved once and is no longer.
    Revoked,
}

/// A proposal with everything a reviewer needs.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Review {
    /// Its number.
    pub id: i64,
    /// Where it stands.
    pub state: ReviewState,
    /// What is judged.
    pub subject: Subject,
    /// The slot it fills.
    pub slot: String,
    /// The variant it renders.
    pub variant: String,
    /// Whether it is the baseline.
    pub generic: bool,
    /// What a visitor would get.
    pub content: Value,
    /// The generic rendering of the same market, unless this is it.
    pub baseline: Option<Value>,
    /// How many approvals are still needed.
    pub needed: usize,
    /// Whether its author alone stands for it.
    pub attested: bool,
    /// What was said so far.
    pub verdicts: Vec<Said>,
    /// Whether the asker may approve it.
    pub can_decide: bool,
    /// If not, why.
    pub why_not: Option<String>,
    /// When it came, RFC 3339.
    pub created_at: String,
}

/// A verdict for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = GivenVerdict)]
pub struct Said {
    /// Who.
    pub by: String,
    /// What.
    pub verdict: Choice,
    /// Why.
    pub reason: String,
    /// When, RFC 3339.
    pub at: String,
}

/// What a person says of a proposal.
#[derive(Debug, Clone)]
pub struct Word {
    /// What.
    pub choice: Choice,
    /// On which content: the digest the person saw.
    pub digest: Digest,
    /// Why; required unless it is an approval.
    pub reason: String,
}

/// Lists proposals that no newer content replaced, oldest first.
pub async fn list_reviews(
    engine: &Engine,
    who: &Principal,
    market: Option<&MarketId>,
) -> Result<Vec<Review>, EngineError> {
    who.must_read()?;
    let desk = Desk::read(engine).await?;
    let rows = engine.control.proposals().await?;
    let here = |row: &&ProposalRow| market.is_none_or(|id| row.market == *id);
    rows.iter()
        .filter(here)
        .map(|row| desk.review(engine, who, row))
        .collect()
}

/// Shows one proposal, current or not.
pub async fn show_review(engine: &Engine, who: &Principal, id: i64) -> Result<Review, EngineError> {
    who.must_read()?;
    let row = engine.control.proposal(id).await?;
    let row = row.ok_or_else(|| EngineError::not_found("review", id))?;
    let mut desk = Desk::read(engine).await?;
    if row.superseded {
        let content = engine.control.rendering_content(&row.subject_id).await?;
        desk.old_content = content.and_then(|text| serde_json::from_str(&text).ok());
    }
    desk.review(engine, who, &row)
}

/// Takes a person's verdict: durable with its trail entry, then published.
pub async fn give_verdict(
    engine: &Engine,
    who: &Principal,
    id: i64,
    word: &Word,
) -> Result<Review, EngineError> {
    let person = who.person()?.id.clone();
    if word.choice != Choice::Approve && word.reason.trim().is_empty() {
        return Err(EngineError::invalid(
            "say why: the author and the next reviewer will ask",
        ));
    }
    check_length("a reason", &word.reason, LONGEST_REASON)?;
    let (_turn, mut writing) = engine.change().await?;
    let row = engine.control.proposal(id).await?;
    let row = row.ok_or_else(|| EngineError::not_found("review", id))?;
    if row.superseded || row.digest != word.digest {
        let message = "the text changed while you read: look at the new one";
        return Err(EngineError::new(Kind::Stale, "digest-changed", message));
    }
    let subject = publish::subject(&row);
    let given = engine
        .control
        .verdicts()
        .await?
        .remove(&id)
        .unwrap_or_default();
    let roster = publish::roster(&engine.control).await?;
    may_judge(&subject, &given, &roster, &person, word.choice)?;
    let now = clock::now();
    check_sequence(&standing(&subject, &given, &roster, now), word.choice)?;
    let verdict = Verdict {
        by: person,
        choice: word.choice,
        digest: word.digest,
        reason: word.reason.clone(),
        at: now,
        expires: (word.choice == Choice::Approve).then(|| now.plus(APPROVAL_HOLDS)),
    };
    writing.add_verdict(id, &verdict).await?;
    let action = match word.choice {
        Choice::Approve => "verdict.approve",
        Choice::Reject => "verdict.reject",
        Choice::Revoke => "verdict.revoke",
    };
    let detail = json!({"digest": word.digest, "market": row.market, "reason": word.reason});
    writing
        .note(trail(who, action, format!("review {id}"), &detail))
        .await?;
    writing.commit().await?;
    engine.republish().await?;
    show_review(engine, who, id).await
}

/// A no is said once; only what is approved can be revoked.
fn check_sequence(now: &Standing, choice: Choice) -> Result<(), EngineError> {
    let fits = match (now, choice) {
        (Standing::Approved { .. }, Choice::Revoke)
        | (Standing::Waiting { .. }, Choice::Approve | Choice::Reject)
        | (Standing::Revoked { .. } | Standing::Rejected { .. }, Choice::Approve) => true,
        (Standing::Approved { .. }, Choice::Approve | Choice::Reject)
        | (Standing::Waiting { .. }, Choice::Revoke)
        | (Standing::Revoked { .. } | Standing::Rejected { .. }, Choice::Reject | Choice::Revoke) => {
            false
        }
    };
    if fits {
        return Ok(());
    }
    let message = "this has already been decided: an approval is taken back with revoke";
    Err(EngineError::new(Kind::Conflict, "already-decided", message))
}

/// What all reviews of a list need, read once.
struct Desk {
    verdicts: BTreeMap<i64, Vec<Verdict>>,
    renderings: Vec<RenderingRow>,
    slots: Vec<milieu_store::SlotRow>,
    old_content: Option<Value>,
}

impl Desk {
    async fn read(engine: &Engine) -> Result<Self, EngineError> {
        Ok(Self {
            verdicts: engine.control.verdicts().await?,
            renderings: engine.control.renderings().await?,
            slots: engine.control.slots().await?,
            old_content: None,
        })
    }

    fn review(
        &self,
        engine: &Engine,
        who: &Principal,
        row: &ProposalRow,
    ) -> Result<Review, EngineError> {
        let subject = publish::subject(row);
        let verdicts = self.verdicts.get(&row.id).map_or(&[][..], Vec::as_slice);
        let roster = engine.roster.load();
        let stands = standing(&subject, verdicts, &roster, clock::now());
        let (state, needed, attested) = match &stands {
            _ if row.superseded => (ReviewState::Superseded, 0, false),
            Standing::Waiting { needed } => (ReviewState::Waiting, *needed, false),
            Standing::Approved { attested, .. } => (ReviewState::Approved, 0, *attested),
            Standing::Rejected { .. } => (ReviewState::Rejected, subject.approvals_needed(), false),
            Standing::Revoked { .. } => (ReviewState::Revoked, subject.approvals_needed(), false),
        };
        let allowed = match who.person() {
            Ok(person) => may_judge(&subject, verdicts, &roster, &person.id, Choice::Approve)
                .map_err(|refusal| refusal.to_string()),
            Err(error) => Err(error.message),
        };
        let shown = self.show(row)?;
        Ok(Review {
            id: row.id,
            state,
            slot: shown.slot,
            variant: shown.variant,
            generic: shown.generic,
            content: shown.content,
            baseline: shown.baseline,
            needed,
            attested,
            verdicts: verdicts.iter().map(said).collect(),
            can_decide: allowed.is_ok() && !row.superseded,
            why_not: allowed.err(),
            created_at: row.created_at.to_string(),
            subject,
        })
    }

    fn show(&self, row: &ProposalRow) -> Result<Shown, EngineError> {
        let mut shown = Shown {
            content: self.old_content.clone().unwrap_or(Value::Null),
            ..Shown::default()
        };
        if row.kind != SubjectKind::Rendering {
            return Ok(shown);
        }
        let own = self
            .renderings
            .iter()
            .find(|rendering| rendering.no.to_string() == row.subject_id);
        let Some(own) = own else { return Ok(shown) };
        let Some(slot_row) = self.slots.iter().find(|slot| slot.no == own.slot) else {
            return Ok(shown);
        };
        let slot = publish::parse_slot(slot_row)?;
        let key_of = |arm| {
            slot_row
                .arms
                .iter()
                .find(|(no, _)| *no == arm)
                .map(|(_, key)| key.clone())
        };
        let generic_key = slot
            .variants
            .iter()
            .find(|variant| variant.generic)
            .map(|variant| variant.key.clone());
        shown.slot = slot.key.to_string();
        shown.variant = key_of(own.arm)
            .map(|key| key.to_string())
            .unwrap_or_default();
        shown.generic = key_of(own.arm) == generic_key;
        shown.content = serde_json::from_str(&own.content).unwrap_or(Value::Null);
        let beside = |other: &&RenderingRow| {
            other.slot == own.slot && other.market == own.market && key_of(other.arm) == generic_key
        };
        let baseline = self
            .renderings
            .iter()
            .find(beside)
            .filter(|_| !shown.generic);
        shown.baseline =
            baseline.and_then(|rendering| serde_json::from_str(&rendering.content).ok());
        Ok(shown)
    }
}

#[derive(Default)]
struct Shown {
    slot: String,
    variant: String,
    generic: bool,
    content: Value,
    baseline: Option<Value>,
}

fn said(verdict: &Verdict) -> Said {
    Said {
        by: verdict.by.to_string(),
        verdict: verdict.choice,
        reason: verdict.reason.clone(),
        at: verdict.at.to_string(),
    }
}
