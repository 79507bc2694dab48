//! Flags a product category whose advertising the market's law forbids or limits.
//!
//! ## What it flags
//! The category that a campaign declares in its `campaign.toml`, when a claim about the
//! market says that advertising for it is prohibited or restricted, on every channel or on
//! the one that the campaign declares. Where a claim speaks of some channels and the campaign
//! names none, it says `unsure`.
//!
//! ## Why it matters there
//! What may be advertised where is set by each country's law, and a campaign that is
//! ordinary in one market can be an offence in the next. The finding quotes the claim, with
//! the article of the law and how it was read.
//!
//! ## How sure we are
//! As sure as the claim. A prohibition whose article somebody opened and read as text is an
//! `error` and may stop a build; one that is known through others warns or informs. A
//! restriction is at most a `warning`, because keeping the conditions is allowed. Nothing that
//! nobody opened is ever more than `unsure`. This is no legal advice.
//!
//! ## Examples
//! ```flagged market=fr-FR
//! --- campaign.toml
//! [campaign]
//! name = "Summer wines"
//! markets = ["fr-FR"]
//! channel = "email"
//! category = "alcohol"
//! ```
//! ```flagged market=fr-FR
//! --- campaign.toml
//! [campaign]
//! name = "A beer with friends"
//! markets = ["fr-FR", "de-DE"]
//! channel = "broadcast"
//! category = "alcohol"
//! ```
//! ```flagged market=de-DE
//! --- campaign.toml
//! [campaign]
//! name = "New flavours"
//! markets = ["de-DE"]
//! channel = "web"
//! category = "tobacco"
//! ```
//! The same wines in a market where no claim says so:
//! ```clean market=de-DE
//! --- campaign.toml
//! [campaign]
//! name = "A beer with friends"
//! markets = ["de-DE"]
//! channel = "email"
//! category = "alcohol"
//! ```
//! Another category, none, and a text that only names the product:
//! ```clean market=fr-FR
//! --- campaign.toml
//! [campaign]
//! name = "Glasses"
//! markets = ["fr-FR"]
//! channel = "email"
//! category = "homeware"
//! ```
//! ```clean market=fr-FR
//! --- campaign.toml
//! [campaign]
//! name = "Wine glasses"
//! markets = ["fr-FR"]
//! channel = "web"
//! ```
//! ```clean market=fr-FR locale=fr-FR
//! Des verres pour le vin, la bière et l'alcool fort.
//! ```
//! ```clean market=fr-FR
//! --- campaign.toml
//! [campaign]
//! name = "Alcohol-free spring"
//! markets = ["fr-FR"]
//! channel = "social"
//! category = "food"
//! ```
//!
//! ## What to do
//! Leave the category out of the campaign in this market, or move it to a channel that the
//! law allows. For a restriction: keep its conditions, have a lawyer in the market look, and
//! note that as the reason of a suppression.
//!
//! ## When to ignore
//! When a lawyer in the market has cleared the campaign.
//!
//! ## Limits
//! It reads what is declared, and guesses no category from words or pictures. It knows
//! the laws that claims speak of; where it is silent, nothing is known, which is no permission.
//!
//! ## See also
//! `milieu claim list --markets fr-FR` lists the claims about law; each names its article.

use milieu_content::{Declared, Manifest};
use milieu_culture::{Claim, ClaimState, Machine};

use crate::evidence::{told, weigh};
use crate::rule::{Draft, Spot};
use crate::scene::Scene;
use crate::{Area, Confidence, Outcome, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: "LAW001",
    name: "restricted-category",
    area: Area::ClaimLaw,
    severity: Severity::Error,
    since: "0.1.0",
    source: include_str!("restricted_category.rs"),
    check,
};

/// The relations of the claims this rule reads; their values are categories.
const PROHIBITS: &str = "prohibits-advertising";
const RESTRICTS: &str = "restricts-advertising";

/// Contexts that name a channel, as `channel/broadcast`.
const CHANNEL: &str = "channel/";

fn check<'c>(scene: &Scene<'c>) -> Vec<Draft<'c>> {
    let Some(manifest) = scene.manifest else {
        return Vec::new();
    };
    let (Some(category), Some(declared)) =
        (&manifest.category, manifest.declared("campaign.category"))
    else {
        return Vec::new();
    };
    let wanted = format!("category/{}", category.as_str());
    scene
        .kb
        .claims_about(scene.market, "law")
        .filter(|claim| claim.state != ClaimState::Retired)
        .filter_map(|claim| {
            let Machine { predicate, value } = claim.machine.as_ref()?;
            let limit = match predicate.as_str() {
                PROHIBITS => Limit::Prohibited,
                RESTRICTS => Limit::Restricted,
                _ => return None,
            };
            (*value == wanted).then_some((claim, limit))
        })
        .filter_map(|(claim, limit)| draft(scene, manifest, declared, claim, limit))
        .collect()
}

/// What a law does to advertising.
#[derive(Debug, Clone, Copy)]
enum Limit {
    Prohibited,
    Restricted,
}

/// Whether a claim is about the campaign's channel.
enum Reach {
    /// About every channel.
    Every,
    /// About the one that is declared.
    This(&'static str),
    /// About some, and the campaign declares none.
    Unknown,
}

fn reach(manifest: &Manifest, claim: &Claim) -> Option<Reach> {
    let channels = claim.scope.context.iter();
    let channels: Vec<&str> = channels.filter_map(|c| c.strip_prefix(CHANNEL)).collect();
    match manifest.channel {
        _ if channels.is_empty() => Some(Reach::Every),
        None => Some(Reach::Unknown),
        Some(channel) => {
            let channel = channel.as_str();
            channels.contains(&channel).then_some(Reach::This(channel))
        }
    }
}

fn draft<'c>(
    scene: &Scene<'c>,
    manifest: &Manifest,
    declared: &'c Declared,
    claim: &Claim,
    limit: Limit,
) -> Option<Draft<'c>> {
    let weight = weigh(claim, scene.settings.as_of)?;
    let reach = reach(manifest, claim)?;
    let ceiling = match (&reach, limit) {
        (Reach::Unknown, _) => Severity::Info,
        (_, Limit::Restricted) => Severity::Warning,
        (_, Limit::Prohibited) => Severity::Error,
    };
    let (outcome, confidence) = match reach {
        Reach::Unknown => (Outcome::Unsure, Confidence::Possible),
        Reach::Every | Reach::This(_) => (weight.outcome, weight.confidence),
    };
    let by = match reach {
        Reach::Every => String::new(),
        Reach::This(channel) => format!(" on the channel {channel}"),
        Reach::Unknown => " on some channels, and the campaign names none".to_owned(),
    };
    let allowed = match limit {
        Limit::Prohibited => "is forbidden",
        Limit::Restricted => "is bound to conditions",
    };
    let first = match limit {
        Limit::Prohibited => "leave this category out in this market, or take an allowed channel",
        Limit::Restricted => "keep the conditions that the law sets",
    };
    Some(Draft {
        at: Spot::Declared(declared),
        severity: weight.severity.min(ceiling),
        confidence,
        basis: weight.basis,
        outcome,
        message: format!("advertising of “{}” {allowed} here{by}", declared.text),
        why: told([claim]),
        advice: vec![
            first.to_owned(),
            "have a lawyer in this market look; this is no legal advice".to_owned(),
        ],
        claims: vec![claim.id.clone()],
    })
}
