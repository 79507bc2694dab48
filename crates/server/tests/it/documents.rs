//! What the documents show is what the doors do.

use std::collections::BTreeSet;

use milieu_engine::journeys::record_events::KEPT_PROPERTIES;
use serde_json::{Value, json};

use crate::world::{World, json_request};

const EVENTS: &str = include_str!("../../../../docs/events.md");
const API: &str = include_str!("../../../../docs/api.md");
const OFREP: &str = include_str!("../../../../docs/ofrep.md");

/// Returns the first block of a document in some language.
fn block<'d>(document: &'d str, language: &str) -> &'d str {
    let start = format!("```{language}\n");
    let (_, rest) = document.split_once(&start).expect("a block");
    rest.split_once("```").expect("its end").0
}

async fn decided(world: &World) -> Value {
    let context = json!({"targetingKey": "a-41", "market": "ja-JP"});
    world.evaluate("home.hero", context).await.json()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_example_of_events_is_taken_as_it_stands() {
    let world = World::approved().await;
    let decided = decided(&world).await;
    let token = decided["metadata"]["decisionId"].as_str().unwrap();
    let example = block(EVENTS, "json")
        .replace("mil_write_…", &world.write)
        .replace('…', token);
    let body: Value = serde_json::from_str(&example).unwrap();
    let answer = world.send(json_request("POST", "/v1/batch", &body)).await;
    assert_eq!(answer.text, "{\"success\":true}");
}

#[test]
fn the_properties_that_are_kept_are_told() {
    let list = format!("`{}`", KEPT_PROPERTIES.join(", "));
    assert!(EVENTS.contains(&list), "docs/events.md lacks {list}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_metadata_of_a_decision_is_told() {
    let world = World::approved().await;
    let decided = decided(&world).await;
    let given: BTreeSet<&str> = decided["metadata"]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let (_, rest) = OFREP.split_once("flat metadata: `").expect("the list");
    let list = rest.split_once('`').expect("its end").0;
    let told: BTreeSet<&str> = list.split(',').map(str::trim).collect();
    assert_eq!(given, told);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_examples_of_the_api_are_answered_as_told() {
    let world = World::empty().await;
    let owner = world.log_in("owner").await;
    let mut sent = 0;
    for example in API.split("```http\n").skip(1) {
        let example = example.split("```").next().unwrap();
        let (line, body) = example.split_once('\n').unwrap();
        let (request, status) = line.split_once(" → ").expect("a status");
        let (method, path) = request.split_once(' ').unwrap();
        let body = match body.trim() {
            "" => Value::Null,
            text => serde_json::from_str(text).expect("JSON"),
        };
        let answer = world.call(&owner, method, path, body).await;
        assert_eq!(answer.status.as_str(), status, "{line}: {}", answer.text);
        sent += 1;
    }
    assert_eq!(sent, 9);
}

#[test]
fn the_limits_that_hold_are_told() {
    let thousands = |number: u32| {
        let text = number.to_string();
        match text.len().checked_sub(3).filter(|at| 0 < *at) {
            Some(at) => format!("{},{}", &text.get(..at).unwrap(), &text.get(at..).unwrap()),
            None => text,
        }
    };
    let limits = milieu_server::Limits::default();
    for (start, rate) in [
        ("| evaluations, those", limits.decisions),
        ("| events, each", limits.events),
        ("| requests to `/api/v1`", limits.api),
        ("| audits |", limits.audits),
    ] {
        let line = API.lines().find(|line| line.starts_with(start)).unwrap();
        let told = format!(
            "| {} | {} |",
            thousands(rate.per_second),
            thousands(rate.burst)
        );
        assert!(line.ends_with(&told), "{line} is not {told}");
    }
}
