//! Claims with their grades: a list, and one of them.

use milieu_culture::{
    Claim, ClaimId, ClaimState, Date, Evidence, EvidenceKind, FACETS, Grade, Grading,
    KnowledgeBase, Machine, MarketId, Scope, Sensitivity, Strength, grade,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::read_market::unknown;
use crate::EngineError;

/// The most claims of a page.
pub const PAGE: usize = 100;

/// A claim with its grade on a day.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct GradedClaim {
    /// Its name.
    pub id: ClaimId,
    /// What area of culture it speaks of.
    pub facet: String,
    /// What inside the facet.
    pub key: String,
    /// Where and in which context it holds.
    pub scope: Scope,
    /// The statement for people, in English.
    pub statement: String,
    /// The same statement for rules.
    pub machine: Option<Machine>,
    /// What sort of evidence carries it.
    pub kind: EvidenceKind,
    /// How strong the effect is where it exists.
    pub strength: Strength,
    /// How careful one must be with the subject.
    pub sensitivity: Sensitivity,
    /// Who stands behind it so far.
    pub state: ClaimState,
    /// How sure it is, as a letter.
    pub grade: Grade,
    /// How the grade came about, in sentences.
    pub reason: String,
    /// The grade with its numbers.
    pub grading: Grading,
    /// What speaks against it or limits it.
    pub counter: Option<String>,
    /// Its sources.
    pub evidence: Vec<Evidence>,
    /// The last day on which it may be relied on.
    pub expires: Date,
}

/// Which claims are wanted.
#[derive(Debug, Clone, Default)]
pub struct ClaimFilter {
    /// Only those that cover a market.
    pub market: Option<MarketId>,
    /// Only those of one facet.
    pub facet: Option<String>,
    /// Only those after an id, for the next page.
    pub after: Option<ClaimId>,
}

/// Lists claims in order of id; with one more than asked for, there is a next page.
pub fn list_claims(
    kb: &KnowledgeBase,
    filter: &ClaimFilter,
    as_of: Date,
    most: usize,
) -> Result<Vec<GradedClaim>, EngineError> {
    if let Some(market) = filter.market.as_ref().filter(|id| kb.market(id).is_none()) {
        return Err(unknown(kb, market.as_str()));
    }
    if let Some(facet) = filter
        .facet
        .as_deref()
        .filter(|facet| !FACETS.contains(facet))
    {
        let shown: String = facet.chars().take(40).collect();
        return Err(EngineError::invalid(format!(
            "there is no facet \"{shown}\": the facets are {}",
            FACETS.join(", ")
        )));
    }
    let fits = |claim: &&Claim| {
        let facet = filter
            .facet
            .as_ref()
            .is_none_or(|facet| claim.facet == *facet);
        let market = filter.market.as_ref();
        facet && market.is_none_or(|market| claim.scope.covers(market))
    };
    Ok(kb
        .claims
        .values()
        .filter(fits)
        .filter(|claim| filter.after.as_ref().is_none_or(|after| *after < claim.id))
        .take(most)
        .map(|claim| graded(claim, as_of))
        .collect())
}

/// Shows one claim.
pub fn show_claim(
    kb: &KnowledgeBase,
    id: &ClaimId,
    as_of: Date,
) -> Result<GradedClaim, EngineError> {
    let shown = || id.as_str().chars().take(80).collect::<String>();
    let claim = kb
        .claim(id)
        .ok_or_else(|| EngineError::not_found("claim", shown()))?;
    Ok(graded(claim, as_of))
}

/// Puts a claim and its grade on a day together.
pub(crate) fn graded(claim: &Claim, as_of: Date) -> GradedClaim {
    let grading = grade(claim, as_of);
    let claim = claim.clone();
    GradedClaim {
        id: claim.id,
        facet: claim.facet,
        key: claim.key,
        scope: claim.scope,
        statement: claim.statement,
        machine: claim.machine,
        kind: claim.kind,
        strength: claim.strength,
        sensitivity: claim.sensitivity,
        state: claim.state,
        grade: grading.grade,
        reason: grading.reasons.join("; "),
        grading,
        counter: claim.counter,
        evidence: claim.evidence,
        expires: claim.expires,
    }
}
