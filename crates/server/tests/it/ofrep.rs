//! OFREP and the traps that real clients fall into.

use serde_json::{Value, json};

use crate::world::{World, json_request};

#[tokio::test(flavor = "multi_thread")]
async fn a_slot_is_answered_with_every_field() {
    let world = World::approved().await;
    let answer = world
        .evaluate("home.hero", json!({"targetingKey": "v1", "country": "JP"}))
        .await;
    assert_eq!(answer.header("content-type"), "application/json");
    let json = answer.json();
    assert_eq!(json["key"], "home.hero");
    assert_eq!(json["reason"], "SPLIT");
    assert!(json["value"]["title"].is_string());
    let metadata = json["metadata"].as_object().unwrap();
    assert_eq!(metadata["market"], "ja-JP");
    assert_eq!(metadata["marketStep"], "country");
    assert_eq!(metadata["decisionId"].as_str().unwrap().len(), 60);
    assert!(
        metadata
            .values()
            .all(|value| !value.is_object() && !value.is_array() && !value.is_null())
    );
    let again = world
        .evaluate("home.hero", json!({"targetingKey": "v1", "country": "JP"}))
        .await;
    assert_eq!(answer.text, again.text, "a refresh must not flip a flag");
}

#[tokio::test(flavor = "multi_thread")]
async fn japan_germany_japan_never_gives_another_markets_content() {
    let world = World::approved().await;
    let japanese = json!({"targetingKey": "v1", "country": "JP"});
    let german = json!({"targetingKey": "v1", "country": "DE"});
    let market = |answer: &crate::world::Answer| {
        let flags = answer.json()["flags"].clone();
        flags
            .as_array()
            .unwrap()
            .iter()
            .map(|flag| flag["metadata"]["market"].clone())
            .collect::<Vec<_>>()
    };
    let first = world.bulk(japanese.clone(), "").await;
    assert_eq!(market(&first), ["ja-JP", "ja-JP"]);
    let tag = first.header("etag").to_owned();
    let switched = world.bulk(german.clone(), &tag).await;
    assert_eq!(
        switched.status, 200,
        "the tag of Japan must not hold for Germany"
    );
    assert_eq!(market(&switched), ["de-DE", "de-DE"]);
    let german_tag = switched.header("etag").to_owned();
    assert_eq!(world.bulk(german, &german_tag).await.status, 304);
    assert_eq!(world.bulk(japanese.clone(), &german_tag).await.status, 200);
    let back = world.bulk(japanese, &tag).await;
    assert_eq!((back.status.as_u16(), back.text.as_str()), (304, ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_ends_when_content_changes() {
    let world = World::approved().await;
    let context = json!({"targetingKey": "v1", "country": "JP"});
    let tag = world
        .bulk(context.clone(), "")
        .await
        .header("etag")
        .to_owned();
    let owner = world.log_in("owner").await;
    world
        .call(
            &owner,
            "PUT",
            "/api/v1/quiet/JP",
            json!({"reason": "storm"}),
        )
        .await;
    let after = world.bulk(context, &tag).await;
    assert_eq!(after.status, 200);
    assert_eq!(after.json()["flags"][0]["reason"], "DISABLED");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_float_keeps_its_point_and_a_fixed_slot_needs_no_visitor() {
    let world = World::approved().await;
    let answer = world
        .evaluate("ship.weight", json!({"market": "ja-JP"}))
        .await;
    assert!(answer.text.contains("\"value\":2.0"), "{}", answer.text);
    assert_eq!(answer.json()["reason"], "STATIC");
    let missing = world.evaluate("home.hero", json!({})).await;
    assert_eq!(missing.status, 400);
    assert_eq!(missing.json()["errorCode"], "TARGETING_KEY_MISSING");
    let bulk = world.bulk(json!({}), "").await.json();
    assert_eq!(bulk["flags"][0]["errorCode"], "TARGETING_KEY_MISSING");
    assert!(bulk["flags"][1]["value"].is_number());
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_keep_the_protocols_form() {
    let world = World::approved().await;
    let flags = "/ofrep/v1/evaluate/flags";
    let send = async |path: &str, key: &str, body: &str| {
        let mut request = json_request("POST", path, &Value::Null);
        *request.body_mut() = body.to_owned().into();
        request
            .headers_mut()
            .insert("x-api-key", key.parse().unwrap());
        world.send(request).await
    };
    let server = world.server.clone();
    let long = format!("{{\"context\":{{\"pad\":\"{}\"}}}}", "x".repeat(70_000));
    for (path, key, body, status, code) in [
        ("/no.such", &server, "{}", 404, "FLAG_NOT_FOUND"),
        ("/Home/Hero", &server, "{}", 404, "FLAG_NOT_FOUND"),
        ("/%E3%83", &server, "{}", 404, "FLAG_NOT_FOUND"),
        ("/home.hero", &server, "{", 400, "PARSE_ERROR"),
        (
            "/home.hero",
            &server,
            r#"{"context":{"targetingKey":7}}"#,
            400,
            "INVALID_CONTEXT",
        ),
        (
            "/home.hero",
            &server,
            r#"{"context":{"market":"ko-KR"}}"#,
            400,
            "INVALID_CONTEXT",
        ),
        ("/home.hero", &server, &long, 413, "GENERAL"),
        ("/home.hero", &"nonsense".to_owned(), "{}", 401, "GENERAL"),
        ("/home.hero", &world.write.clone(), "{}", 403, "GENERAL"),
        ("", &server, "nonsense", 400, "PARSE_ERROR"),
        (
            "",
            &server,
            r#"{"context":{"market":"💥"}}"#,
            400,
            "INVALID_CONTEXT",
        ),
    ] {
        let answer = send(&format!("{flags}{path}"), key, body).await;
        let json = answer.json();
        assert_eq!(
            (answer.status.as_u16(), json["errorCode"].as_str()),
            (status, Some(code)),
            "{path} {body:.40}"
        );
        assert!(!json["errorDetails"].as_str().unwrap().is_empty());
        assert!(json["key"].is_string());
    }
    let empty = send(&format!("{flags}/"), &server, "").await;
    assert_eq!(empty.status, 200, "an empty body is an empty context");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_slots_asked_for_are_evaluated() {
    let world = World::approved().await;
    let context = json!({"targetingKey": "v", "milieu": {"slots": ["ship.weight"]}});
    let flags = world.bulk(context, "").await.json()["flags"].clone();
    assert_eq!(flags.as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_needs_a_ticket_and_tells_of_changes() {
    let world = World::approved().await;
    let bulk = world.bulk(json!({"targetingKey": "v"}), "").await.json();
    let address = bulk["eventStreams"][0]["endpoint"]["requestUri"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(!address.contains(&world.server));
    let refused = world
        .send(json_request(
            "GET",
            "/ofrep/v1/stream?ticket=AAAA",
            &Value::Null,
        ))
        .await;
    assert_eq!(refused.status, 401);

    let routes = milieu_server::router(
        std::sync::Arc::clone(&world.engine),
        milieu_server::Settings::loopback(),
    );
    let opened = tower::ServiceExt::oneshot(routes, json_request("GET", &address, &Value::Null))
        .await
        .unwrap();
    assert_eq!(opened.headers()["content-type"], "text/event-stream");
    let owner = world.log_in("owner").await;
    world
        .call(
            &owner,
            "PUT",
            "/api/v1/quiet/JP",
            json!({"reason": "storm"}),
        )
        .await;
    let mut body = opened.into_body();
    let frame = http_body_util::BodyExt::frame(&mut body)
        .await
        .unwrap()
        .unwrap();
    let text = String::from_utf8(frame.into_data().unwrap().to_vec()).unwrap();
    assert!(
        text.contains("\"type\":\"refetchEvaluation\"") && text.contains("id: "),
        "{text}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn browsers_of_any_site_may_ask_and_see_the_tag() {
    let world = World::approved().await;
    let preflight = axum::http::Request::options("/ofrep/v1/evaluate/flags")
        .header("origin", "https://shop.example")
        .header("access-control-request-method", "POST")
        .header(
            "access-control-request-headers",
            "authorization,content-type,if-none-match,x-api-key",
        )
        .body(axum::body::Body::empty())
        .unwrap();
    let answer = world.send(preflight).await;
    assert_eq!(answer.status, 200);
    let allowed = answer.header("access-control-allow-headers");
    for name in [
        "authorization",
        "content-type",
        "if-none-match",
        "x-api-key",
    ] {
        assert!(allowed.contains(name), "{allowed}");
    }
    let mut request = json_request(
        "POST",
        "/ofrep/v1/evaluate/flags",
        &json!({"context": {"targetingKey": "v"}}),
    );
    request
        .headers_mut()
        .insert("origin", "https://shop.example".parse().unwrap());
    request
        .headers_mut()
        .insert("x-api-key", world.server.parse().unwrap());
    let exposed = world
        .send(request)
        .await
        .header("access-control-expose-headers")
        .to_owned();
    assert!(
        exposed.contains("etag") && exposed.contains("retry-after"),
        "{exposed}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_is_explained_and_a_forged_one_is_not() {
    let world = World::approved().await;
    let decided = world
        .evaluate(
            "home.hero",
            json!({"targetingKey": "v1", "market": "ja-JP"}),
        )
        .await
        .json();
    let token = decided["metadata"]["decisionId"].as_str().unwrap();
    let told = world
        .call(
            &world.server,
            "GET",
            &format!("/api/v1/decisions/{token}"),
            Value::Null,
        )
        .await
        .json();
    assert_eq!(
        (told["slot"].as_str(), told["market"].as_str()),
        (Some("home.hero"), Some("ja-JP"))
    );
    assert_eq!(told["approved_by"], json!(["haruka"]));
    assert_eq!(told["still_eligible"], true);
    let forged = format!("{}A", token.get(..59).unwrap());
    let other = if forged == token {
        format!("{}B", token.get(..59).unwrap())
    } else {
        forged
    };
    let refused = world
        .call(
            &world.server,
            "GET",
            &format!("/api/v1/decisions/{other}"),
            Value::Null,
        )
        .await;
    assert_eq!(refused.status, 400);
    assert!(
        refused.json()["detail"]
            .as_str()
            .unwrap()
            .contains("not signed by this workspace")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_addresses_methods_and_lists_are_refused_in_the_protocols_form() {
    let world = World::approved().await;
    let hero = "/ofrep/v1/evaluate/flags/home.hero";
    let all = "/ofrep/v1/evaluate/flags";
    let positional = json!({"context": ["v", "ja-JP", null, null, null]});
    for (method, path, body, status, code) in [
        (
            "POST",
            "/ofrep/v1/evaluate/flags/%FF",
            json!({}),
            404,
            "FLAG_NOT_FOUND",
        ),
        ("GET", hero, Value::Null, 405, "GENERAL"),
        ("PUT", all, json!({}), 405, "GENERAL"),
        (
            "POST",
            hero,
            json!([{"targetingKey": "v"}]),
            400,
            "INVALID_CONTEXT",
        ),
        ("POST", hero, positional.clone(), 400, "INVALID_CONTEXT"),
        ("POST", all, positional, 400, "INVALID_CONTEXT"),
    ] {
        let refused = world.call(&world.server, method, path, body).await;
        assert_eq!(refused.status, status, "{method} {path}: {}", refused.text);
        let told = refused.json();
        assert_eq!(told["errorCode"], code, "{method} {path}");
        assert!(told["errorDetails"].is_string(), "{method} {path}");
    }
}
