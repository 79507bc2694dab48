//! What a shop's own program would do: ask for decisions, send events. Plain HTTP.

use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;
use serde_json::{Value, json};
use ureq::Agent;

/// One pool of connections to the shop's server.
#[derive(Debug, Clone)]
pub(super) struct Client {
    agent: Agent,
    url: String,
    server_key: String,
    write_key: String,
}

/// What a visitor gets in one slot.
#[derive(Debug, Deserialize)]
pub(super) struct Given {
    pub(super) key: String,
    #[serde(default)]
    pub(super) variant: String,
    #[serde(default)]
    pub(super) metadata: Metadata,
}

/// What is told about a decision.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Metadata {
    /// The token; `None` where the slot's default was given.
    pub(super) decision_id: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Flags {
    flags: Vec<Given>,
}

impl Client {
    /// Prepares connections; none is opened yet.
    pub(super) fn new(url: &str, server_key: &str, write_key: &str) -> Self {
        let agent = Agent::config_builder()
            .max_idle_connections(16)
            .max_idle_connections_per_host(16)
            .timeout_global(Some(Duration::from_secs(10)))
            .build()
            .new_agent();
        Self {
            agent,
            url: url.trim_end_matches('/').to_owned(),
            server_key: server_key.to_owned(),
            write_key: write_key.to_owned(),
        }
    }

    /// Asks what a visitor gets in every slot.
    pub(super) fn decide(&self, visitor: &str, market: &str) -> Result<Vec<Given>> {
        let body = json!({"context": {"targetingKey": visitor, "market": market}});
        let flags: Flags = self
            .agent
            .post(format!("{}/ofrep/v1/evaluate/flags", self.url))
            .header("X-API-Key", &self.server_key)
            .send_json(body)
            .context("no decision")?
            .body_mut()
            .read_json()
            .context("a decision cannot be read")?;
        Ok(flags.flags)
    }

    /// Sends events; an error when any of them is not taken.
    pub(super) fn send(&self, batch: &[Value]) -> Result<()> {
        let answer: Value = self
            .agent
            .post(format!("{}/v1/batch", self.url))
            .header("Authorization", format!("Bearer {}", self.write_key))
            .send_json(json!({"batch": batch}))
            .context("events were not taken")?
            .body_mut()
            .read_json()
            .context("the answer to events cannot be read")?;
        match answer.get("rejected") {
            None => Ok(()),
            Some(rejected) => bail!("events were rejected: {rejected}"),
        }
    }
}
