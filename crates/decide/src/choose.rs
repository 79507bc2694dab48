//! The choice itself.

use milieu_record::{ArmNo, DecisionFacts, Instant, Probability, SlotKey, VisitorId, VisitorTag};

use crate::hash::{draw_of, held_out};
use crate::{Live, LiveArm, LiveMarket, LiveSlot, Place, Shares};

/// What is asked: which rendering of a slot a visitor in a market gets.
#[derive(Debug, Clone, Copy)]
pub struct Question<'q> {
    /// The slot.
    pub slot: &'q SlotKey,
    /// The market that was resolved.
    pub place: &'q Place,
    /// The visitor, when the request names one.
    pub visitor: Option<VisitorId>,
    /// Now.
    pub now: Instant,
}

/// What was decided.
#[derive(Debug)]
pub enum Decision<'l> {
    /// An approved rendering.
    Served(Chosen<'l>),
    /// The slot's typed default, and why.
    Withheld(&'l LiveSlot, Withheld),
    /// Several arms could be given and the request names no visitor.
    VisitorMissing,
    /// There is no such slot.
    UnknownSlot,
}

/// An approved rendering that was chosen.
#[derive(Debug)]
pub struct Chosen<'l> {
    /// The slot.
    pub slot: &'l LiveSlot,
    /// The rendering.
    pub arm: &'l LiveArm,
    /// What the token will say.
    pub facts: DecisionFacts,
    /// Whether there was more than one arm to choose from.
    pub split: bool,
}

/// Why a slot's default is given instead of something approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Withheld {
    /// No approved generic rendering in this market, so the slot is not live there.
    NotLive,
    /// Quiet mode stops everything that is approved here.
    Quiet,
}

/// Chooses for a visitor.
///
/// A held-out visitor gets the generic variant. Any other gets the eligible arm with
/// the smallest −ln U / π, where U is drawn by hash from visitor, slot and arm: arm j
/// is then given with probability exactly π divided by the eligible arms' sum of π, the same
/// visitor keeps the same arm while the weights stay, and when they move the fewest
/// visitors move (weighted rendezvous hashing, Schindelhauer & Schomaker 2005).
pub fn choose<'l>(question: &Question<'_>, live: &'l Live) -> Decision<'l> {
    let Some(slot) = live.catalogue.slots.get(question.slot) else {
        return Decision::UnknownSlot;
    };
    let holds = |arm: &LiveArm| arm.rendering.holds(question.now);
    let here = slot.markets.get(&question.place.no);
    let generic = here.and_then(|market| market.arms.iter().find(|arm| arm.generic && holds(arm)));
    let (Some(here), Some(generic)) = (here, generic) else {
        return Decision::Withheld(slot, Withheld::NotLive);
    };
    let quiet = live.quiet.holds(question.place.no, question.now);
    let stopped = |arm: &LiveArm| quiet && arm.occasion.stops_in_quiet_mode();
    let eligible = |arm: &LiveArm| holds(arm) && !stopped(arm);

    let several = 1 < here.arms.iter().filter(|arm| eligible(arm)).count();
    let Some(visitor) = question.visitor else {
        return match here.arms.iter().find(|arm| eligible(arm)) {
            Some(_) if several => Decision::VisitorMissing,
            Some(arm) => served(
                question,
                live,
                Pick {
                    slot,
                    arm,
                    no: arm.no,
                    weight: 1.0,
                },
                false,
            ),
            None => Decision::Withheld(slot, Withheld::Quiet),
        };
    };
    if held_out(&live.salt, visitor, question.place.holdout) {
        if stopped(generic) {
            return Decision::Withheld(slot, Withheld::Quiet);
        }
        let pick = Pick {
            slot,
            arm: generic,
            no: ArmNo::HOLDOUT,
            weight: question.place.holdout,
        };
        return served(question, live, pick, true);
    }
    let shares = live.policy.shares.get(&(slot.no, question.place.no));
    match draw(live, slot, here, shares, visitor, eligible) {
        Some(pick) => served(question, live, pick, several),
        None => Decision::Withheld(slot, Withheld::Quiet),
    }
}

#[derive(Clone, Copy)]
struct Pick<'l> {
    slot: &'l LiveSlot,
    arm: &'l LiveArm,
    no: ArmNo,
    weight: f64,
}

fn draw<'l>(
    live: &Live,
    slot: &'l LiveSlot,
    here: &'l LiveMarket,
    shares: Option<&Shares>,
    visitor: VisitorId,
    eligible: impl Fn(&LiveArm) -> bool,
) -> Option<Pick<'l>> {
    let uniform = draw_of(&live.salt, slot.no, visitor);
    let mut total = 0.0;
    let mut best: Option<(f64, &LiveArm, f64)> = None;
    for arm in here.arms.iter().filter(|arm| eligible(arm)) {
        let weight = weight_of(shares, arm.no);
        total += weight;
        let height = -uniform(arm.no).ln() / weight;
        if best.is_none_or(|(least, _, _)| height < least) {
            best = Some((height, arm, weight));
        }
    }
    best.map(|(_, arm, weight)| Pick {
        slot,
        arm,
        no: arm.no,
        weight: weight / total,
    })
}

/// An arm that the policy does not know yet weighs as much as the lightest it knows.
fn weight_of(shares: Option<&Shares>, arm: ArmNo) -> f64 {
    const LEAST: f64 = 1e-6;
    let Some(shares) = shares else { return 1.0 };
    let known = shares.arms.iter().find(|share| share.arm == arm);
    let weight = known.map_or_else(
        || {
            shares
                .arms
                .iter()
                .map(|share| share.probability.get())
                .fold(1.0, f64::min)
        },
        |share| share.probability.get(),
    );
    weight.max(LEAST)
}

fn served<'l>(
    question: &Question<'_>,
    live: &'l Live,
    pick: Pick<'l>,
    split: bool,
) -> Decision<'l> {
    let shares = live.policy.shares.get(&(pick.slot.no, question.place.no));
    let best = shares.and_then(|shares| shares.best);
    let facts = DecisionFacts {
        slot: pick.slot.no,
        market: question.place.no,
        rendering: pick.arm.rendering_no,
        arm: pick.no,
        explored: !pick.no.is_holdout() && best.is_some_and(|best| best != pick.no),
        policy: live.policy.version,
        propensity: Probability::clamped(pick.weight),
        visitor: question.visitor.map_or(VisitorTag(0), VisitorId::tag),
    };
    Decision::Served(Chosen {
        slot: pick.slot,
        arm: pick.arm,
        facts,
        split,
    })
}
