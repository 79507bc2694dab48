//! Logins, roles and keys.

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

use crate::world::{PASSWORD, World, json_request};

#[tokio::test(flavor = "multi_thread")]
async fn a_session_begins_with_the_right_password_and_ends_on_request() {
    let world = World::empty().await;
    for (name, password) in [("owner", "wrong password"), ("nobody", PASSWORD)] {
        let body = json!({"name": name, "password": password});
        let refused = world
            .send(json_request("POST", "/api/v1/session", &body))
            .await;
        assert_eq!(
            (refused.status.as_u16(), refused.json()["code"].as_str()),
            (401, Some("bad-credentials"))
        );
    }
    let session = world.log_in("owner").await;
    let who = world
        .call(&session, "GET", "/api/v1/session", Value::Null)
        .await
        .json();
    assert_eq!(who["user"]["name"], "owner");
    assert_eq!(who["workspace"]["markets"], json!(["de-DE", "ja-JP"]));
    assert_eq!(
        world
            .call(&session, "DELETE", "/api/v1/session", Value::Null)
            .await
            .status,
        204
    );
    assert_eq!(
        world
            .call(&session, "GET", "/api/v1/session", Value::Null)
            .await
            .status,
        401
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cookie_is_taken_from_the_same_site_only() {
    let world = World::empty().await;
    let session = world.log_in("owner").await;
    let send = async |site: (&str, &str)| {
        let request = Request::put("/api/v1/workspace")
            .header("cookie", format!("other=1; milieu_session={session}"))
            .header("content-type", "application/json")
            .header("host", "milieu.example")
            .header(site.0, site.1)
            .body(Body::from("{\"name\": \"x\"}"))
            .unwrap();
        world.send(request).await.status.as_u16()
    };
    assert_eq!(send(("sec-fetch-site", "same-origin")).await, 204);
    assert_eq!(send(("origin", "https://milieu.example")).await, 204);
    assert_eq!(send(("sec-fetch-site", "cross-site")).await, 403);
    assert_eq!(send(("origin", "https://evil.example")).await, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_passwords_is_slowed() {
    let world = World::empty().await;
    let body = json!({"name": "haruka", "password": "a wrong guess"});
    let mut last = 0;
    for _ in 0..11 {
        last = world
            .send(json_request("POST", "/api/v1/session", &body))
            .await
            .status
            .as_u16();
    }
    assert_eq!(last, 429);
    world.log_in("owner").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_at_one_moment_are_slowed_too() {
    let world = World::empty().await;
    let body = json!({"name": "haruka", "password": "a wrong guess"});
    let guess = || world.send(json_request("POST", "/api/v1/session", &body));
    let answers = futures_util::future::join_all((0..30).map(|_| guess())).await;
    let tried = answers.iter().filter(|answer| answer.status == 401).count();
    let refused = answers.iter().filter(|answer| answer.status == 429).count();
    assert_eq!((tried, refused), (10, 20));
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_and_keys_open_only_their_own_doors() {
    let world = World::approved().await;
    let reviewer = world.log_in("haruka").await;
    for (who, method, path, body, status) in [
        (&reviewer, "PUT", "/api/v1/slots", json!("x"), 403),
        (&reviewer, "GET", "/api/v1/keys", Value::Null, 403),
        (
            &reviewer,
            "PUT",
            "/api/v1/quiet/DE",
            json!({"reason": "x"}),
            403,
        ),
        (
            &reviewer,
            "PUT",
            "/api/v1/quiet/ja-JP",
            json!({"reason": "x"}),
            204,
        ),
        (&world.server, "PUT", "/api/v1/slots", json!("x"), 403),
        (&world.server, "GET", "/api/v1/users", Value::Null, 403),
        (
            &world.write,
            "GET",
            "/api/v1/reports/ctr?slot=home.hero",
            Value::Null,
            403,
        ),
        (
            &"mil_server_0".to_owned(),
            "GET",
            "/api/v1/slots",
            Value::Null,
            401,
        ),
    ] {
        let answer = world.call(who, method, path, body).await;
        assert_eq!(answer.status, status, "{method} {path}: {}", answer.text);
    }
    let owner = world.log_in("owner").await;
    let keys = world
        .call(&owner, "GET", "/api/v1/keys", Value::Null)
        .await
        .json();
    assert!(
        !keys.to_string().contains(&world.server),
        "a key's secret is shown once"
    );
    let id = keys["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|key| key["kind"] == "server")
        .unwrap()["id"]
        .clone();
    let path = format!("/api/v1/keys/{}", id.as_str().unwrap());
    assert_eq!(
        world
            .call(&owner, "DELETE", &path, Value::Null)
            .await
            .status,
        204
    );
    assert_eq!(
        world
            .evaluate("home.hero", json!({"targetingKey": "v"}))
            .await
            .status,
        401
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn broken_slot_files_name_line_and_column() {
    let world = World::empty().await;
    let refused = world.apply("[[slot]]\nkey = \"Home\"\n").await.json();
    assert_eq!(refused["code"], "slot-file");
    assert!(
        refused["detail"].as_str().unwrap().starts_with("2:7: "),
        "{refused}"
    );
    let slots = crate::world::SLOTS.replace(
        "\"ja-JP\" = { title = \"ようこそ\" }",
        "\"ko-KR\" = { title = \"x\" }",
    );
    let refused = world.apply(&slots).await.json();
    assert!(
        refused["detail"].as_str().unwrap().contains("ko-KR"),
        "{refused}"
    );
    assert!(
        world.reviews("waiting").await.is_empty(),
        "all of a file or nothing"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_an_address_is_told_as_a_problem() {
    let world = World::empty().await;
    for (path, code) in [
        ("/api/v1/reviews/abc", "bad-path"),
        ("/api/v1/decisions/%FF", "bad-path"),
        ("/api/v1/reviews?state=foo", "bad-query"),
        ("/api/v1/reviews?market=xx", "bad-query"),
        ("/api/v1/reports/ctr", "bad-query"),
        ("/api/v1/audit-trail?limit=99999999999", "bad-query"),
    ] {
        let refused = world.call(&world.server, "GET", path, Value::Null).await;
        assert_eq!(refused.status, 400, "{path}: {}", refused.text);
        assert_eq!(refused.header("content-type"), "application/problem+json");
        assert_eq!(refused.json()["code"], code, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_not_taken_for_an_object() {
    let world = World::empty().await;
    let body = json!(["owner", PASSWORD]);
    let refused = world
        .send(json_request("POST", "/api/v1/session", &body))
        .await;
    assert_eq!(refused.status, 422, "{}", refused.text);
    assert!(
        refused.text.contains("expected an object"),
        "{}",
        refused.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_trail_keeps_for_ever_is_bounded() {
    let world = World::empty().await;
    let owner = world.log_in("owner").await;
    let long = "白".repeat(2_001);
    for (method, path, body) in [
        (
            "PUT",
            "/api/v1/users/newone",
            json!({"password": PASSWORD, "display_name": long}),
        ),
        (
            "POST",
            "/api/v1/keys",
            json!({"kind": "write", "label": long}),
        ),
        ("PUT", "/api/v1/workspace", json!({"name": long})),
        ("PUT", "/api/v1/quiet/JP", json!({"reason": long})),
    ] {
        let refused = world.call(&owner, method, path, body).await;
        assert_eq!(refused.status, 400, "{path}: {}", refused.text);
        assert!(refused.text.contains("characters"), "{}", refused.text);
    }
}
