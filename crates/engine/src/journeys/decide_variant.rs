//! Which approved rendering a visitor gets.
//!
//! Nothing here waits, writes or locks while choosing. An answer is repeated byte for
//! byte for half an hour while it is still eligible, so that a page does not change
//! under a visitor when weights move.

use std::sync::Arc;

use milieu_decide::{
    Context, Decision, Live, LiveArm, LiveSlot, Place, Question, Step, Withheld, choose,
};
use milieu_record::{ArmNo, DecisionFacts, Instant, MarketNo, SlotKey, SlotNo, VisitorTag};
use quick_cache::sync::Cache;

use crate::{Engine, EngineError};

/// What a request asks for.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// Where it comes from.
    pub context: Context<'a>,
    /// The site's own id of the visitor.
    pub targeting_key: Option<&'a str>,
    /// Now.
    pub now: Instant,
}

/// What is answered for one slot.
#[derive(Debug)]
pub struct Decided<'l> {
    /// The slot.
    pub slot: &'l LiveSlot,
    /// The market that was resolved, and how; `None` when none is configured.
    pub place: Option<(&'l Place, Step)>,
    /// What the visitor gets.
    pub outcome: Outcome<'l>,
}

/// What the visitor gets.
#[derive(Debug)]
pub enum Outcome<'l> {
    /// An approved rendering.
    Served {
        /// The rendering.
        arm: &'l LiveArm,
        /// What the token says.
        facts: DecisionFacts,
        /// The signed token.
        token: Arc<str>,
        /// Whether there was more than one arm to choose from.
        split: bool,
    },
    /// The slot's default, and why.
    Withheld(&'static str),
}

/// Why a slot cannot be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoDecision {
    /// There is no such slot.
    UnknownSlot,
    /// Several arms could be given and the request names no visitor.
    VisitorMissing,
}

type AnswerKey = (SlotNo, MarketNo, VisitorTag);

/// Answers given in the last half hour, at most so many.
#[derive(Debug)]
pub(crate) struct Answers {
    cache: Cache<AnswerKey, Answer>,
}

#[derive(Debug, Clone)]
struct Answer {
    facts: DecisionFacts,
    token: Arc<str>,
    given: Instant,
}

/// The bound of the cache: about 20 MiB. When full the least used answers go.
const ANSWERS: usize = 100_000;
const KEPT: i64 = 30 * 60 * Instant::SECOND;

impl Answers {
    pub(crate) fn new() -> Self {
        Self {
            cache: Cache::new(ANSWERS),
        }
    }
}

/// Finds the market of a request, once for all its slots.
pub fn resolve<'l>(
    live: &'l Live,
    ask: &Ask<'_>,
) -> Result<Option<(&'l Place, Step)>, EngineError> {
    Ok(live.catalogue.places.resolve(&ask.context)?)
}

/// Decides one slot.
pub fn decide_variant<'l>(
    engine: &Engine,
    live: &'l Live,
    place: Option<(&'l Place, Step)>,
    slot: &SlotKey,
    ask: &Ask<'_>,
) -> Result<Decided<'l>, NoDecision> {
    let slot = live
        .catalogue
        .slots
        .get(slot)
        .ok_or(NoDecision::UnknownSlot)?;
    let Some((here, _)) = place else {
        return Ok(Decided {
            slot,
            place,
            outcome: Outcome::Withheld("no market is configured"),
        });
    };
    let visitor = ask
        .targeting_key
        .map(|key| engine.secrets.visitor.visitor(key));
    let key = (
        slot.no,
        here.no,
        visitor.map_or(VisitorTag(0), milieu_record::VisitorId::tag),
    );
    if let Some(outcome) = repeat(engine, live, slot, &key, ask.now) {
        return Ok(Decided {
            slot,
            place,
            outcome,
        });
    }
    let question = Question {
        slot: &slot.key,
        place: here,
        visitor,
        now: ask.now,
    };
    let outcome = fresh(engine, live, &question, key)?;
    Ok(Decided {
        slot,
        place,
        outcome,
    })
}

/// Chooses anew, signs, and remembers the answer.
fn fresh<'l>(
    engine: &Engine,
    live: &'l Live,
    question: &Question<'_>,
    key: AnswerKey,
) -> Result<Outcome<'l>, NoDecision> {
    match choose(question, live) {
        Decision::Served(chosen) => {
            let token: Arc<str> = engine.secrets.token.seal(&chosen.facts).into();
            let facts = chosen.facts;
            let answer = Answer {
                facts,
                token: Arc::clone(&token),
                given: question.now,
            };
            engine.answers.cache.insert(key, answer);
            Ok(Outcome::Served {
                arm: chosen.arm,
                facts,
                token,
                split: chosen.split,
            })
        }
        Decision::Withheld(_, Withheld::NotLive) => Ok(Outcome::Withheld(
            "no approved generic rendering in this market",
        )),
        Decision::Withheld(_, Withheld::Quiet) => Ok(Outcome::Withheld("quiet mode")),
        Decision::VisitorMissing => Err(NoDecision::VisitorMissing),
        Decision::UnknownSlot => Err(NoDecision::UnknownSlot),
    }
}

/// Repeats an answer of the last half hour, when its rendering may still be given.
fn repeat<'l>(
    engine: &Engine,
    live: &'l Live,
    slot: &'l LiveSlot,
    key: &AnswerKey,
    now: Instant,
) -> Option<Outcome<'l>> {
    let answer = engine.answers.cache.get(key)?;
    let here = slot.markets.get(&key.1)?;
    let quiet = live.quiet.holds(key.1, now);
    let eligible =
        |arm: &&LiveArm| arm.rendering.holds(now) && !(quiet && arm.occasion.stops_in_quiet_mode());
    let generic_holds = here
        .arms
        .iter()
        .any(|arm| arm.generic && arm.rendering.holds(now));
    let arm = here
        .arms
        .iter()
        .find(|arm| arm.rendering_no == answer.facts.rendering)?;
    let fresh = now.since(answer.given) < KEPT;
    if !fresh || !generic_holds || !eligible(&arm) {
        return None;
    }
    let split = answer.facts.arm == ArmNo::HOLDOUT || 1 < here.arms.iter().filter(eligible).count();
    Some(Outcome::Served {
        arm,
        facts: answer.facts,
        token: answer.token,
        split,
    })
}
