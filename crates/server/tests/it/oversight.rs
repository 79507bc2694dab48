//! Nothing that local people did not approve is served, whoever asks for it.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

use crate::world::{SLOTS, World};

/// What sixty visitors get who were never here: an answer is repeated for half an hour.
async fn served(world: &World, market: &str) -> Vec<String> {
    static CALLS: AtomicU32 = AtomicU32::new(0);
    let call = CALLS.fetch_add(1, Ordering::Relaxed);
    let mut variants = Vec::new();
    for visitor in 0..60 {
        let context = json!({"targetingKey": format!("{call}-{visitor}"), "market": market});
        let answer = world.evaluate("home.hero", context).await.json();
        variants.push(answer["variant"].as_str().unwrap().to_owned());
    }
    variants.sort();
    variants.dedup();
    variants
}

async fn review_of(world: &World, market: &str, variant: &str) -> Value {
    let mut reviews = world.reviews("waiting").await;
    reviews.extend(world.reviews("decided").await);
    let here = |review: &&Value| {
        review["subject"]["market"] == market
            && review["variant"] == variant
            && review["slot"] == "home.hero"
    };
    reviews.iter().rev().find(here).unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_not_served() {
    let world = World::empty().await;
    world.apply(SLOTS).await;
    assert_eq!(served(&world, "ja-JP").await, ["default"]);
    let haruka = world.log_in("haruka").await;
    let warm = review_of(&world, "ja-JP", "warm").await;
    assert_eq!(world.judge(&haruka, &warm, "approve").await.status, 200);
    assert_eq!(
        served(&world, "ja-JP").await,
        ["default"],
        "no approved generic, so not live"
    );
    let classic = review_of(&world, "ja-JP", "classic").await;
    world.judge(&haruka, &classic, "approve").await;
    assert_eq!(served(&world, "ja-JP").await, ["classic", "warm"]);
    assert_eq!(served(&world, "de-DE").await, ["default"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn author_key_and_another_markets_person_cannot_approve() {
    let world = World::empty().await;
    world.apply(SLOTS).await;
    let review = review_of(&world, "ja-JP", "classic").await;
    let author = world.log_in("editor").await;
    let foreigner = world.log_in("jonas").await;
    let owner = world.log_in("owner").await;
    for (who, code) in [
        (&author, "own-work"),
        (&foreigner, "not-your-market"),
        (&owner, "not-your-market"),
        (&world.server, "person-required"),
    ] {
        let refused = world.judge(who, &review, "approve").await;
        assert_eq!(
            (refused.status.as_u16(), refused.json()["code"].as_str()),
            (403, Some(code))
        );
        assert_eq!(refused.header("content-type"), "application/problem+json");
    }
    assert_eq!(
        world
            .judge("mil_session_forged", &review, "approve")
            .await
            .status,
        401
    );
    assert_eq!(served(&world, "ja-JP").await, ["default"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edited_text_is_gone_until_it_is_approved_again() {
    let world = World::approved().await;
    assert_eq!(served(&world, "ja-JP").await, ["classic", "warm"]);
    let old = review_of(&world, "ja-JP", "warm").await;
    let edited = SLOTS.replace("おかえりなさい", "お帰りなさいませ");
    assert_eq!(world.apply(&edited).await.json()["waiting"], 1);
    assert_eq!(served(&world, "ja-JP").await, ["classic"]);
    let haruka = world.log_in("haruka").await;
    let stale = world.judge(&haruka, &old, "approve").await;
    assert_eq!(
        (stale.status.as_u16(), stale.json()["code"].as_str()),
        (412, Some("digest-changed"))
    );
    assert_eq!(served(&world, "ja-JP").await, ["classic"]);
    let new = review_of(&world, "ja-JP", "warm").await;
    world.judge(&haruka, &new, "approve").await;
    assert_eq!(served(&world, "ja-JP").await, ["classic", "warm"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_approval_is_gone_with_the_next_answer_even_for_who_had_it() {
    let world = World::approved().await;
    let visitor = json!({"targetingKey": "had-warm", "market": "ja-JP"});
    let mut keys = (0..200).map(|n| json!({"targetingKey": format!("v{n}"), "market": "ja-JP"}));
    let holder = loop {
        let context = keys.next().unwrap_or_else(|| visitor.clone());
        if world.evaluate("home.hero", context.clone()).await.json()["variant"] == "warm" {
            break context;
        }
    };
    let haruka = world.log_in("haruka").await;
    let warm = review_of(&world, "ja-JP", "warm").await;
    assert_eq!(world.judge(&haruka, &warm, "revoke").await.status, 200);
    assert_eq!(
        world.evaluate("home.hero", holder).await.json()["variant"],
        "classic"
    );
    assert_eq!(served(&world, "ja-JP").await, ["classic"]);
    assert_eq!(served(&world, "de-DE").await, ["classic", "warm"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn approvals_and_the_trail_survive_a_restart() {
    let world = World::approved().await.restart().await;
    assert_eq!(served(&world, "ja-JP").await, ["classic", "warm"]);
    let verified = world
        .call(
            &world.server,
            "GET",
            "/api/v1/audit-trail/verification",
            Value::Null,
        )
        .await;
    assert_eq!(verified.status, 200);
    assert!(10 < verified.json()["entries"].as_u64().unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_wounds_needs_two_reviewers() {
    let world = World::empty().await;
    let editor = world.log_in("editor").await;
    let request = axum::http::Request::put("/api/v1/slots?sensitivity=mourning")
        .header("authorization", format!("Bearer {editor}"))
        .body(axum::body::Body::from(SLOTS))
        .unwrap();
    assert_eq!(world.send(request).await.status, 200);
    let classic = review_of(&world, "ja-JP", "classic").await;
    assert_eq!(classic["needed"], 2);
    let haruka = world.log_in("haruka").await;
    let once = world.judge(&haruka, &classic, "approve").await.json();
    assert_eq!(
        (once["state"].as_str(), once["needed"].as_u64()),
        (Some("waiting"), Some(1))
    );
    let twice = world.judge(&haruka, &classic, "approve").await;
    assert_eq!(
        (twice.status.as_u16(), twice.json()["code"].as_str()),
        (409, Some("already-decided"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn quiet_mode_stops_what_sells_at_once_and_keeps_what_helps() {
    let world = World::approved().await;
    let owner = world.log_in("owner").await;
    let on = world
        .call(
            &owner,
            "PUT",
            "/api/v1/quiet/JP",
            json!({"reason": "earthquake"}),
        )
        .await;
    assert_eq!(on.status, 204, "{}", on.text);
    assert_eq!(served(&world, "ja-JP").await, ["default"]);
    assert_eq!(served(&world, "de-DE").await, ["classic", "warm"]);
    let weight = world
        .evaluate(
            "ship.weight",
            json!({"targetingKey": "v", "market": "ja-JP"}),
        )
        .await;
    assert_eq!(weight.json()["variant"], "one");
    let default = world
        .evaluate("home.hero", json!({"targetingKey": "v", "market": "ja-JP"}))
        .await
        .json();
    assert_eq!(default["reason"], "DISABLED");
    assert_eq!(default["metadata"]["explain"], "quiet mode");
    assert_eq!(
        world
            .call(&owner, "DELETE", "/api/v1/quiet/JP", Value::Null)
            .await
            .status,
        204
    );
    assert_eq!(served(&world, "ja-JP").await, ["classic", "warm"]);
    let silent = world
        .call(&owner, "PUT", "/api/v1/quiet/JP", json!({"reason": " "}))
        .await;
    assert_eq!(silent.status, 400);
    let nowhere = world
        .call(&owner, "PUT", "/api/v1/quiet/KR", json!({"reason": "x"}))
        .await;
    assert!(
        nowhere.json()["detail"]
            .as_str()
            .unwrap()
            .contains("covers no market")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn quiet_mode_holds_when_whoever_switched_it_hangs_up() {
    let world = World::approved().await;
    let owner = world.log_in("owner").await;
    for round in 0..20 {
        let visitor = json!({"targetingKey": format!("hangs-up-{round}"), "market": "ja-JP"});
        let reason = json!({"reason": "earthquake"});
        // The request is dropped, as when a connection ends, once the switch is kept.
        tokio::select! {
            biased;
            _ = world.call(&owner, "PUT", "/api/v1/quiet/JP", reason) => {}
            () = until(async || is_quiet(&world).await) => {}
        }
        let withheld = async || {
            let answer = world.evaluate("home.hero", visitor.clone()).await;
            answer.json()["reason"] == "DISABLED"
        };
        let obeyed = tokio::time::timeout(Duration::from_secs(5), until(withheld));
        assert!(obeyed.await.is_ok(), "round {round}: kept, and not obeyed");
        let off = world
            .call(&owner, "DELETE", "/api/v1/quiet/JP", Value::Null)
            .await;
        assert_eq!(off.status, 204);
    }
}

async fn is_quiet(world: &World) -> bool {
    let list = world
        .call(&world.server, "GET", "/api/v1/quiet", Value::Null)
        .await;
    list.json()["items"] != json!([])
}

async fn until(mut holds: impl AsyncFnMut() -> bool) {
    while !holds().await {
        tokio::task::yield_now().await;
    }
}
