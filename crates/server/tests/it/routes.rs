//! Every route: the document tells of it, its answers are safe, and nobody may ask for too much.

use axum::http::StatusCode;
use milieu_server::{Limits, Rate, Settings, openapi};
use serde_json::{Value, json};

use crate::world::{Answer, World, json_request};

fn document() -> Value {
    serde_json::from_str(openapi()).unwrap()
}

/// All routes of the document, their parts filled in.
fn routes() -> Vec<(String, String)> {
    let document = document();
    let mut routes = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let path = path
            .replace("{metric}", "ctr")
            .replace("{scope}", "JP")
            .replace("{kind}", "track")
            .replace("{key}", "home.hero");
        let path = path.replace(['{', '}'], "");
        for method in item.as_object().unwrap().keys() {
            routes.push((method.to_uppercase(), path.clone()));
        }
    }
    routes
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_tells_of_every_route_and_of_no_other() {
    let world = World::empty().await;
    let routes = routes();
    for (method, path) in &routes {
        let answer = world.send(json_request(method, path, &Value::Null)).await;
        let nowhere = answer.text.contains("there is no route");
        assert!(
            !nowhere && answer.status != StatusCode::METHOD_NOT_ALLOWED,
            "{method} {path} is told and not there"
        );
        // All other methods are none: what the document does not tell is not taken.
        for other in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
            let told = routes.iter().any(|(m, p)| m == other && p == path);
            if !told {
                let answer = world.send(json_request(other, path, &Value::Null)).await;
                let status = answer.status;
                assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED, "{other} {path}");
            }
        }
    }
}

#[test]
fn every_operation_is_told_in_full() {
    let document = document();
    assert_eq!(document["openapi"], "3.1.0");
    let mut ids = std::collections::BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let place = format!("{method} {path}");
            let id = operation["operationId"].as_str().unwrap().to_owned();
            assert!(ids.insert(id), "{place}: its id stands twice");
            assert!(operation["summary"].is_string(), "{place}: no summary");
            assert_eq!(operation["tags"].as_array().unwrap().len(), 1, "{place}");
            for (status, answer) in operation["responses"].as_object().unwrap() {
                assert_ne!(answer["description"], "", "{place} {status}");
                let bad = status.starts_with(['4', '5']) && path.starts_with("/api/");
                let problem = answer["content"].get("application/problem+json");
                assert!(!bad || problem.is_some(), "{place} {status}");
            }
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                assert!(parameter["description"].is_string(), "{place}: {parameter}");
            }
        }
    }
    let whole = openapi();
    let mut references = whole.split("\"#/components/schemas/").skip(1);
    assert!(references.all(|rest| {
        let name = rest.split('"').next().unwrap();
        document["components"]["schemas"].get(name).is_some()
    }));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_has_the_headers_that_make_it_safe() {
    let world = World::empty().await;
    let mut routes = routes();
    for path in [
        "/",
        "/slots",
        "/api/v1/nothing",
        "/assets/nothing.js",
        "/v1/nothing/x",
    ] {
        routes.push(("GET".to_owned(), path.to_owned()));
    }
    for (method, path) in routes {
        let answer = world.send(json_request(&method, &path, &Value::Null)).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(
            !policy.contains("unsafe") && !policy.contains('*'),
            "{path}: {policy}"
        );
        assert!(
            policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("x-frame-options", "DENY"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{method} {path}: {name}");
        }
        let open = path.starts_with("/ofrep/") || path.starts_with("/v1/");
        let readers = if open { "cross-origin" } else { "same-origin" };
        assert_eq!(
            answer.header("cross-origin-resource-policy"),
            readers,
            "{path}"
        );
        assert!(
            answer
                .header("permissions-policy")
                .contains("geolocation=()"),
            "{path}"
        );
        assert_ne!(answer.header("cache-control"), "", "{path}");
        assert_eq!(answer.header("strict-transport-security"), "", "plain HTTP");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn browsers_are_told_to_come_with_tls_where_there_is_tls() {
    let world = World::empty().await;
    let mut settings = Settings::loopback();
    settings.secure_cookies = true;
    let world = world.with(settings);
    let answer = world
        .send(json_request("GET", "/livez", &Value::Null))
        .await;
    assert!(
        answer
            .header("strict-transport-security")
            .starts_with("max-age=")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_reference_needs_no_script_and_nothing_from_elsewhere() {
    let world = World::empty().await;
    let get = async |path: &str| world.send(json_request("GET", path, &Value::Null)).await;
    let page = get("/api/v1/reference").await;
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert!(
        !page
            .header("content-security-policy")
            .contains("script-src")
    );
    assert!(
        !page.text.contains("<script") && !page.text.contains("://"),
        "from elsewhere"
    );
    for (method, path) in routes() {
        assert!(
            page.text.contains(&format!(">{method}<")),
            "{method} {path}"
        );
    }
    for path in document()["paths"].as_object().unwrap().keys() {
        assert!(
            page.text.contains(&format!("<code>{path}</code>")),
            "{path} is missing"
        );
    }
    let style = get("/api/v1/reference/style.css").await;
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
    assert!(!style.text.contains("url("), "from elsewhere");
}

/// A world in which two requests are let through, and then one each second.
async fn narrow() -> World {
    let rate = Rate {
        per_second: 1,
        burst: 2,
    };
    let world = World::approved().await;
    let mut settings = Settings::loopback();
    settings.limits = Limits {
        decisions: rate,
        events: rate,
        api: rate,
        audits: rate,
    };
    world.with(settings)
}

#[track_caller]
fn refused(answer: &Answer) -> Value {
    assert_eq!(answer.status, 429, "{}", answer.text);
    let seconds: u64 = answer.header("retry-after").parse().unwrap();
    assert!((1..=10).contains(&seconds), "{seconds}");
    answer.json()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_for_too_much_is_told_when_to_come_back_in_the_protocols_form() {
    let world = narrow().await;
    let api = || world.call(&world.server, "GET", "/api/v1/markets", Value::Null);
    let _ = (api().await, api().await);
    assert_eq!(refused(&api().await)["code"], "too-much");

    let visitor = json!({"targetingKey": "v", "market": "ja-JP"});
    let single = || world.evaluate("home.hero", visitor.clone());
    let _ = (single().await, single().await);
    let failure = refused(&single().await);
    assert_eq!(
        (&failure["key"], &failure["errorCode"]),
        (&json!("home.hero"), &json!("GENERAL"))
    );

    let event = json!({"type": "track", "event": "X", "anonymousId": "v"});
    let batch = |n: usize| {
        let events: Vec<Value> = vec![event.clone(); n];
        json_request(
            "POST",
            "/v1/batch",
            &json!({"writeKey": world.write, "batch": events}),
        )
    };
    assert_eq!(world.send(batch(2)).await.status, 200);
    let failure = refused(&world.send(batch(1)).await);
    assert_eq!(
        (&failure["success"], &failure["code"]),
        (&json!(false), &json!("too_much"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_answer_of_a_session_is_never_refused_for_what_others_ask() {
    let world = narrow().await;
    let visitor = json!({"targetingKey": "v", "market": "ja-JP"});
    for _ in 0..3 {
        world.evaluate("home.hero", visitor.clone()).await;
        world.bulk(visitor.clone(), "\"old\"").await;
    }
    assert_eq!(world.bulk(visitor.clone(), "\"old\"").await.status, 429);
    assert_eq!(world.bulk(visitor, "").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_key_or_login_does_not_use_up_anothers_allowance() {
    let world = narrow().await;
    let (one, two) = (world.log_in("haruka").await, world.log_in("jonas").await);
    let ask = async |who: &str| {
        let answer = world.call(who, "GET", "/api/v1/session", Value::Null).await;
        answer.status
    };
    for _ in 0..2 {
        assert_eq!(ask(&one).await, 200);
    }
    assert_eq!(ask(&one).await, 429);
    assert_eq!(ask(&two).await, 200);
}
