//! Why a visitor got what a token says.

use milieu_record::{ArmNo, DecisionFacts, Instant};

use crate::Live;

/// What can be said of a decision after the fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The reason in words, one sentence each.
    pub sentences: Vec<String>,
    /// What could not be given, and why, as of now.
    pub blocked: Vec<Blocked>,
    /// Whether the rendering can still be given today.
    pub still_eligible: bool,
}

/// An arm that cannot be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocked {
    /// The variant's key.
    pub variant: String,
    /// Why, in words.
    pub why: &'static str,
}

/// Explains a verified decision from what it carries and what is live now.
pub fn explain(facts: &DecisionFacts, live: &Live, now: Instant) -> Explanation {
    let place = live.catalogue.places.by_no(facts.market);
    let slot = live.catalogue.slot_by_no(facts.slot);
    let market = slot.and_then(|slot| slot.markets.get(&facts.market));
    let mut sentences = Vec::new();
    let percent = facts.propensity.get() * 100.0;
    if facts.arm.is_holdout() {
        sentences.push(format!(
            "The visitor belongs to the {percent:.0} % of this market who always get the generic \
             variant, so that adapted variants can be compared with it."
        ));
    } else {
        sentences.push(format!(
            "The policy that had learned from the log up to position {} gives this variant to \
             {percent:.1} % of the visitors who are not held out; the visitor's draw fell on it.",
            facts.policy
        ));
        sentences.push(if facts.explored {
            "Another variant had the higher expected reward: this one was given to keep learning."
                .to_owned()
        } else {
            "It had the highest expected reward, or nothing was known yet.".to_owned()
        });
    }
    if let Some(mode) = live.quiet.markets.get(&facts.market) {
        sentences.push(format!(
            "Quiet mode holds in this market now: {}.",
            mode.reason
        ));
    }
    let quiet = live.quiet.holds(facts.market, now);
    let mut blocked = Vec::new();
    let mut still_eligible = false;
    for arm in market.map_or(&[][..], |market| market.arms.as_slice()) {
        let why = match (
            arm.rendering.holds(now),
            quiet && arm.occasion.stops_in_quiet_mode(),
        ) {
            (false, _) => Some("its approval has run out"),
            (true, true) => Some("quiet mode stops it"),
            (true, false) => None,
        };
        let given = arm.rendering_no == facts.rendering
            && (arm.no == facts.arm || (arm.generic && facts.arm == ArmNo::HOLDOUT));
        still_eligible |= given && why.is_none() && place.is_some();
        if let Some(why) = why {
            blocked.push(Blocked {
                variant: arm.rendering.get().variant.to_string(),
                why,
            });
        }
    }
    Explanation {
        sentences,
        blocked,
        still_eligible,
    }
}
