//! The story of weights over time: bounded, and the same however often it is interrupted.

use milieu_learn::{History, Settings, SlotPlan, policy};
use milieu_measure::{Goals, Ledger};
use milieu_record::{ArmNo, EventKind, MarketNo, VisitorTag};

use crate::world::{World, event, goals, plan};

struct Telling {
    ledger: Ledger,
    history: History,
    plans: Vec<SlotPlan>,
    goals: Goals,
}

impl Telling {
    fn begin() -> Self {
        let world = World {
            rates: vec![vec![0.05; 3]; 2],
            ..World::default()
        };
        Self {
            ledger: Ledger::default(),
            history: History::default(),
            plans: vec![plan(&world)],
            goals: goals(),
        }
    }

    /// Folds on to a position; few visitors come again and again.
    fn tell(&mut self, to: u64) {
        let mut seen = event(0, 1, MarketNo(0), ArmNo(0), EventKind::Exposure);
        while self.ledger.position().0 < to {
            let mut facts = seen.decision.unwrap();
            let number = self.ledger.position().0 % 997;
            facts.visitor = VisitorTag(number + 1);
            facts.market = MarketNo(u16::from(number % 2 == 1));
            facts.arm = ArmNo(u8::try_from(number % 4).unwrap());
            seen.decision = Some(facts);
            self.ledger.fold(self.ledger.position(), &seen, &self.goals);
            if self.history.is_due(self.ledger.position()) {
                let weights = policy(&self.ledger, &self.plans, Settings::default());
                self.history.observe(&self.ledger, &weights);
            }
        }
    }

    /// What a restart from a checkpoint finds.
    fn interrupted(self) -> Self {
        let kept = serde_json::to_string(&self.history).unwrap();
        Self {
            ledger: Ledger::restore(self.ledger.checkpoint()),
            history: serde_json::from_str(&kept).unwrap(),
            ..self
        }
    }
}

fn positions(history: &History) -> Vec<u64> {
    let points = history.points().iter();
    points.map(|point| point.position.0).collect()
}

#[test]
fn points_lie_evenly_and_never_become_more_than_two_hundred() {
    let mut telling = Telling::begin();
    for to in [1_999, 2_000, 400_000, 404_000, 900_000] {
        telling.tell(to);
        assert!(telling.history.points().len() <= 200);
    }
    // Doubled twice: 2 000 events apart, then 4 000 and 8 000.
    let expected: Vec<u64> = (1..=112).map(|step| step * 8_000).collect();
    assert_eq!(positions(&telling.history), expected);
}

#[test]
fn an_interruption_anywhere_changes_nothing() {
    let mut straight = Telling::begin();
    straight.tell(30_000);
    for cut in [1_000, 2_000, 13_337] {
        let mut telling = Telling::begin();
        telling.tell(cut);
        let mut again = telling.interrupted();
        again.tell(30_000);
        assert_eq!(again.history, straight.history, "{cut}");
    }
}

#[test]
fn a_point_says_what_was_known_there() {
    let mut telling = Telling::begin();
    telling.tell(2_000);
    let [point] = telling.history.points() else {
        panic!("one point");
    };
    let [first, second] = point.markets.as_slice() else {
        panic!("two markets");
    };
    let treated = |visitors: &milieu_learn::MarketPoint| -> u64 {
        visitors.arms.iter().map(|arm| arm.visitors).sum()
    };
    let all = treated(first) + first.holdout + treated(second) + second.holdout;
    assert_eq!(all, 997);
    for market in &point.markets {
        let sum: f64 = market.arms.iter().map(|arm| arm.share.get()).sum();
        assert!((sum - 1.0).abs() < 1e-5);
        for arm in &market.arms {
            assert_eq!(arm.mean.is_some(), 0 < arm.visitors || arm.arm == ArmNo(1));
        }
    }
}
