//! Makes the shop: its workspace, people, keys, slots, and the approvals of local people.

use std::fmt::Write as _;

use anyhow::{Context as _, Result, bail};
use milieu_culture::{MarketId, Sensitivity};
use milieu_engine::journeys::apply_slots::{Provenance, apply_slots};
use milieu_engine::journeys::configure::{Configuration, configure};
use milieu_engine::journeys::list_slots::list_slots;
use milieu_engine::journeys::manage_keys::{list_keys, make_key, revoke_key};
use milieu_engine::journeys::manage_people::{NewPerson, list_people, put_person};
use milieu_engine::journeys::review_proposal::{
    Review, ReviewState, Word, give_verdict, list_reviews,
};
use milieu_engine::{Engine, KeyKind, Principal};
use milieu_review::{Choice, Grant, Origin, Role};
use serde::Serialize;

use super::world::{HOLDOUT, MARKETS};
use super::{audited, proposals};

/// The shop's name; it says what it is wherever it is seen.
pub(super) const NAME: &str = "Simulated shop";
/// What the shop shows, as a file that `milieu slot apply` would take.
pub(super) const SLOTS: &str = include_str!("../../../../examples/demo/slots.toml");

/// Who logs in on the page.
const LOGIN: &str = "demo";
/// Who writes; nobody approves their own work.
const EDITOR: &str = "editor";
/// The label of the keys that every start makes anew.
const LABEL: &str = "simulated shop";

/// How to get into the shop.
#[derive(Debug, Serialize)]
pub(super) struct Shop {
    pub(super) login: &'static str,
    pub(super) password: String,
    pub(super) server_key: String,
    pub(super) public_key: String,
    pub(super) write_key: String,
}

/// Makes the shop in an empty workspace, or opens the one that is there.
///
/// The password and the keys are new at each start: nothing keeps them in clear.
/// Tells whether the shop is new.
pub(super) async fn set_up(engine: &Engine) -> Result<(Shop, bool)> {
    let everybody = list_people(engine, &Principal::Operator).await?;
    let is_empty = everybody.is_empty() && engine.live().catalogue.places.all().is_empty();
    if !is_empty && !engine.workspace().simulated {
        bail!(
            "this data folder holds a real workspace, \"{}\": choose another one with --data",
            engine.workspace().name
        );
    }
    let password = password()?;
    if is_empty {
        configure_workspace(engine).await?;
        add_colleagues(engine).await?;
    }
    add_login(engine, &password).await?;
    let is_new = list_slots(engine, &Principal::Operator).await?.is_empty();
    if is_new {
        open_slots(engine).await?;
        let editor = person(engine, EDITOR).await?;
        proposals::put_up(engine, &editor).await?;
        audited::audit_campaign(engine, &editor).await?;
    }
    withdraw_old_keys(engine).await?;
    let shop = Shop {
        login: LOGIN,
        password,
        server_key: new_key(engine, KeyKind::Server).await?,
        public_key: new_key(engine, KeyKind::Public).await?,
        write_key: new_key(engine, KeyKind::Write).await?,
    };
    Ok((shop, is_new))
}

async fn configure_workspace(engine: &Engine) -> Result<()> {
    let markets: Result<Vec<MarketId>, _> = MARKETS.iter().map(|(id, _)| id.parse()).collect();
    let wanted = Configuration {
        name: Some(NAME.to_owned()),
        markets: markets?,
        holdout: Some(HOLDOUT),
        simulated: true,
    };
    configure(engine, &Principal::Operator, &wanted).await?;
    Ok(())
}

/// Adds those who write and review; nobody knows their passwords.
async fn add_colleagues(engine: &Engine) -> Result<()> {
    let mut everybody = vec![(EDITOR.to_owned(), "Editor".to_owned(), Role::Editor, None)];
    for (market, _) in MARKETS {
        let shown = format!("Reviewer of {market}");
        everybody.push((
            reviewer_of(market),
            shown,
            Role::Reviewer,
            Some(market.parse()?),
        ));
    }
    for (name, shown, role, market) in everybody {
        let new = NewPerson {
            name,
            display_name: format!("{shown} (simulated)"),
            password: Some(password()?),
            grants: vec![Grant { role, market }],
            active: true,
        };
        put_person(engine, &Principal::Operator, new).await?;
    }
    Ok(())
}

/// Adds whoever looks at the demo: an owner who may review everywhere and writes nothing.
async fn add_login(engine: &Engine, password: &str) -> Result<()> {
    let everywhere = |role| Grant { role, market: None };
    let new = NewPerson {
        name: LOGIN.to_owned(),
        display_name: "Demo".to_owned(),
        password: Some(password.to_owned()),
        grants: vec![everywhere(Role::Owner), everywhere(Role::Reviewer)],
        active: true,
    };
    put_person(engine, &Principal::Operator, new).await?;
    Ok(())
}

/// The editor applies the file; a local person of each market approves its texts.
async fn open_slots(engine: &Engine) -> Result<()> {
    let editor = person(engine, EDITOR).await?;
    let provenance = Provenance {
        origin: Origin::Human,
        sensitivity: Sensitivity::Cultural,
    };
    apply_slots(engine, &editor, SLOTS, provenance).await?;
    for review in list_reviews(engine, &Principal::Operator, None).await? {
        if review.state == ReviewState::Waiting {
            approve(engine, &review).await?;
        }
    }
    Ok(())
}

/// Lets the local person of a review's market approve it.
pub(super) async fn approve(engine: &Engine, review: &Review) -> Result<()> {
    let local = reviewer_of(review.subject.market.as_str());
    let word = Word {
        choice: Choice::Approve,
        digest: review.subject.digest,
        reason: "reads well here".to_owned(),
    };
    give_verdict(engine, &person(engine, &local).await?, review.id, &word).await?;
    Ok(())
}

/// Names the local person of a market.
fn reviewer_of(market: &str) -> String {
    format!("reviewer-{}", market.to_lowercase())
}

async fn person(engine: &Engine, name: &str) -> Result<Principal> {
    let everybody = list_people(engine, &Principal::Operator).await?;
    let found = everybody
        .into_iter()
        .find(|person| person.id.as_str() == name);
    let person = found.with_context(|| {
        format!("this shop has no \"{name}\": start a new one in an empty folder with --data")
    })?;
    Ok(Principal::Person(person))
}

async fn withdraw_old_keys(engine: &Engine) -> Result<()> {
    for key in list_keys(engine, &Principal::Operator).await? {
        if key.label == LABEL && key.revoked_at.is_none() {
            revoke_key(engine, &Principal::Operator, &key.id).await?;
        }
    }
    Ok(())
}

async fn new_key(engine: &Engine, kind: KeyKind) -> Result<String> {
    Ok(make_key(engine, &Principal::Operator, kind, LABEL).await?)
}

/// Makes a password of 96 random bits.
fn password() -> Result<String> {
    let mut random = [0_u8; 12];
    getrandom::fill(&mut random).context("the system gives no random numbers")?;
    let mut text = String::new();
    for (place, byte) in random.into_iter().enumerate() {
        if place != 0 && place % 4 == 0 {
            text.push('-');
        }
        write!(text, "{byte:02x}")?;
    }
    Ok(text)
}
