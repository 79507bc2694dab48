//! The dashboard's shell and what surrounds every answer.

use serde_json::Value;

use crate::world::{World, json_request};

#[tokio::test(flavor = "multi_thread")]
async fn every_page_has_its_own_nonce_and_nothing_else_runs() {
    let world = World::empty().await;
    let get = async |path: &str| world.send(json_request("GET", path, &Value::Null)).await;
    let (one, two) = (get("/").await, get("/slots/home.hero").await);
    for page in [&one, &two] {
        assert_eq!(page.status, 200);
        assert!(page.header("content-type").starts_with("text/html"));
        let policy = page.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("'nonce-"));
        assert!(!policy.contains("unsafe"));
    }
    assert_ne!(
        one.header("content-security-policy"),
        two.header("content-security-policy")
    );
    for path in [
        "/api/v1/nothing",
        "/api/nothing",
        "/ofrep/v1/nothing",
        "/assets/nothing.js",
    ] {
        let missing = get(path).await;
        assert_eq!(missing.status, 404, "{path}");
        assert_eq!(missing.header("x-content-type-options"), "nosniff");
        assert!(missing.json()["code"].is_string());
    }
    let wrong = world
        .send(json_request("DELETE", "/api/v1/slots", &Value::Null))
        .await;
    assert_eq!(
        (wrong.status.as_u16(), wrong.header("content-type")),
        (405, "application/problem+json")
    );
    assert_eq!(get("/livez").await.status, 200);
    assert_eq!(get("/readyz").await.status, 200);
}
