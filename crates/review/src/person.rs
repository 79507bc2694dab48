//! People and what they may do, per market.

use std::collections::BTreeMap;
use std::fmt;

use milieu_culture::MarketId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A person's login name; the one thing about a person that is kept with verdicts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct PersonId(String);

impl PersonId {
    /// Takes a login name.
    pub fn new(name: &str) -> Self {
        Self(name.to_owned())
    }

    /// Returns the login name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a person may do.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Grants roles, makes keys, changes settings. Does not review by that.
    Owner,
    /// Writes slots and renderings, switches quiet mode.
    Editor,
    /// Reads reports.
    Analyst,
    /// Judges what is shown in a market; the only role that can approve.
    Reviewer,
}

/// A role in one market, or in all.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct Grant {
    /// What may be done.
    pub role: Role,
    /// Where; `None` is everywhere.
    pub market: Option<MarketId>,
}

/// A person with a login.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The login name.
    pub id: PersonId,
    /// The name that others see.
    pub display_name: String,
    /// What the person may do where.
    pub grants: Vec<Grant>,
    /// Whether the person can log in; verdicts of people who left stay.
    pub active: bool,
}

impl Person {
    /// Tells whether the person has a role somewhere.
    pub fn has(&self, role: Role) -> bool {
        self.active && self.grants.iter().any(|grant| grant.role == role)
    }

    /// Tells whether the person has a role in a market.
    pub fn has_in(&self, role: Role, market: &MarketId) -> bool {
        let covers = |grant: &Grant| grant.market.as_ref().is_none_or(|m| m == market);
        self.active
            && self
                .grants
                .iter()
                .any(|grant| grant.role == role && covers(grant))
    }
}

/// Everybody in a workspace, and how strict it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roster {
    /// People by login name.
    pub people: BTreeMap<PersonId, Person>,
    /// Whether the only person of a workspace may attest their own human text.
    pub attestation: bool,
}

impl Roster {
    /// Makes a roster that allows a workspace of one to attest its own text.
    pub fn new(people: impl IntoIterator<Item = Person>) -> Self {
        let people = people
            .into_iter()
            .map(|person| (person.id.clone(), person))
            .collect();
        Self {
            people,
            attestation: true,
        }
    }

    /// Returns a person who can log in.
    pub fn active(&self, id: &PersonId) -> Option<&Person> {
        self.people.get(id).filter(|person| person.active)
    }

    /// Tells whether a person is the only one and self-attestation is on.
    pub fn attests_alone(&self, id: &PersonId) -> bool {
        let mut active = self.people.values().filter(|person| person.active);
        let only = (active.next(), active.next());
        self.attestation && matches!(only, (Some(person), None) if person.id == *id)
    }
}
