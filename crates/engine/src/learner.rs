//! The learner: one thread that folds the log and publishes weights.
//!
//! The fold is pure, and a policy depends on nothing but the events up to its
//! version and on the catalogue: after a restart it continues exactly.

use std::collections::HashMap;
use std::sync::{Arc, Weak};
use std::time::Duration;

use milieu_decide::{ArmShare, Catalogue, Live, Policy, Shares};
use milieu_learn::{MarketPlan, Settings, SlotPlan, Weights};
use milieu_measure::{Goal, Goals, Horizon, metrics};
use milieu_record::{ArmNo, LogPosition, SlotNo};
use tokio::sync::oneshot;

use crate::error::Kind;
use crate::{Engine, EngineError, clock, learner_file};

/// How many events are folded before readers of the ledger get their turn.
const STEP: usize = 2_000;
/// How often weights are published while events come in; the promise is 2 seconds.
const PUBLISH_EVERY: Duration = Duration::from_millis(500);
/// How many events may be folded again after a crash.
const CHECKPOINT_EVERY: u64 = 200_000;

/// Stops the learner's thread.
#[derive(Debug)]
pub(crate) struct LearnerHandle {
    stop: oneshot::Sender<()>,
    thread: std::thread::JoinHandle<()>,
}

impl LearnerHandle {
    /// Lets the thread write its checkpoint, and waits for its end.
    pub(crate) async fn stop(self) {
        drop(self.stop);
        let ended = tokio::task::spawn_blocking(move || self.thread.join()).await;
        if !matches!(ended, Ok(Ok(()))) {
            tracing::error!("the learner did not end well");
        }
    }
}

/// Folds everything the log has, then publishes once.
pub(crate) fn catch_up(engine: &Engine) -> Result<(), EngineError> {
    let goals = goals(engine);
    while fold_some(engine, &goals)? {}
    publish(engine);
    Ok(())
}

/// Starts the thread; it ends when stopped or when the engine is gone.
pub(crate) fn start(engine: &Arc<Engine>) -> Result<LearnerHandle, EngineError> {
    let (stop, stopped) = oneshot::channel();
    let weak = Arc::downgrade(engine);
    let runtime = tokio::runtime::Handle::current();
    let thread = std::thread::Builder::new()
        .name("learner".to_owned())
        .spawn(move || run(&weak, stopped, &runtime))
        .map_err(|error| io_error(&error))?;
    Ok(LearnerHandle { stop, thread })
}

fn run(weak: &Weak<Engine>, mut stopped: oneshot::Receiver<()>, runtime: &tokio::runtime::Handle) {
    let Some(mut tail) = weak.upgrade().map(|engine| engine.log.tail()) else {
        return;
    };
    let mut saved = 0;
    loop {
        let ended = runtime.block_on(async {
            tokio::select! {
                _ = &mut stopped => true,
                changed = tail.changed() => changed.is_err(),
            }
        });
        let Some(engine) = weak.upgrade() else { return };
        if let Err(error) = step(&engine) {
            tracing::error!(%error, "the learner skips a step");
        }
        let position = engine.ledger.read().map_or(0, |ledger| ledger.position().0);
        if ended || saved + CHECKPOINT_EVERY <= position {
            save(&engine);
            saved = position;
        }
        drop(engine);
        if ended {
            return;
        }
        runtime.block_on(async {
            tokio::select! {
                _ = &mut stopped => {}
                () = tokio::time::sleep(PUBLISH_EVERY) => {}
            }
        });
        if stopped.is_terminated() {
            if let Some(engine) = weak.upgrade() {
                save(&engine);
            }
            return;
        }
    }
}

fn step(engine: &Engine) -> Result<(), EngineError> {
    let goals = goals(engine);
    let mut moved = false;
    while fold_some(engine, &goals)? {
        moved = true;
    }
    if moved {
        publish(engine);
    }
    Ok(())
}

/// Folds the next events; tells whether there were any.
fn fold_some(engine: &Engine, goals: &Goals) -> Result<bool, EngineError> {
    let poisoned =
        |_| EngineError::new(Kind::Internal, "learner", "the ledger is damaged: restart");
    let next = engine.ledger.read().map_err(poisoned)?.position();
    if *engine.log.tail().borrow() <= next {
        return Ok(false);
    }
    let stop = next_point(engine, next);
    let poisoned =
        |_| EngineError::new(Kind::Internal, "learner", "the ledger is damaged: restart");
    let mut ledger = engine.ledger.write().map_err(poisoned)?;
    let folded = engine.log.read(next, STEP, |position, event| {
        if position < stop {
            ledger.fold(position, event, goals);
        }
    })?;
    drop(ledger);
    observe(engine);
    Ok(0 < folded)
}

/// The position at which the history wants to look: events beyond wait for the next step.
fn next_point(engine: &Engine, position: LogPosition) -> LogPosition {
    let history = engine.history.read();
    history.map_or(LogPosition(u64::MAX), |history| {
        history.next_after(position)
    })
}

/// Writes down what is known, where the history has a point.
fn observe(engine: &Engine) {
    let (Ok(ledger), Ok(mut history)) = (engine.ledger.read(), engine.history.write()) else {
        return;
    };
    if history.is_due(ledger.position()) {
        let plans = plans(&engine.live.load().catalogue);
        let weights = milieu_learn::policy(&ledger, &plans, Settings::default());
        history.observe(&ledger, &weights);
    }
}

pub(crate) fn save(engine: &Engine) {
    let (Ok(ledger), Ok(history)) = (engine.ledger.read(), engine.history.read()) else {
        return;
    };
    if let Err(error) = learner_file::save(&engine.checkpoint, &ledger, &history) {
        tracing::error!(%error, "no checkpoint was written; a restart will fold more of the log");
    }
}

/// Tells what is known of one slot now; `None` when the ledger is damaged.
pub(crate) fn now(engine: &Engine, slot: SlotNo) -> Option<milieu_learn::Point> {
    let ledger = engine.ledger.read().ok()?;
    let mut plans = plans(&engine.live.load().catalogue);
    plans.retain(|plan| plan.slot == slot);
    let weights = milieu_learn::policy(&ledger, &plans, Settings::default());
    Some(milieu_learn::point(&ledger, &weights))
}

/// Weighs the arms from what is folded, and publishes the weights.
pub(crate) fn publish(engine: &Engine) {
    let live = engine.live.load_full();
    let Ok(ledger) = engine.ledger.read() else {
        return;
    };
    let plans = plans(&live.catalogue);
    let weights = milieu_learn::policy(&ledger, &plans, Settings::default());
    drop(ledger);
    let policy = Arc::new(policy_of(weights));
    engine.weighed.note(clock::now());
    engine.live.rcu(|live| Live {
        policy: Arc::clone(&policy),
        ..Live::clone(live)
    });
}

fn plans(catalogue: &Catalogue) -> Vec<SlotPlan> {
    let now = clock::now();
    let mut plans = Vec::new();
    let mut slots: Vec<_> = catalogue.slots.values().collect();
    slots.sort_by_key(|slot| slot.no);
    for slot in slots {
        let mut generic = None;
        let mut markets = Vec::new();
        for (market, here) in &slot.markets {
            let eligible = || here.arms.iter().filter(|arm| arm.rendering.holds(now));
            generic = generic.or_else(|| eligible().find(|arm| arm.generic).map(|arm| arm.no));
            let arms = eligible().map(|arm| arm.no).collect();
            markets.push(MarketPlan {
                market: *market,
                arms,
            });
        }
        plans.push(SlotPlan {
            slot: slot.no,
            generic,
            markets,
        });
    }
    plans
}

fn policy_of(weights: Weights) -> Policy {
    let mut shares = HashMap::with_capacity(weights.slots.len());
    for (place, arms) in weights.slots {
        let best = single_best(arms.iter().map(|weight| (weight.arm, weight.mean.get())));
        let arms = arms
            .iter()
            .map(|weight| ArmShare {
                arm: weight.arm,
                probability: weight.probability,
                mean: Some(weight.mean.get()),
            })
            .collect();
        shares.insert(place, Shares { arms, best });
    }
    Policy {
        version: weights.version,
        shares,
    }
}

/// Returns the arm whose mean is above all others; `None` while arms are level.
fn single_best(means: impl Iterator<Item = (ArmNo, f64)> + Clone) -> Option<ArmNo> {
    let (best, top) = means.clone().max_by(|(_, a), (_, b)| a.total_cmp(b))?;
    let level = means.filter(|(_, mean)| mean.total_cmp(&top).is_eq());
    (level.count() == 1).then_some(best)
}

/// Reads each slot's goal from the catalogue.
fn goals(engine: &Engine) -> Goals {
    let live = engine.live.load();
    let goal = |slot: &milieu_decide::LiveSlot| {
        let metric = metrics::by_goal(&slot.goal)?;
        let minutes = u32::from(slot.horizon.hours()) * 60;
        let goal = Goal {
            event: metric.event.to_owned(),
            horizon: Horizon::minutes(minutes),
        };
        Some((slot.no, goal))
    };
    Goals {
        slots: live.catalogue.slots.values().filter_map(goal).collect(),
    }
}

fn io_error(error: &std::io::Error) -> EngineError {
    EngineError::new(Kind::Internal, "storage", error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(means: &[f64]) -> Option<ArmNo> {
        single_best((1..).map(ArmNo).zip(means.iter().copied()))
    }

    #[test]
    fn arms_that_are_level_have_no_best_among_them() {
        assert_eq!(best(&[0.1, 0.3, 0.2]), Some(ArmNo(2)));
        assert_eq!(best(&[0.3, 0.3]), None);
        assert_eq!(best(&[]), None);
    }
}
