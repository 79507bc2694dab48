//! How sure a claim is: computed from its evidence, never entered by hand.
//!
//! Every entry of evidence has a **ceiling**: that of its kind (a statute more
//! than a blog) times how it was read (at the passage, as an abstract, through
//! another source, from memory). Age lowers its weight below the ceiling. The
//! best entry speaks for its group, independent groups are joined by noisy-or,
//! and the result never passes the best group's ceiling. What contradicts is
//! joined in the same way and subtracted. Recalled sources never add to opened
//! ones.
//!
//! Method: noisy-or of independent causes (Pearl 1988, *Probabilistic Reasoning
//! in Intelligent Systems*, section 4.3.2). Ceilings and half-lives are set by
//! the design, not estimated: a grade orders claims, it is no frequency.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{ClaimState, Date, Direction, Evidence, EvidenceKind, Evidenced, Read};

/// How much a statement may be relied on, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(as = ClaimConfidence)]
pub struct Confidence(f64);

impl Confidence {
    /// Makes a confidence; values outside 0 to 1 and NaN are moved inside.
    pub fn new(value: f64) -> Self {
        if value.is_nan() {
            Self(0.0)
        } else {
            Self(value.clamp(0.0, 1.0))
        }
    }

    /// Returns the number between 0 and 1.
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}", self.0)
    }
}

/// Sums up a confidence for people; ordered so that `A` is the greatest.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
pub enum Grade {
    /// Below 0.40: a hint, worth a question to somebody local.
    D,
    /// From 0.40: documented, but thinly.
    C,
    /// From 0.60: well documented.
    B,
    /// From 0.80: law, standard, calendar or strong measurement.
    A,
}

impl Grade {
    /// Returns the grade of a confidence.
    pub fn of(confidence: Confidence) -> Self {
        match confidence.get() {
            c if 0.80 <= c => Self::A,
            c if 0.60 <= c => Self::B,
            c if 0.40 <= c => Self::C,
            _ => Self::D,
        }
    }
}

/// Says how sure a claim is on a day, and why.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Grading {
    /// The confidence as a letter.
    pub grade: Grade,
    /// The computed confidence.
    pub confidence: Confidence,
    /// What the best supporting group could reach at most.
    pub ceiling: Confidence,
    /// Whether the day lies after the claim's expiry.
    pub expired: bool,
    /// Whether evidence or people disagree.
    pub contested: bool,
    /// How the number came about, in sentences.
    pub reasons: Vec<String>,
}

/// Computes how sure a claim or an observance is on a day.
///
/// # Examples
/// ```
/// # use milieu_culture::{grade, Claim, Grade};
/// # let claim: Claim = toml::from_str(r#"
/// #   id = "de.law.price-total"
/// #   facet = "law"
/// #   key = "price-total"
/// #   statement = "Prices shown to consumers include VAT."
/// #   kind = "law"
/// #   strength = 3
/// #   expires = "2027-05-24"
/// #   scope = { territories = ["DE"] }
/// #   [[evidence]]
/// #   title = "Preisangabenverordnung"
/// #   publisher = "Federal Republic of Germany"
/// #   date = "2021-11-12"
/// #   locator = "§ 3(1)"
/// #   read = "text"
/// #   seen = "The total price must be stated."
/// # "#)?;
/// let grading = grade(&claim, "2026-11-24".parse()?);
/// assert_eq!(grading.grade, Grade::A);
/// assert_eq!(grading.confidence.to_string(), "0.95");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn grade(item: &impl Evidenced, as_of: Date) -> Grading {
    let support = weigh(item, Direction::Supports, as_of);
    let against = weigh(item, Direction::Contradicts, as_of);
    let expired = as_of > item.expires();
    let contested = against.groups > 0 || item.state() == ClaimState::Contested;
    let remaining = (support.weight - against.weight).max(0.0);
    let confidence = Confidence::new(remaining * overdue_share(item, as_of));
    let mut reasons = support.reasons();
    if against.groups > 0 {
        reasons.push(format!(
            "{} against it takes away {:.2}: contested",
            sources(against.groups),
            against.weight
        ));
    } else if contested {
        reasons.push("marked as contested by people".to_owned());
    }
    if expired {
        reasons.push(format!(
            "expired on {}: halves every {} days until it is checked again",
            item.expires(),
            recheck_days(item.kind())
        ));
    }
    Grading {
        grade: Grade::of(confidence),
        confidence,
        ceiling: Confidence::new(support.ceiling),
        expired,
        contested,
        reasons,
    }
}

/// Tells whether a claim may block publishing or shape decisions.
///
/// Only a law, standard or official calendar whose passage was opened may, or a
/// claim that the workspace's own experts approved; never an expired or retired
/// one, and a contested one only once it is approved.
pub fn may_block(item: &impl Evidenced, grading: &Grading) -> bool {
    if grading.expired {
        return false;
    }
    match item.state() {
        ClaimState::Approved => true,
        ClaimState::Proposed => {
            !grading.contested && item.evidence().iter().any(|e| is_binding(item, e))
        }
        ClaimState::Contested | ClaimState::Retired => false,
    }
}

fn is_binding(item: &impl Evidenced, evidence: &Evidence) -> bool {
    let binds = |kind| {
        matches!(
            kind,
            EvidenceKind::Law | EvidenceKind::Standard | EvidenceKind::OfficialCalendar
        )
    };
    binds(item.kind())
        && binds(item.kind_of(evidence))
        && evidence.read == Read::Text
        && evidence.direction == Direction::Supports
}

/// What one side, for or against, amounts to.
struct Side {
    groups: usize,
    weight: f64,
    ceiling: f64,
    best: Option<(EvidenceKind, Read)>,
    aged: bool,
    panel: bool,
}

/// The best entry of a group: its weight, ceiling and what it is.
#[derive(Clone, Copy)]
struct Voice {
    weight: f64,
    ceiling: f64,
    kind: EvidenceKind,
    read: Read,
}

fn weigh(item: &impl Evidenced, direction: Direction, as_of: Date) -> Side {
    let entries = || {
        item.evidence()
            .iter()
            .filter(move |entry| entry.direction == direction)
    };
    let experts = entries().filter(|entry| {
        item.kind_of(entry) == EvidenceKind::Expert && entry.read != Read::Recalled
    });
    let panel = group_names(experts) >= PANEL;
    let mut opened = BTreeMap::new();
    let mut recalled = BTreeMap::new();
    for entry in entries() {
        let groups = if entry.read == Read::Recalled {
            &mut recalled
        } else {
            &mut opened
        };
        let voice = voice(item, entry, panel, as_of);
        groups
            .entry(group_name(entry))
            .and_modify(|best: &mut Voice| {
                let ceiling = best.ceiling.max(voice.ceiling);
                if best.weight < voice.weight {
                    *best = voice;
                }
                best.ceiling = ceiling;
            })
            .or_insert(voice);
    }
    let opened = join(&opened, panel);
    let recalled = join(&recalled, panel);
    if recalled.weight <= opened.weight {
        opened
    } else {
        recalled
    }
}

/// Joins independent groups by noisy-or: 1 − Π(1 − wᵢ), capped at the best ceiling.
fn join(groups: &BTreeMap<&str, Voice>, panel: bool) -> Side {
    let nothing = groups.values().map(|v| 1.0 - v.weight).product::<f64>();
    let best = groups
        .values()
        .max_by(|a, b| a.ceiling.total_cmp(&b.ceiling));
    let ceiling = best.map_or(0.0, |voice| voice.ceiling);
    Side {
        groups: groups.len(),
        weight: (1.0 - nothing).min(ceiling),
        ceiling,
        best: best.map(|voice| (voice.kind, voice.read)),
        aged: groups.values().any(|v| v.weight < v.ceiling),
        panel,
    }
}

fn voice(item: &impl Evidenced, entry: &Evidence, panel: bool, as_of: Date) -> Voice {
    let kind = item.kind_of(entry);
    // A source's own kind may weaken a claim, never lift it above the claim's.
    let of_kind = ceiling_of(kind, panel).min(ceiling_of(item.kind(), panel));
    let ceiling = of_kind * read_share(entry.read);
    Voice {
        weight: ceiling * freshness(kind, &entry.date, as_of),
        ceiling,
        kind,
        read: entry.read,
    }
}

impl Side {
    fn reasons(&self) -> Vec<String> {
        let Some((kind, read)) = self.best else {
            return vec!["nothing supports it".to_owned()];
        };
        let mut reasons = vec![format!(
            "ceiling {:.2}: {}, {}",
            self.ceiling,
            kind_words(kind, self.panel),
            read_words(read)
        )];
        reasons.push(format!("{} for it", sources(self.groups)));
        if self.aged {
            reasons.push("old or undated evidence weighs less".to_owned());
        }
        if read == Read::Recalled {
            reasons.push("no source was opened: grade D at most, never for decisions".to_owned());
        }
        reasons
    }
}

/// How many independent experts make a panel.
const PANEL: usize = 3;

/// The ceiling of confidence by kind; set by the design, see the module's text.
fn ceiling_of(kind: EvidenceKind, panel: bool) -> f64 {
    match kind {
        EvidenceKind::Law | EvidenceKind::Standard | EvidenceKind::OfficialCalendar => 0.95,
        EvidenceKind::MeasuredBehaviour | EvidenceKind::Experiment => 0.80,
        EvidenceKind::Expert if panel => 0.70,
        EvidenceKind::Survey => 0.60,
        EvidenceKind::IndexScore | EvidenceKind::Expert | EvidenceKind::Press => 0.50,
        EvidenceKind::Practitioner => 0.30,
    }
}

/// How much of a kind's ceiling remains by how the source was read.
fn read_share(read: Read) -> f64 {
    match read {
        Read::Text => 1.0,
        Read::Abstract => 0.85,
        Read::Secondary => 0.70,
        // 0.95 × 0.30 stays below grade C whatever the kind.
        Read::Recalled => 0.30,
    }
}

/// Years after which evidence weighs half; `None` where expiry alone counts.
///
/// A statute of 1949 is not weaker for its age: law, standards and calendars
/// hold until they change, and their claims expire within months instead.
fn half_life_years(kind: EvidenceKind) -> Option<f64> {
    match kind {
        EvidenceKind::Law | EvidenceKind::Standard | EvidenceKind::OfficialCalendar => None,
        EvidenceKind::MeasuredBehaviour
        | EvidenceKind::Experiment
        | EvidenceKind::IndexScore
        | EvidenceKind::Expert => Some(20.0),
        EvidenceKind::Survey | EvidenceKind::Press | EvidenceKind::Practitioner => Some(10.0),
    }
}

/// Days between two checks, by kind; an overdue claim halves at this pace.
fn recheck_days(kind: EvidenceKind) -> u32 {
    match kind {
        EvidenceKind::Law | EvidenceKind::Standard => 183,
        EvidenceKind::OfficialCalendar | EvidenceKind::Press | EvidenceKind::Practitioner => 365,
        EvidenceKind::Survey
        | EvidenceKind::MeasuredBehaviour
        | EvidenceKind::Experiment
        | EvidenceKind::Expert
        | EvidenceKind::IndexScore => 1826,
    }
}

fn freshness(kind: EvidenceKind, date: &str, as_of: Date) -> f64 {
    let Some(half_life) = half_life_years(kind) else {
        return 1.0;
    };
    // Undated evidence counts as half a half-life old: neither new nor worthless.
    let years = published(date).map_or(half_life / 2.0, |day| days_between(day, as_of) / 365.25);
    0.5_f64.powf(years.max(0.0) / half_life)
}

fn overdue_share(item: &impl Evidenced, as_of: Date) -> f64 {
    let overdue = days_between(item.expires(), as_of).max(0.0);
    0.5_f64.powf(overdue / f64::from(recheck_days(item.kind())))
}

fn days_between(from: Date, to: Date) -> f64 {
    to.civil().duration_since(from.civil()).as_secs_f64() / 86_400.0
}

/// Reads the first date in a source's date: `2024-04-17`, `2022-03 snapshot`, `2016`.
fn published(text: &str) -> Option<Date> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let tail = text.get(start..)?;
    let digits = tail
        .split(|c: char| !c.is_ascii_digit() && c != '-')
        .next()?;
    let year = digits.get(..4)?;
    let month = digits.get(4..7).unwrap_or("-07");
    let day = digits.get(7..10).unwrap_or("-01");
    format!("{year}{month}{day}").parse().ok()
}

/// The group of an entry; without one, a publisher's entries count once.
fn group_name(entry: &Evidence) -> &str {
    entry.group.as_deref().unwrap_or(&entry.publisher)
}

fn group_names<'e>(entries: impl Iterator<Item = &'e Evidence>) -> usize {
    let mut names: Vec<&str> = entries.map(group_name).collect();
    names.sort_unstable();
    names.dedup();
    names.len()
}

fn sources(count: usize) -> String {
    if count == 1 {
        "1 source".to_owned()
    } else {
        format!("{count} independent sources")
    }
}

fn kind_words(kind: EvidenceKind, panel: bool) -> &'static str {
    match kind {
        EvidenceKind::Law => "law",
        EvidenceKind::Standard => "a published standard",
        EvidenceKind::OfficialCalendar => "an official calendar",
        EvidenceKind::MeasuredBehaviour => "measured behaviour",
        EvidenceKind::Experiment => "a controlled experiment",
        EvidenceKind::Survey => "a survey",
        EvidenceKind::IndexScore => "an index over countries",
        EvidenceKind::Expert if panel => "three or more independent experts",
        EvidenceKind::Expert => "an expert or reference work",
        EvidenceKind::Press => "dated press",
        EvidenceKind::Practitioner => "practitioners",
    }
}

fn read_words(read: Read) -> &'static str {
    match read {
        Read::Text => "read at the passage",
        Read::Abstract => "read as an abstract",
        Read::Secondary => "known through another source",
        Read::Recalled => "source not yet opened",
    }
}
