//! A small world: visitors arrive, see an arm, and click at a known rate.

use milieu_learn::{MarketPlan, Settings, SlotPlan, Weights, policy};
use milieu_measure::*;
use milieu_record::*;

use crate::truth::{Dice, MARKETS};

pub(crate) const SLOT: SlotNo = SlotNo(1);

/// True rates by market and variant; the first variant is the generic one.
pub(crate) struct World {
    pub(crate) rates: Vec<Vec<f64>>,
    /// The share of visitors that come from each market; empty for equal shares.
    pub(crate) shares: Vec<f64>,
    /// The share of visitors who get to see the slot at all.
    pub(crate) seen: f64,
    pub(crate) visitors: u64,
    pub(crate) refit_every: u64,
    /// The share of visitors who always get the generic variant.
    pub(crate) holdout: f64,
    /// The smallest difference that would matter.
    pub(crate) smallest_effect: f64,
}

impl Default for World {
    /// One arm everywhere, nobody comes, and one point would matter.
    fn default() -> Self {
        Self {
            rates: Vec::new(),
            shares: Vec::new(),
            seen: 1.0,
            visitors: 0,
            refit_every: 1_000,
            holdout: 0.1,
            smallest_effect: 0.01,
        }
    }
}

/// What one run of the world came to.
pub(crate) struct Run {
    pub(crate) ledger: Ledger,
    pub(crate) plan: SlotPlan,
    pub(crate) smallest_effect: f64,
    pub(crate) weights: Weights,
    /// By market: the true rates of the arms treated visitors got, added up.
    pub(crate) earned: Vec<f64>,
}

pub(crate) fn goals() -> Goals {
    let goal = Goal {
        event: "Slot Clicked".into(),
        horizon: Horizon::DAY,
    };
    Goals {
        slots: [(SLOT, goal)].into(),
    }
}

fn small(index: usize) -> u8 {
    u8::try_from(index).unwrap()
}

pub(crate) fn plan(world: &World) -> SlotPlan {
    let market = |(index, rates): (usize, &Vec<f64>)| MarketPlan {
        market: MarketNo(u16::from(small(index))),
        arms: (1..=small(rates.len())).map(ArmNo).collect(),
    };
    SlotPlan {
        slot: SLOT,
        generic: Some(ArmNo(1)),
        markets: world.rates.iter().enumerate().map(market).collect(),
    }
}

/// One event of a visitor; the visitor's number is its identity.
pub(crate) fn event(
    at: i64,
    visitor: u64,
    market: MarketNo,
    arm: ArmNo,
    kind: EventKind<'static>,
) -> Event<'static> {
    // The workspace's hash is not what is tested here: any 128 bits do.
    let id = serde_json::from_value(serde_json::json!([visitor.to_be_bytes(), [0; 8]].concat()));
    Event {
        id: MessageId::of("any"),
        at: Instant::from_micros(at),
        visitor: Some(id.unwrap()),
        linked: None,
        market: Some(market),
        decision: Some(DecisionFacts {
            slot: SLOT,
            market,
            rendering: RenderingNo(1),
            arm,
            explored: false,
            policy: PolicyVersion(0),
            propensity: Probability::ONE,
            visitor: VisitorTag(visitor),
        }),
        kind,
        properties: [].as_slice().into(),
    }
}

/// Lets visitors arrive one by one, learning at regular positions.
pub(crate) fn run(world: &World, seed: u64) -> Run {
    let (goals, plan) = (goals(), plan(world));
    let mut draws = Dice::seeded(seed);
    let mut ledger = Ledger::default();
    let mut weights = policy(&ledger, std::slice::from_ref(&plan), Settings::default());
    let mut earned = vec![0.0; world.rates.len()];
    // One event is made and then altered: building them is not what is tested.
    let mut seen = event(0, 1, MarketNo(0), ArmNo(0), EventKind::Exposure);
    let mut clicked = event(
        0,
        1,
        MarketNo(0),
        ArmNo(0),
        EventKind::Track("Slot Clicked".into()),
    );
    for visitor in 1..=world.visitors {
        if world.seen <= draws.uniform() {
            continue;
        }
        let index = home(world, visitor, &mut draws);
        let market = MarketNo(u16::from(small(index)));
        let held_out = draws.uniform() < world.holdout;
        let arm = if held_out {
            ArmNo::HOLDOUT
        } else {
            choose(&weights, market, draws.uniform())
        };
        let rate = world.rates[index][usize::from(arm.0.max(1)) - 1];
        if !held_out {
            earned[index] += rate;
        }
        let facts = DecisionFacts {
            market,
            arm,
            visitor: VisitorTag(visitor),
            ..seen.decision.unwrap()
        };
        seen.decision = Some(facts);
        ledger.fold(ledger.position(), &seen, &goals);
        if draws.uniform() < rate {
            clicked.decision = Some(facts);
            ledger.fold(ledger.position(), &clicked, &goals);
        }
        if visitor % world.refit_every == 0 {
            weights = policy(&ledger, std::slice::from_ref(&plan), Settings::default());
        }
    }
    Run {
        ledger,
        plan,
        smallest_effect: world.smallest_effect,
        weights,
        earned,
    }
}

/// Tells which market a visitor comes from.
fn home(world: &World, visitor: u64, draws: &mut Dice) -> usize {
    if world.shares.is_empty() {
        return usize::try_from(visitor).unwrap() % world.rates.len();
    }
    let mut left = draws.uniform();
    let is_home = |share: &f64| {
        left -= share;
        left < 0.0
    };
    let found = world.shares.iter().position(is_home);
    found.unwrap_or(world.shares.len() - 1)
}

fn choose(weights: &Weights, market: MarketNo, uniform: f64) -> ArmNo {
    let arms = &weights.slots[&(SLOT, market)];
    let mut left = uniform;
    for weight in arms {
        left -= weight.probability.get();
        if left < 0.0 {
            return weight.arm;
        }
    }
    arms.last().unwrap().arm
}

impl Run {
    pub(crate) fn cell(&self, market: usize, arm: u8) -> Cell {
        self.ledger.cell(CellKey {
            slot: SLOT,
            market: MarketNo(u16::from(small(market))),
            arm: ArmNo(arm),
        })
    }

    pub(crate) fn experiment(&self) -> Experiment {
        let market = |(index, market): (usize, &MarketPlan)| MarketCells {
            market: MARKETS[index].0.parse().unwrap(),
            holdout: self.cell(index, 0),
            arms: market
                .arms
                .iter()
                .map(|arm| ArmCell {
                    variant: format!("v{arm}").parse().unwrap(),
                    generic: *arm == ArmNo(1),
                    cell: self.cell(index, arm.0),
                })
                .collect(),
        };
        Experiment {
            metric: &metrics::ctr::CTR,
            slot: "home.hero".parse().unwrap(),
            horizon: Horizon::DAY,
            smallest_effect: milieu_stats::Fraction::clamped(self.smallest_effect),
            markets: self.plan.markets.iter().enumerate().map(market).collect(),
            window: self.ledger.span(SLOT),
            crossed: self.ledger.crossed(SLOT),
            anonymous: self.ledger.anonymous_in(SLOT),
            simulated: true,
        }
    }
}
