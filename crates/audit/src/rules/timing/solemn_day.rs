//! Flags a campaign that goes out on a day of mourning, remembrance or fasting.
//!
//! ## What it flags
//! The dates that a campaign declares in its `campaign.toml`, when the market keeps a solemn
//! day, a day of mourning or a fast:
//! - a mail that is sent, or a campaign that starts, on the day itself: a `warning` at most;
//! - a campaign that merely runs over the day, and anything in a season of fasting: `info`.
//!
//! Dates that hang on a moon to be sighted, or that are announced late, are known to a day
//! or two: where the campaign touches only days that may be meant, it says `unsure`.
//!
//! ## Why it matters there
//! An offer that lands in the middle of a minute of silence reads as mockery, however well it
//! was meant, and calendars of public holidays do not list such days. The finding names
//! the day and quotes what is known of it.
//!
//! ## How sure we are
//! As sure as the calendar's entry. A day from an official calendar that somebody opened may
//! warn; one that press or practice reports informs. It is never an `error`.
//!
//! ## Examples
//! ```flagged market=de-DE
//! --- campaign.toml
//! [campaign]
//! name = "Treat yourself"
//! markets = ["de-DE"]
//! channel = "push"
//! send_at = 2026-11-09T09:00:00
//! ```
//! ```flagged market=ja-JP
//! --- campaign.toml
//! [campaign]
//! name = "Summer party"
//! markets = ["ja-JP"]
//! channel = "web"
//! starts = 2026-08-15
//! ends = 2026-08-20
//! ```
//! The same days where they are like any other:
//! ```clean market=ja-JP
//! --- campaign.toml
//! [campaign]
//! name = "Treat yourself"
//! markets = ["ja-JP"]
//! channel = "push"
//! send_at = 2026-11-09T09:00:00
//! ```
//! The day before, the day after, and a campaign without dates:
//! ```clean market=de-DE
//! --- campaign.toml
//! [campaign]
//! name = "Treat yourself"
//! markets = ["de-DE"]
//! send_at = 2026-11-10T00:00:00
//! ```
//! ```clean market=de-DE
//! --- campaign.toml
//! [campaign]
//! name = "Treat yourself"
//! markets = ["de-DE"]
//! starts = 2026-11-02
//! ends = 2026-11-08
//! ```
//! ```clean market=de-DE
//! --- campaign.toml
//! [campaign]
//! name = "All year round"
//! markets = ["de-DE"]
//! ```
//! A day of joy, and a text that only speaks of a day:
//! ```clean market=de-DE
//! --- campaign.toml
//! [campaign]
//! name = "October"
//! markets = ["de-DE"]
//! send_at = 2026-10-05T09:00:00
//! ```
//! ```clean market=de-DE locale=de
//! Am 9. November bleibt das Museum bis 20 Uhr geöffnet.
//! ```
//!
//! ## What to do
//! Send on another day, or leave this market out of the day. Where the campaign is about
//! the day itself, have somebody local read it and note that as the reason of a suppression.
//!
//! ## When to ignore
//! When the campaign belongs to the day: a notice of opening hours, a memorial.
//!
//! ## Limits
//! It knows what the manifest says and no more: not whether the words are cheerful, nor
//! whether they greet the day wrongly. It knows the days that calendars list.
//!
//! ## See also
//! *Dates of Ramadan and other months*: the calendars' own notes on how their dates were found.

use milieu_content::{Category, Channel, Days, Declared, LocalTime, Manifest};
use milieu_culture::{ClaimState, Date, Observance, Occurrence, Tone};

use crate::evidence::weigh;
use crate::rule::{Draft, Spot};
use crate::scene::Scene;
use crate::{Area, Confidence, Outcome, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: "TIM001",
    name: "solemn-day",
    area: Area::Timing,
    severity: Severity::Warning,
    since: "0.1.0",
    source: include_str!("solemn_day.rs"),
    check,
};

fn check<'c>(scene: &Scene<'c>) -> Vec<Draft<'c>> {
    let Some(manifest) = scene.manifest else {
        return Vec::new();
    };
    let kept = scene.kb.observances_of(scene.market);
    kept.filter(|day| day.state != ClaimState::Retired && day.tone != Tone::Festive)
        .filter(|day| concerns(day, manifest))
        .filter_map(|day| draft(scene, day, &gravest(manifest, scene.days, day)?))
        .collect()
}

/// Tells whether an observance is about the campaign's category and channel.
fn concerns(day: &Observance, manifest: &Manifest) -> bool {
    let named = |prefix: &str| -> Vec<&str> {
        let context = day.scope.context.iter();
        context.filter_map(|c| c.strip_prefix(prefix)).collect()
    };
    let (categories, channels) = (named("category/"), named("channel/"));
    let category = manifest.category.as_ref().map(Category::as_str);
    let channel = manifest.channel.map(Channel::as_str);
    (categories.is_empty() || category.is_some_and(|c| categories.contains(&c)))
        && (channels.is_empty() || channel.is_some_and(|c| channels.contains(&c)))
}

/// How a campaign meets a day; ordered so that the gravest is the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Meeting {
    RunsOver,
    StartsOn,
    IsSentOn,
}

/// A meeting of a campaign and a day, and where the campaign says so.
struct Met<'c> {
    meeting: Meeting,
    /// Whether the day is surely one of the observance's.
    certain: bool,
    declared: &'c Declared,
    occurrence: &'c Occurrence,
}

/// Returns the gravest way in which a campaign meets an observance.
fn gravest<'c>(
    manifest: &'c Manifest,
    window: Option<Days>,
    day: &'c Observance,
) -> Option<Met<'c>> {
    let sent = manifest.send_at.map(|LocalTime { date, .. }| date);
    let meetings = [
        (Meeting::IsSentOn, "campaign.send_at", sent, sent),
        (
            Meeting::StartsOn,
            "campaign.starts",
            manifest.starts,
            manifest.starts,
        ),
        (
            Meeting::RunsOver,
            "campaign.starts",
            window.map(|days| days.first),
            window.map(|days| days.last),
        ),
    ];
    meetings
        .into_iter()
        .filter_map(|(meeting, key, first, last)| {
            let (first, last) = (first?, last?);
            let declared = manifest
                .declared(key)
                .or_else(|| manifest.declared("campaign.ends"))
                .or_else(|| manifest.declared.first())?;
            let met = |occurrence: &'c Occurrence| Met {
                meeting,
                certain: is_certain(occurrence, first, last),
                declared,
                occurrence,
            };
            let met = day.occurrences_in(first, last).map(met);
            met.max_by_key(|met| met.certain)
        })
        .max_by_key(|met| (met.certain, met.meeting))
}

/// Tells whether days surely touch an occurrence, however its dates fall.
///
/// They do when they hold all days it may take, or one that it takes in every case.
fn is_certain(occurrence: &Occurrence, first: Date, last: Date) -> bool {
    let (earliest, latest) = (occurrence.first_possible(), occurrence.last_possible());
    let late_start = moved(occurrence.from, earliest, occurrence.from);
    let early_end = moved(occurrence.to, latest, occurrence.to);
    let holds_all = first <= earliest && latest <= last;
    let in_every_case = late_start <= early_end && first <= early_end && late_start <= last;
    holds_all || in_every_case
}

/// Moves a day by as much as parts two others.
fn moved(day: Date, from: Date, to: Date) -> Date {
    let by = from.civil().duration_until(to.civil());
    Date::from_civil(day.civil().saturating_add(by))
}

fn draft<'c>(scene: &Scene<'c>, day: &Observance, met: &Met<'c>) -> Option<Draft<'c>> {
    let weight = weigh(day, scene.settings.as_of)?;
    let ceiling = match (met.meeting, day.tone) {
        (Meeting::RunsOver, _) | (_, Tone::Fasting) => Severity::Info,
        (Meeting::StartsOn | Meeting::IsSentOn, _) => Severity::Warning,
    };
    let (ceiling, outcome, confidence) = if met.certain {
        (ceiling, weight.outcome, weight.confidence)
    } else {
        (Severity::Info, Outcome::Unsure, Confidence::Possible)
    };
    let does = match (met.meeting, met.certain) {
        (Meeting::IsSentOn, true) => "is sent on",
        (Meeting::IsSentOn, false) => "may be sent on",
        (Meeting::StartsOn, true) => "starts on",
        (Meeting::StartsOn, false) => "may start on",
        (Meeting::RunsOver, true) => "runs over",
        (Meeting::RunsOver, false) => "may run over",
    };
    let counter = day
        .counter
        .as_ref()
        .map(|counter| format!(" Against it: {counter}"));
    Some(Draft {
        at: Spot::Declared(met.declared),
        severity: weight.severity.min(ceiling),
        confidence,
        basis: weight.basis,
        outcome,
        message: format!(
            "the campaign {does} {} ({})",
            day.name,
            dates(met.occurrence)
        ),
        why: format!(
            "{}{} Its dates: {}",
            day.statement,
            counter.unwrap_or_default(),
            met.occurrence.basis
        ),
        advice: advice(met.meeting),
        claims: vec![day.id.clone()],
    })
}

fn dates(occurrence: &Occurrence) -> String {
    let (from, to) = (occurrence.from, occurrence.to);
    let nominal = if from == to {
        from.to_string()
    } else {
        format!("{from} to {to}")
    };
    let (earliest, latest) = (occurrence.first_possible(), occurrence.last_possible());
    if (earliest, latest) == (from, to) {
        nominal
    } else {
        format!("{nominal}, possibly {earliest} to {latest}")
    }
}

fn advice(meeting: Meeting) -> Vec<String> {
    let first = match meeting {
        Meeting::IsSentOn => "send it on another day in this market",
        Meeting::StartsOn => "start on another day in this market",
        Meeting::RunsOver => "keep cheerful content and offers away from the day itself",
    };
    vec![
        first.to_owned(),
        "or ask a reviewer in this market, if the campaign is about the day".to_owned(),
    ]
}
