//! Segment-compatible intake: every way to authenticate, every way to be wrong.

use std::io::Write as _;

use axum::body::Body;
use axum::http::Request;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::world::{Answer, World, json_request};

async fn post(world: &World, path: &str, body: Value) -> Answer {
    let mut request = json_request("POST", path, &body);
    let basic = format!("Basic {}", STANDARD.encode(format!("{}:", world.write)));
    request
        .headers_mut()
        .insert("authorization", basic.parse().unwrap());
    world.send(request).await
}

async fn intake(world: &World) -> Value {
    world
        .call(&world.server, "GET", "/api/v1/intake", Value::Null)
        .await
        .json()
}

fn track(id: &str) -> Value {
    json!({"type": "track", "event": "Order Completed", "anonymousId": "a1", "messageId": id,
           "userId": null, "context": {"ip": "203.0.113.9", "userAgent": "x"}, "traits": {"religion": "x"}})
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_and_every_way_to_send_the_key_is_taken() {
    let world = World::approved().await;
    let mut sent = 0;
    for path in ["/v1/track", "/v1/t", "/v1/batch", "/v1/b"] {
        sent += 1;
        let message = track(&format!("basic {path}"));
        let body = if path.ends_with('b') || path.ends_with("batch") {
            json!({"batch": [message]})
        } else {
            message
        };
        let answer = post(&world, path, body).await;
        assert_eq!(
            (answer.status.as_u16(), answer.text.as_str()),
            (200, "{\"success\":true}"),
            "{path}"
        );
    }
    for path in [
        "page", "p", "screen", "s", "identify", "i", "group", "g", "alias", "a",
    ] {
        sent += 1;
        let body = json!({"userId": "u1", "previousId": "a1", "messageId": path, "name": null});
        assert_eq!(
            post(&world, &format!("/v1/{path}"), body).await.status,
            200,
            "{path}"
        );
    }
    let body = json!({"batch": [track("in body")], "writeKey": world.write, "sentAt": "2026-01-01T00:00:00Z"});
    assert_eq!(
        world
            .send(json_request("POST", "/v1/batch", &body))
            .await
            .status,
        200
    );
    assert_eq!(
        world
            .call(&world.write, "POST", "/v1/track", track("bearer"))
            .await
            .status,
        200
    );
    let plain = Request::post("/v1/track")
        .header("content-type", "text/plain")
        .body(Body::from(json!({"writeKey": world.write, "type": "track", "event": "x", "anonymousId": "a", "messageId": "plain"}).to_string()))
        .unwrap();
    assert_eq!(world.send(plain).await.status, 200);
    assert_eq!(intake(&world).await["accepted"], sent + 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_keys_are_refused_before_anything_is_kept() {
    let world = World::approved().await;
    let send = async |header: &str, body: Value| {
        let mut request = json_request("POST", "/v1/batch", &body);
        if !header.is_empty() {
            request
                .headers_mut()
                .insert("authorization", header.parse().unwrap());
        }
        world.send(request).await
    };
    let bad = format!("Basic {}", STANDARD.encode("wk_wrong:"));
    let good = format!("Bearer {}", world.write);
    let differs = json!({"batch": [track("1")], "writeKey": "another"});
    for (header, body) in [
        ("", json!({"batch": [track("1")]})),
        (bad.as_str(), json!({"batch": [track("1")]})),
        (good.as_str(), differs),
        ("Basic %%%", json!({"batch": [track("1")]})),
    ] {
        let refused = send(header, body).await;
        assert_eq!(refused.status, 401, "{}", refused.text);
        assert!(refused.json()["message"].is_string() && refused.json()["code"].is_string());
    }
    assert_eq!(intake(&world).await["accepted"], 0);
    let empty = json!({"batch": [track("1")], "writeKey": ""});
    assert_eq!(send(&good, empty).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_methods_and_addresses_are_told_in_the_protocols_form() {
    let world = World::approved().await;
    for (method, path, status) in [
        ("GET", "/v1/batch", 405),
        ("PUT", "/v1/track", 405),
        ("POST", "/v1/%FF", 404),
        ("POST", "/v1/shout", 404),
    ] {
        let refused = world
            .send(json_request(method, path, &json!({"anonymousId": "a"})))
            .await;
        assert_eq!(refused.status, status, "{method} {path}");
        assert!(refused.json()["message"].is_string(), "{method} {path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_wrong_message_does_not_stop_the_others_unless_asked_to() {
    let world = World::approved().await;
    let hour = milieu_engine::now()
        .plus(milieu_record::Instant::HOUR)
        .to_string();
    let batch = json!({"batch": [
        track("good"),
        {"type": "track", "event": "x", "messageId": "no visitor"},
        {"type": "track", "anonymousId": "a", "messageId": "no name"},
        {"type": "shout", "anonymousId": "a", "messageId": "type"},
        {"type": "track", "event": "Slot Clicked", "anonymousId": "a", "messageId": "forged",
         "properties": {"decisionId": "A".repeat(60)}},
        {"type": "track", "event": "x", "anonymousId": "a", "messageId": "future", "timestamp": hour},
        {"type": "track", "event": "x", "anonymousId": "a", "messageId": "time", "timestamp": "soon"},
        {"type": "track", "event": "x", "anonymousId": "a", "messageId": "market", "properties": {"market": "xx-YY"}},
        {"type": "track", "event": "x", "anonymousId": "a", "messageId": "all", "integrations": {"All": false}},
        {"type": "track", "event": ["x"], "anonymousId": "a", "messageId": "shape"},
        "not a message",
        ["track", "a list", "a", null, null, "x", null, null, null, null, null, null, null],
    ]});
    let answer = post(&world, "/v1/batch", batch.clone()).await;
    assert_eq!(answer.status, 200);
    let rejected = answer.json()["rejected"].clone();
    let codes: Vec<&str> = rejected
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["code"].as_str().unwrap())
        .collect();
    assert_eq!(
        codes,
        [
            "no-visitor",
            "no-name",
            "unknown-type",
            "foreign-token",
            "future",
            "bad-time",
            "unknown-market",
            "excluded",
            "malformed",
            "malformed",
            "malformed",
        ]
    );
    assert_eq!(intake(&world).await["accepted"], 1);
    let mut strict = json_request(
        "POST",
        "/v1/batch",
        &json!({"batch": [track("strict"), {"type": "track"}], "writeKey": world.write}),
    );
    strict
        .headers_mut()
        .insert("x-strict-mode", "1".parse().unwrap());
    assert_eq!(world.send(strict).await.status, 400);
    assert_eq!(intake(&world).await["accepted"], 1);
    assert_eq!(post(&world, "/v1/batch", batch).await.status, 200);
    assert_eq!(intake(&world).await["duplicates"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_beyond_32_kib_is_rejected_alone_and_in_a_batch() {
    let world = World::approved().await;
    let padded = |id: &str, bytes: usize| {
        let mut message = track(id);
        let empty = message.to_string().len() + ",\"pad\":\"\"".len();
        message["pad"] = Value::String("x".repeat(bytes - empty));
        message
    };
    let batch = [padded("fits", 32 * 1024), padded("larger", 32 * 1024 + 1)];
    let answer = post(&world, "/v1/batch", json!({"batch": batch})).await;
    assert_eq!(answer.status, 200);
    let rejected = &answer.json()["rejected"];
    assert_eq!(
        (&rejected[0]["index"], &rejected[0]["code"]),
        (&json!(1), &json!("too-large"))
    );
    assert_eq!(rejected.as_array().unwrap().len(), 1);
    assert_eq!(intake(&world).await["accepted"], 1);
    let alone = post(&world, "/v1/track", padded("alone", 32 * 1024 + 1)).await;
    assert_eq!(alone.status, 413);
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_that_cannot_be_read_are_told_in_the_protocols_form() {
    let world = World::approved().await;
    let gzip = |bytes: &[u8]| {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    };
    let good = gzip(json!({"batch": [track("packed")]}).to_string().as_bytes());
    let bomb = gzip(&vec![b' '; 200 * 1024 * 1024]);
    let mut cut = good.clone();
    cut.truncate(good.len() - 9);
    let many: Vec<Value> = (0..2_501)
        .map(|n| json!({"messageId": n.to_string()}))
        .collect();
    let send = async |encoding: &str, body: Vec<u8>| {
        let request = Request::post("/v1/batch")
            .header("authorization", format!("Bearer {}", world.write))
            .header("content-encoding", encoding)
            .body(Body::from(body))
            .unwrap();
        world.send(request).await
    };
    assert_eq!(send("gzip", good).await.status, 200);
    for (encoding, body, status) in [
        ("gzip", bomb, 413),
        ("gzip", cut, 400),
        ("gzip", b"plain".to_vec(), 400),
        ("br", b"x".to_vec(), 415),
        ("identity", vec![b' '; 600 * 1024], 413),
        ("identity", b"{".to_vec(), 400),
        ("identity", b"[]".to_vec(), 400),
        ("identity", b"{\"batch\": 7}".to_vec(), 400),
        ("identity", vec![0xff, 0xfe], 400),
        (
            "identity",
            json!({"batch": many}).to_string().into_bytes(),
            400,
        ),
    ] {
        let answer = send(encoding, body).await;
        assert_eq!(answer.status, status, "{}", answer.text);
        assert!(answer.json()["message"].is_string() && answer.json()["code"].is_string());
    }
    assert_eq!(
        world
            .call(&world.write, "POST", "/v1/shout", json!({}))
            .await
            .status,
        404
    );
    assert_eq!(intake(&world).await["accepted"], 1);
}

async fn report_n(world: &World, arm: &str) -> u64 {
    let path = "/api/v1/reports/ctr?slot=home.hero";
    let report = world
        .call(&world.server, "GET", path, Value::Null)
        .await
        .json();
    let rows = report["markets"].as_array().unwrap().clone();
    rows.iter()
        .filter(|row| row["kind"] == arm)
        .map(|row| row["n"].as_u64().unwrap())
        .sum()
}

/// Sends an exposure per visitor and waits, bounded, until the learner has folded them.
async fn expose(world: &World, visitors: std::ops::Range<u32>, consent: bool) {
    for visitor in visitors {
        let key = format!("v{visitor}");
        let decided = world
            .evaluate("home.hero", json!({"targetingKey": key, "market": "ja-JP"}))
            .await
            .json();
        let viewed = json!({"type": "track", "event": "Experiment Viewed", "anonymousId": key,
            "messageId": format!("seen {key}"), "properties": {"decisionId": decided["metadata"]["decisionId"]},
            "context": {"consent": {"categoryPreferences": {"personalization": consent}}}});
        assert_eq!(
            post(world, "/v1/track", viewed).await.text,
            "{\"success\":true}"
        );
    }
    let mut waits = 0;
    while 0 < world.engine.lag() {
        waits += 1;
        assert!(waits < 10_000, "the learner does not catch up");
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn exposures_are_counted_once_and_continue_after_a_restart() {
    let world = World::approved().await;
    expose(&world, 0..40, true).await;
    expose(&world, 0..40, true).await;
    let all = report_n(&world, "holdout").await + report_n(&world, "treated").await;
    assert_eq!(all, 40);
    let world = world.restart().await;
    expose(&world, 20..60, true).await;
    let all = report_n(&world, "holdout").await + report_n(&world, "treated").await;
    assert_eq!(all, 60);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_refused_is_counted_and_not_kept() {
    let world = World::approved().await;
    expose(&world, 0..10, false).await;
    assert_eq!(intake(&world).await["accepted"], 10);
    assert_eq!(
        report_n(&world, "holdout").await + report_n(&world, "treated").await,
        0
    );
    let path = "/api/v1/reports/ctr?slot=home.hero";
    let report = world.call(&world.server, "GET", path, Value::Null).await;
    assert!(
        report.text.contains("10"),
        "the notes say how many refused: {}",
        report.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_sdk_gets_its_own_key_back() {
    let world = World::approved().await;
    let answer = world
        .send(json_request(
            "GET",
            "/v1/projects/wk_asked/settings",
            &Value::Null,
        ))
        .await;
    assert_eq!(
        answer.json()["integrations"]["Segment.io"]["apiKey"],
        "wk_asked"
    );
    assert_eq!(answer.json()["metrics"]["sampleRate"], 0);
    assert_eq!(
        post(&world, "/v1/m", json!({"series": []})).await.status,
        200
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_id_is_bounded() {
    let world = World::approved().await;
    let (fits, long) = ("x".repeat(200), "x".repeat(201));
    for field in ["messageId", "anonymousId", "userId", "previousId"] {
        let mut message = json!({"type": "alias", "userId": "u", "messageId": field});
        message[field] = json!(fits);
        let kept = post(&world, "/v1/alias", message.clone()).await;
        assert_eq!(kept.text, "{\"success\":true}", "{field}");
        message[field] = json!(long);
        let refused = post(&world, "/v1/alias", message).await.json();
        assert_eq!(refused["rejected"][0]["code"], "too-long", "{field}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_lost_counted_events_is_told_at_the_start() {
    let world = World::approved().await;
    for id in ["1", "2", "3"] {
        assert_eq!(post(&world, "/v1/track", track(id)).await.status, 200);
    }
    let lag = async || {
        let version = world.call("", "GET", "/version", Value::Null).await;
        version.json()["lag"].as_u64().unwrap()
    };
    while 0 < lag().await {
        tokio::task::yield_now().await;
    }
    let told = world.lose_log().await;
    assert!(
        told.starts_with("the event log ends after 0 events, and 3 were counted before"),
        "{told}"
    );
}
