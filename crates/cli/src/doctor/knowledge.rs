//! The packs: their version, and what in them asks to be checked again.

use jiff::ToSpan as _;
use milieu_culture::{Date, KnowledgeBase};

use super::Check;
use crate::output::count;

/// How long before its expiry a claim is told.
const SOON: i64 = 90;

/// Looks at the claims that have expired or will soon.
pub(crate) fn examine_knowledge(knowledge: &KnowledgeBase, today: jiff::civil::Date) -> Check {
    let name = "packs";
    let day = Date::from_civil(today);
    let soon = today.checked_add(SOON.days()).unwrap_or(today);
    let soon = Date::from_civil(soon);
    let claims = || knowledge.claims.values();
    let expired = claims().filter(|claim| claim.expires < day).count();
    let expiring = claims()
        .filter(|claim| day <= claim.expires && claim.expires <= soon)
        .count();
    let found = format!(
        "version {}, {}, {expired} expired, {expiring} within {SOON} days",
        knowledge.pack_version,
        count(claims().count(), "claim", "claims")
    );
    if expired == 0 {
        Check::ok(name, found)
    } else {
        let next = "an expired claim weighs less in audits: use a newer milieu";
        Check::warn(name, found, next)
    }
}
