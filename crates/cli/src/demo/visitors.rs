//! Simulated visitors: they ask the real server, and click as the hidden truth says.

use std::io::{self, Write as _};
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval};

use super::client::{Client, Given};
use super::world::{Dice, FIRST_CROWD, MARKETS, SLOTS, World};

/// How many visitors' events travel in one batch; each has up to twelve.
const GROUP: u64 = 100;
/// How many groups come in at the same time.
const DOORS: usize = 4;
/// How often visitors come in after that.
const EVERY: Duration = Duration::from_millis(500);

/// Whether a crowd comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Crowd {
    /// The shop is new.
    First,
    /// It has been visited before.
    None,
}

/// Who comes where, how many, and what is true of them.
#[derive(Debug)]
pub(super) struct Visits {
    pub(super) url: String,
    pub(super) server_key: String,
    pub(super) write_key: String,
    pub(super) world: World,
    pub(super) seed: u64,
    /// Visitors per second; 0 is none at all.
    pub(super) rate: u32,
    pub(super) crowd: Crowd,
}

/// One group's share of the work, on its own thread.
#[derive(Debug)]
struct Street {
    client: Client,
    world: World,
    seed: u64,
    /// Sets this start's visitors apart from those of earlier starts.
    start: String,
}

/// Lets visitors come until the shop closes.
pub(super) async fn keep_coming(visits: Visits, mut stopped: watch::Receiver<bool>) {
    if visits.rate == 0 {
        return;
    }
    let street = Arc::new(Street {
        client: Client::new(&visits.url, &visits.server_key, &visits.write_key),
        world: visits.world,
        seed: visits.seed,
        start: format!("{:x}", milieu_engine::now().micros()),
    });
    let mut next = 0;
    if visits.crowd == Crowd::First {
        let began = Instant::now();
        come(&street, 0..FIRST_CROWD, &stopped).await;
        next = FIRST_CROWD;
        if !*stopped.borrow() {
            say(FIRST_CROWD, began.elapsed());
        }
    }
    let mut ticks = interval(EVERY);
    // Who could not come in in time stays away: the rate never catches up in a burst.
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut owed = 0;
    loop {
        tokio::select! {
            _ = stopped.wait_for(|stop| *stop) => return,
            _ = ticks.tick() => {}
        }
        // Half a second's visitors, an odd one every other time.
        owed += u64::from(visits.rate);
        let now = owed / 2;
        owed %= 2;
        come(&street, next..next + now, &stopped).await;
        next += now;
    }
}

fn say(visitors: u64, took: Duration) {
    // Nobody has to listen.
    drop(writeln!(
        io::stderr(),
        "{visitors} simulated visitors came in within {:.1} s; the report is worth a look",
        took.as_secs_f64()
    ));
}

/// Lets visitors in, some groups at a time, through the server's own routes.
async fn come(street: &Arc<Street>, visitors: Range<u64>, stopped: &watch::Receiver<bool>) {
    let mut inside = JoinSet::new();
    let mut first = visitors.start;
    while first < visitors.end && !*stopped.borrow() {
        if DOORS <= inside.len() {
            note(inside.join_next().await, stopped);
        }
        let group = first..visitors.end.min(first + GROUP);
        first = group.end;
        let street = Arc::clone(street);
        inside.spawn_blocking(move || street.visit(group));
    }
    while let Some(ended) = inside.join_next().await {
        note(Some(ended), stopped);
    }
}

/// A group that failed is told, unless the shop was closing.
fn note(
    ended: Option<Result<Result<()>, tokio::task::JoinError>>,
    stopped: &watch::Receiver<bool>,
) {
    match ended {
        Some(Ok(Err(error))) if !*stopped.borrow() => {
            tracing::warn!("some simulated visitors turned back: {error:#}");
        }
        Some(Err(error)) => tracing::error!(%error, "a group of simulated visitors broke"),
        Some(Ok(_)) | None => {}
    }
}

impl Street {
    fn visit(&self, group: Range<u64>) -> Result<()> {
        let mut events = Vec::new();
        for number in group {
            let mut dice = Dice::of(self.seed, number);
            let market = dice.market();
            let (home, _) = MARKETS.get(market).copied().unwrap_or_default();
            let visitor = format!("simulated-{}-{number}", self.start);
            for given in self.client.decide(&visitor, home)? {
                self.look(&visitor, market, &given, &mut dice, &mut events);
            }
        }
        self.client.send(&events)
    }

    /// Looks at what one slot shows, and clicks or not.
    fn look(
        &self,
        visitor: &str,
        market: usize,
        given: &Given,
        dice: &mut Dice,
        events: &mut Vec<Value>,
    ) {
        let Some(truth) = SLOTS.iter().find(|truth| truth.slot == given.key) else {
            return;
        };
        // Both dice are thrown in any case: a visitor is the same whatever is shown.
        let sees = dice.happens(truth.seen);
        let rate = truth.rate(self.world, market, truth.place_of(&given.variant));
        let clicks = dice.happens(rate);
        let Some(token) = given.metadata.decision_id.as_deref().filter(|_| sees) else {
            return;
        };
        let mut track = |event: &str| {
            events.push(json!({
                "type": "track", "event": event, "anonymousId": visitor,
                "messageId": format!("{visitor} {} {event}", given.key),
                "properties": {"decisionId": token},
            }));
        };
        track("Experiment Viewed");
        if clicks {
            track("Slot Clicked");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VISITORS: u32 = 20_000;

    /// Shows every visitor the same and counts who sees it and who clicks.
    fn show(world: World, variant: &str, token: Option<&str>) -> (f64, f64) {
        let street = Street {
            client: Client::new("http://127.0.0.1:1/", "", ""),
            world,
            seed: 1,
            start: String::new(),
        };
        let given =
            json!({"key": "product.cta", "variant": variant, "metadata": {"decisionId": token}});
        let given: Given = serde_json::from_value(given).unwrap();
        let mut events = Vec::new();
        for visitor in 0..VISITORS {
            let mut dice = Dice::of(1, u64::from(visitor));
            street.look("someone", 1, &given, &mut dice, &mut events);
        }
        let count = |name: &str| {
            let count = events.iter().filter(|event| event["event"] == name).count();
            f64::from(u32::try_from(count).unwrap()) / f64::from(VISITORS)
        };
        (count("Experiment Viewed"), count("Slot Clicked"))
    }

    #[test]
    fn visitors_look_and_click_as_the_truth_says() {
        // Three standard errors of 20,000 visitors are less than 0.009.
        for (world, variant, rate) in [
            (World::Culture, "direct", 0.120),
            (World::Culture, "gentle", 0.200),
            (World::Culture, "somebody's own", 0.130),
            (World::None, "direct", 0.130),
            (World::Contrarian, "direct", 0.080),
            (World::Contrarian, "gentle", 0.030),
        ] {
            let (seen, clicked) = show(world, variant, Some("token"));
            assert!((seen - 0.9).abs() < 0.009, "{variant}: {seen}");
            assert!((clicked - 0.9 * rate).abs() < 0.009, "{variant}: {clicked}");
        }
    }

    #[test]
    fn a_default_without_a_decision_counts_for_nothing() {
        assert_eq!(show(World::Culture, "default", None), (0.0, 0.0));
    }

    #[test]
    fn markets_get_their_shares_of_the_visitors() {
        let mut counts = [0_u32; MARKETS.len()];
        for visitor in 0..VISITORS {
            counts[Dice::of(1, u64::from(visitor)).market()] += 1;
        }
        for ((market, share), count) in MARKETS.iter().zip(counts) {
            let got = f64::from(count) / f64::from(VISITORS);
            assert!((got - share).abs() < 0.01, "{market}: {got}");
        }
    }
}
