//! The workspace at a glance: every market, what needs somebody, and the next step.

use std::collections::{BTreeMap, BTreeSet};

use milieu_culture::{Count, Date, MarketId};
use milieu_measure::{Report, Row, RowKind, Verdict, metrics};
use milieu_record::SlotKey;
use milieu_review::Role;
use milieu_stats::Interval;
use milieu_store::AuditMarketRow;
use serde::Serialize;
use utoipa::ToSchema;

use super::list_slots::{ListedSlot, list_slots};
use super::report::report;
use super::review_proposal::{ReviewState, list_reviews};
use crate::{Engine, EngineError, Principal, clock};

/// The workspace at a glance.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Overview {
    /// Which workspace this is.
    pub workspace: OverviewWorkspace,
    /// Each configured market, the default first.
    pub markets: Vec<OverviewMarket>,
    /// What waits for somebody.
    pub needs: Vec<Need>,
    /// The way from a first login to a first market's first event.
    pub steps: Vec<Step>,
}

/// Which workspace this is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OverviewWorkspace {
    /// Its name.
    pub name: String,
    /// Whether its visitors are simulated.
    pub simulated: bool,
}

/// A market at a glance.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OverviewMarket {
    /// The market.
    pub market: MarketId,
    /// Whether quiet mode holds there now.
    pub quiet: bool,
    /// How many proposals wait for review.
    pub waiting: usize,
    /// What its last audit found; `None` when there was none.
    pub findings: Option<FoundHere>,
    /// How much is known about it.
    pub claims: KnownHere,
    /// The results of each slot there.
    pub slots: Vec<OverviewSlot>,
}

/// What an audit found in one market.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct FoundHere {
    /// What breaks law, a standard or the message itself.
    pub error: u32,
    /// What is worth changing.
    pub warning: u32,
    /// What is worth knowing.
    pub info: u32,
}

/// How much is known about a market.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct KnownHere {
    /// All claims that cover it.
    pub all: usize,
    /// Those with a source that was opened at the passage.
    pub opened: usize,
}

/// A slot's result in one market: adapted against generic.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OverviewSlot {
    /// The slot.
    pub slot: SlotKey,
    /// The metric.
    pub metric: &'static str,
    /// Visitors.
    pub n: u64,
    /// The difference; `None` with a reason when it is too early.
    pub estimate: Option<f64>,
    /// Its anytime-valid interval.
    pub interval: Option<Interval>,
    /// What may be said.
    pub verdict: Verdict,
    /// Why a value is missing, or why the verdict is weaker than the interval.
    pub reason: Option<String>,
}

/// What sort of thing waits for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NeedKind {
    /// Proposals wait for a local person.
    Review,
    /// The last audit has errors or warnings.
    Finding,
    /// Adapted content does worse than generic.
    Worse,
    /// Quiet mode holds.
    Quiet,
    /// Claims have expired.
    Expired,
}

/// Something that waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Need {
    /// What sort of thing.
    pub kind: NeedKind,
    /// Where.
    pub market: Option<MarketId>,
    /// How many.
    pub count: usize,
    /// In which slot.
    pub slot: Option<SlotKey>,
    /// In which audit.
    pub audit: Option<String>,
}

/// What is done on the way from a first login to a first event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StepKey {
    /// The workspace serves a market.
    Markets,
    /// Somebody can review.
    People,
    /// There is a slot.
    Slots,
    /// Something approved is live.
    Approval,
    /// A program has a key.
    Key,
    /// An event came in.
    Events,
}

/// A step, done or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Step {
    /// Which one.
    pub key: StepKey,
    /// Whether it is done.
    pub done: bool,
}

/// Looks over the whole workspace.
pub async fn overview(engine: &Engine, who: &Principal) -> Result<Overview, EngineError> {
    who.must_read()?;
    let today = clock::today();
    let slots = list_slots(engine, who).await?;
    let reports = reports(engine, who, &slots).await?;
    let waiting = waiting(engine, who).await?;
    let audits = engine.control.last_audits().await?;
    let live = engine.live.load_full();
    let places = live.catalogue.places.all();
    let quiet = |place: &milieu_decide::Place| live.quiet.holds(place.no, clock::now());
    let mut markets = Vec::with_capacity(places.len());
    let mut needs = Vec::new();
    for place in places {
        let audit = audits.get(&place.id);
        let market = OverviewMarket {
            market: place.id.clone(),
            quiet: quiet(place),
            waiting: waiting.get(&place.id).copied().unwrap_or(0),
            findings: audit.map(|(_, found)| found_here(found)),
            claims: known_here(engine, &place.id),
            slots: reports
                .iter()
                .filter_map(|report| slot_here(report, &place.id))
                .collect(),
        };
        let id = audit.map(|(id, _)| id.as_str());
        needs.extend(needs_of(&market, id, expired(engine, &place.id, today)));
        markets.push(market);
    }
    needs.sort_by_key(|need| order(need.kind));
    let workspace = engine.workspace();
    Ok(Overview {
        workspace: OverviewWorkspace {
            name: workspace.name.clone(),
            simulated: workspace.simulated,
        },
        steps: steps(engine, &slots).await?,
        markets,
        needs,
    })
}

async fn reports(
    engine: &Engine,
    who: &Principal,
    slots: &[ListedSlot],
) -> Result<Vec<Report>, EngineError> {
    let mut reports = Vec::new();
    for slot in slots {
        let metric = metrics::by_goal(&slot.goal);
        if let (Some(metric), Ok(key)) = (metric, slot.key.parse::<SlotKey>()) {
            reports.push(report(engine, who, metric.key, &key).await?);
        }
    }
    Ok(reports)
}

async fn waiting(
    engine: &Engine,
    who: &Principal,
) -> Result<BTreeMap<MarketId, usize>, EngineError> {
    let mut waiting = BTreeMap::new();
    for review in list_reviews(engine, who, None).await? {
        if review.state == ReviewState::Waiting {
            *waiting.entry(review.subject.market).or_default() += 1;
        }
    }
    Ok(waiting)
}

fn found_here(found: &AuditMarketRow) -> FoundHere {
    FoundHere {
        error: found.errors,
        warning: found.warnings,
        info: found.infos,
    }
}

fn known_here(engine: &Engine, market: &MarketId) -> KnownHere {
    let count = Count::of(engine.knowledge.claims_of(market));
    KnownHere {
        all: count.claims,
        opened: count.opened(),
    }
}

fn expired(engine: &Engine, market: &MarketId, today: Date) -> usize {
    let claims = engine.knowledge.claims_of(market);
    claims.filter(|claim| claim.expires < today).count()
}

/// Takes the difference out of a report; a slot that nobody saw there has none.
fn slot_here(report: &Report, market: &MarketId) -> Option<OverviewSlot> {
    let here = |row: &&Row| row.market == *market && row.kind == RowKind::Difference;
    let row = report.markets.iter().find(here)?;
    Some(OverviewSlot {
        slot: report.slot.clone(),
        metric: report.metric,
        n: row.n,
        estimate: row.estimate,
        interval: row.interval,
        verdict: row.verdict?,
        reason: row.reason.clone(),
    })
}

fn needs_of(market: &OverviewMarket, audit: Option<&str>, expired: usize) -> Vec<Need> {
    let need = |kind, count| Need {
        kind,
        market: Some(market.market.clone()),
        count,
        slot: None,
        audit: None,
    };
    let found = market
        .findings
        .map_or(0, |found| found.error + found.warning);
    let mut needs = vec![
        need(NeedKind::Review, market.waiting),
        Need {
            audit: audit.map(str::to_owned),
            ..need(
                NeedKind::Finding,
                usize::try_from(found).unwrap_or(usize::MAX),
            )
        },
        need(NeedKind::Quiet, usize::from(market.quiet)),
        need(NeedKind::Expired, expired),
    ];
    let worse = |slot: &&OverviewSlot| slot.verdict == Verdict::AdaptedWorse;
    needs.extend(market.slots.iter().filter(worse).map(|slot| Need {
        slot: Some(slot.slot.clone()),
        ..need(NeedKind::Worse, 1)
    }));
    needs.retain(|need| 0 < need.count);
    needs
}

/// What hurts visitors first, then what people wait for.
fn order(kind: NeedKind) -> u8 {
    match kind {
        NeedKind::Worse => 0,
        NeedKind::Finding => 1,
        NeedKind::Review => 2,
        NeedKind::Quiet => 3,
        NeedKind::Expired => 4,
    }
}

async fn steps(engine: &Engine, slots: &[ListedSlot]) -> Result<Vec<Step>, EngineError> {
    let people = engine.control.people().await?;
    let reviewers: BTreeSet<&str> = people
        .iter()
        .filter(|row| row.active)
        .filter(|row| row.grants.iter().any(|grant| grant.role == Role::Reviewer))
        .map(|row| row.name.as_str())
        .collect();
    let keys = engine.control.api_keys().await?;
    let seen = 0 < engine.log.tail().borrow().0;
    let step = |key, done| Step { key, done };
    Ok(vec![
        step(
            StepKey::Markets,
            !engine.live().catalogue.places.all().is_empty(),
        ),
        step(StepKey::People, !reviewers.is_empty()),
        step(StepKey::Slots, !slots.is_empty()),
        step(
            StepKey::Approval,
            slots.iter().any(|slot| slot.status == "live"),
        ),
        step(
            StepKey::Key,
            keys.iter().any(|key| key.revoked_at.is_none()),
        ),
        step(StepKey::Events, seen),
    ])
}
