//! What visitors see and do is told by `report` and `decision explain`.

use serde_json::{Value, json};

use crate::program::{PASSWORD, Place, Server};

const VISITORS: usize = 60;
const CLICKS: usize = 20;

fn send(server: &Server, path: &str, key: &str, body: &Value) -> Value {
    let url = format!("{}{path}", server.address);
    let request = ureq::post(url).header("Authorization", format!("Bearer {}", key.trim()));
    request
        .send_json(body)
        .unwrap()
        .body_mut()
        .read_json()
        .unwrap()
}

/// Shows the slot to every visitor of Japan; some click. Returns a decision's token.
fn visit(server: &Server, key: &str) -> String {
    let mut events = Vec::new();
    let mut token = String::new();
    for visitor in 0..VISITORS {
        let name = format!("visitor-{visitor}");
        let context = json!({"context": {"targetingKey": name, "market": "ja-JP"}});
        let answer = send(server, "/ofrep/v1/evaluate/flags/home.hero", key, &context);
        answer["metadata"]["decisionId"]
            .as_str()
            .unwrap()
            .clone_into(&mut token);
        let mut event = |what: &str| {
            events.push(json!({
                "type": "track", "event": what, "anonymousId": name,
                "messageId": format!("{what} {name}"), "properties": {"decisionId": token},
            }));
        };
        event("Experiment Viewed");
        if visitor < CLICKS {
            event("Slot Clicked");
        }
    }
    let taken = send(server, "/v1/batch", key, &json!({"batch": events}));
    assert_eq!(taken, json!({"success": true}));
    token
}

#[test]
fn what_visitors_did_is_reported_and_a_decision_is_explained() {
    let place = Place::with_shop();
    place
        .run_with("slot apply slots.toml --data shop --login editor", PASSWORD)
        .ok();
    for review in 2..=3 {
        let line = format!("review approve {review} --data shop --login haruka");
        place.run_with(&line, PASSWORD).ok();
    }
    let key = place.run("key make server --data shop").ok();
    let server = place.serve();
    let token = visit(&server, &key);
    let remote = format!("decision explain {token} --server {}", server.address);
    let mut command = place.command(&remote);
    command.env("MILIEU_TOKEN", key.trim());
    let told = crate::program::finish(command, "").ok();
    // What was acknowledged outlives the server, however it ends.
    drop(server);
    let here = place
        .run(&format!("decision explain {token} --data shop"))
        .ok();
    assert!(
        here.starts_with("slot        home.hero\nmarket      ja-JP\nvariant     "),
        "{here}"
    );
    assert!(
        here.contains("\napproved by haruka\nstill given yes\n"),
        "{here}"
    );
    let first_lines = |text: &str| text.lines().take(3).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(first_lines(&told), first_lines(&here));
    let report = place
        .run("report ctr home.hero --data shop --format json")
        .ok();
    let report: Value = serde_json::from_str(&report).unwrap();
    let rows = report["markets"].as_array().unwrap();
    let of = |arm: &str| {
        rows.iter()
            .find(|row| row["market"] == "ja-JP" && row["arm"] == arm)
            .unwrap()
    };
    assert_eq!(of("difference")["n"], VISITORS);
    let clicks = ["holdout", "treated"].map(|arm| of(arm)["conversions"].as_u64().unwrap());
    assert_eq!(clicks.iter().sum::<u64>(), u64::try_from(CLICKS).unwrap());
    let text = place.run("report ctr home.hero --data shop").ok();
    assert!(text.contains("Click-through rate of home.hero\n"), "{text}");
}
