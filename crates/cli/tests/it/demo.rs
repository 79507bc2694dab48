//! The simulated shop: labelled, reviewed, visited over HTTP.

use std::collections::BTreeSet;
use std::process::Stdio;

use milieu_engine::journeys::configure::{Configuration, configure};
use milieu_engine::{Engine, Principal, shipped_knowledge};
use serde_json::{Value, json};

use crate::running::{Api, count, demo, milieu};

const MARKETS: [&str; 12] = [
    "en-US",
    "en-GB",
    "de-DE",
    "de-CH",
    "fr-FR",
    "fr-CA",
    "ja-JP",
    "ko-KR",
    "zh-Hant-HK",
    "pt-BR",
    "es-MX",
    "ar-SA",
];

fn log_in(api: &Api, told: &Value) -> String {
    let text = |name: &str| told[name].as_str().unwrap().to_owned();
    api.log_in(&text("login"), &text("password"))
}

#[test]
fn a_new_shop_is_simulated_and_has_work_for_its_login() {
    let folder = tempfile::tempdir().unwrap();
    let (shop, told) = demo(folder.path(), 0);
    let session = log_in(&shop.api, &told);
    let who = shop.api.get("/api/v1/session", &session);
    assert_eq!(who["workspace"]["simulated"], true);
    assert_eq!(who["workspace"]["markets"], json!(MARKETS));
    let mut elsewhere = Vec::new();
    for slot in shop.api.list("/api/v1/slots?", &session) {
        let markets = slot["markets"].as_array().unwrap();
        for market in markets.iter().filter(|market| market["live"] != true) {
            elsewhere.push((slot["key"].clone(), market["market"].clone()));
        }
    }
    // A shop where nothing is missing would show none of the empty states.
    assert_eq!(
        elsewhere,
        [
            (json!("basket.reassurance"), json!("ko-KR")),
            (json!("checkout.express"), json!("de-CH")),
        ]
    );
    let waiting = shop.api.list("/api/v1/reviews?state=waiting", &session);
    let markets: BTreeSet<&str> = waiting
        .iter()
        .map(|review| review["subject"]["market"].as_str().unwrap())
        .collect();
    assert!(3 <= markets.len(), "{markets:?}");
    let mine: Vec<&Value> = waiting
        .iter()
        .filter(|review| review["can_decide"] == true)
        .collect();
    assert!(2 <= mine.len());
    let one = mine.iter().find(|review| review["needed"] == 1).unwrap();
    assert_ne!(one["content"], one["baseline"]);
    let word = json!({"verdict": "approve", "digest": one["subject"]["digest"], "reason": ""});
    let path = format!("/api/v1/reviews/{}/verdicts", one["id"]);
    let (status, after) = shop.api.call("POST", &path, &session, &word);
    assert_eq!(
        (status, &after["state"]),
        (200, &json!("approved")),
        "{after}"
    );
}

#[test]
fn everything_on_sale_was_approved_by_someone_else_than_its_author() {
    let folder = tempfile::tempdir().unwrap();
    let (shop, told) = demo(folder.path(), 0);
    let session = log_in(&shop.api, &told);
    let decided = shop.api.list("/api/v1/reviews?state=decided", &session);
    let served = decided
        .iter()
        .filter(|review| review["state"] == "approved");
    let mut reviewers = BTreeSet::new();
    for review in served {
        let author = review["subject"]["author"].as_str().unwrap();
        let by = review["verdicts"][0]["by"].as_str().unwrap();
        assert_ne!(author, by, "{review}");
        reviewers.insert(by);
    }
    assert_eq!(reviewers.len(), MARKETS.len());
    assert!(!reviewers.contains("demo"));
    let trail = shop.api.get("/api/v1/audit-trail/verification", &session);
    assert!(40 < trail["entries"].as_u64().unwrap());
}

#[test]
fn a_decision_and_its_events_come_back_in_the_report() {
    let folder = tempfile::tempdir().unwrap();
    let (shop, told) = demo(folder.path(), 0);
    let key = |name: &str| told[name].as_str().unwrap().to_owned();
    let context = json!({"context": {"targetingKey": "someone", "market": "ja-JP"}});
    let path = "/ofrep/v1/evaluate/flags/home.hero";
    let (status, given) = shop.api.call("POST", path, &key("public_key"), &context);
    assert_eq!(status, 200, "{given}");
    let track = |event: &str| {
        json!({"type": "track", "event": event, "anonymousId": "someone", "messageId": event,
               "properties": {"decisionId": given["metadata"]["decisionId"]}})
    };
    let batch = json!({"batch": [track("Experiment Viewed"), track("Slot Clicked")]});
    let (status, answer) = shop
        .api
        .call("POST", "/v1/batch", &key("write_key"), &batch);
    assert_eq!((status, &answer), (200, &json!({"success": true})));
    let report = shop.api.report_of("home.hero", &key("server_key"), 1);
    assert_eq!((count(&report, "n"), count(&report, "conversions")), (1, 1));
}

#[test]
fn visitors_come_from_every_market_and_are_called_simulated() {
    let folder = tempfile::tempdir().unwrap();
    let (shop, told) = demo(folder.path(), 50);
    let key = told["server_key"].as_str().unwrap().to_owned();
    let report = shop.api.report_of("home.hero", &key, 1_000);
    assert_eq!(report["simulated"], true);
    for market in MARKETS {
        let rows = report["markets"].as_array().unwrap().iter();
        let difference = rows
            .filter(|row| row["market"] == market && row["kind"] == "difference")
            .find_map(|row| row["n"].as_u64());
        assert!(
            difference.is_some_and(|n| 20 < n),
            "{market}: {difference:?}"
        );
    }
    assert!(0 < count(&report, "conversions"));
    let story = shop.api.get("/api/v1/experiments/home.hero", &key);
    assert_eq!(story["simulated"], true);
    let last = story["points"].as_array().unwrap().last().unwrap();
    assert_eq!(last["markets"].as_array().unwrap().len(), MARKETS.len());
    let shares = last["markets"][0]["arms"].as_array().unwrap().iter();
    let sum: f64 = shares.filter_map(|arm| arm["share"].as_f64()).sum();
    assert!((sum - 1.0).abs() < 1e-3, "{last}");
    assert_eq!(shop.api.get("/api/v1/intake", &key)["rejected"], json!({}));
    assert!(shop.terminate().success());
}

#[test]
fn a_shop_opens_again_with_a_new_password_and_new_keys() {
    let folder = tempfile::tempdir().unwrap();
    let (shop, first) = demo(folder.path(), 0);
    assert!(shop.terminate().success());
    let (shop, again) = demo(folder.path(), 0);
    for name in ["password", "server_key", "public_key", "write_key"] {
        assert_ne!(first[name], again[name], "{name}");
    }
    let session = log_in(&shop.api, &again);
    assert_eq!(
        shop.api
            .list("/api/v1/reviews?state=waiting", &session)
            .len(),
        6
    );
    let old = first["server_key"].as_str().unwrap();
    let (status, _) = shop.api.call("GET", "/api/v1/slots", old, &Value::Null);
    assert_eq!(status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_workspace_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let engine = Engine::open(folder.path(), shipped_knowledge().unwrap())
        .await
        .unwrap();
    let real = Configuration {
        name: Some("Real shop".to_owned()),
        markets: vec!["ja-JP".parse().unwrap()],
        ..Configuration::default()
    };
    configure(&engine, &Principal::Operator, &real)
        .await
        .unwrap();
    engine.close().await;
    drop(engine);
    let ended = milieu(&["demo", "--listen", "127.0.0.1:0", "--data"])
        .arg(folder.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(ended.status.code(), Some(2));
    assert_eq!(
        String::from_utf8(ended.stderr).unwrap(),
        "error: this data folder holds a real workspace, \"Real shop\": choose another one with --data\n"
    );
    assert!(ended.stdout.is_empty());
}
