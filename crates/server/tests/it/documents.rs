//! What the documents show is what the doors do.

use std::collections::BTreeSet;

use milieu_engine::journeys::record_events::KEPT_PROPERTIES;
use serde_json::{Value, json};

use crate::world::{World, json_request};

const EVENTS: &str = include_str!("../../../../docs/events.md");
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
