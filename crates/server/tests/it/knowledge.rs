//! Audits, markets and claims over the API, and the overview of all.

use serde_json::{Value, json};

use crate::world::{Answer, World, json_request};

async fn audit(world: &World, body: Value) -> Answer {
    world
        .call(&world.server, "POST", "/api/v1/audits", body)
        .await
}

async fn get(world: &World, path: &str) -> Answer {
    world.call(&world.server, "GET", path, Value::Null).await
}

fn white_gift() -> Value {
    json!({
        "name": "Gifts",
        "markets": ["ja-JP", "de-DE"],
        "locale": "en-US",
        "dates": {"first": "2026-12-01", "last": "2026-12-24"},
        "files": [{"path": "en-US.json", "text": "{\"a\": \"Wrapped in white gift wrap\"}"}],
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn an_audit_is_kept_with_its_files_and_the_claims_behind_it() {
    let world = World::empty().await;
    let made = audit(&world, white_gift()).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let audit = made.json();
    let id = audit["id"].as_str().unwrap();
    assert_eq!(made.header("location"), format!("/api/v1/audits/{id}"));
    assert_eq!(audit["as_of"], "2026-12-01");
    assert_eq!(audit["markets"], json!(["ja-JP", "de-DE"]));
    let finding = &audit["report"]["findings"][0];
    assert_eq!(finding["code"], "COL001");
    let span = finding["location"]["byte_start"].as_u64().unwrap()
        ..finding["location"]["byte_end"].as_u64().unwrap();
    let text = audit["files"][0]["text"].as_str().unwrap();
    let span = usize::try_from(span.start).unwrap()..usize::try_from(span.end).unwrap();
    assert_eq!(text.get(span), finding["location"]["text"].as_str());
    let claim = &audit["claims"][finding["claims"][0].as_str().unwrap()];
    for field in ["id", "statement", "grade", "reason", "state"] {
        assert!(claim[field].is_string(), "{field}: {claim}");
    }
    assert!(claim.get("counter").is_some());
    for field in [
        "title",
        "publisher",
        "date",
        "locator",
        "read",
        "seen",
        "direction",
    ] {
        assert!(claim["evidence"][0][field].is_string(), "{field}: {claim}");
    }
    let counts = &audit["counts"];
    let all = audit["report"]["findings"].as_array().unwrap().len();
    let sum = ["error", "warning", "info"].map(|kind| counts[kind].as_u64().unwrap());
    assert_eq!(sum.iter().sum::<u64>(), u64::try_from(all).unwrap());
    assert_eq!(
        get(&world, &format!("/api/v1/audits/{id}")).await.json(),
        audit
    );
    let list = get(&world, "/api/v1/audits").await.json();
    assert_eq!(list["items"][0]["id"], audit["id"]);
    assert!(list["items"][0].get("report").is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn audits_are_listed_newest_first_page_by_page() {
    let world = World::empty().await;
    for name in ["one", "two", "three"] {
        let mut body = white_gift();
        body["name"] = json!(name);
        assert_eq!(audit(&world, body).await.status, 201);
    }
    let first = get(&world, "/api/v1/audits?limit=2").await.json();
    let names = |page: &Value| -> Vec<String> {
        let items = page["items"].as_array().unwrap().iter();
        items
            .map(|item| item["name"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(names(&first), ["three", "two"]);
    let cursor = first["next_cursor"].as_str().unwrap();
    let last = get(&world, &format!("/api/v1/audits?limit=2&cursor={cursor}"))
        .await
        .json();
    assert_eq!(
        (names(&last), &last["next_cursor"]),
        (vec!["one".to_owned()], &Value::Null)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manifest_among_the_files_is_obeyed_and_bounded() {
    let world = World::empty().await;
    let manifest = |markets: &str| {
        format!("[campaign]\nname = \"Gifts\"\nsource_locale = \"en-US\"\nmarkets = [{markets}]\n")
    };
    let post = async |manifest: String| {
        let files = json!([
            {"path": "gifts/campaign.toml", "text": manifest},
            {"path": "gifts/en-US.json", "text": "{\"a\": \"Wrapped in white gift wrap\"}"},
        ]);
        audit(&world, json!({"files": files})).await
    };
    let made = post(manifest("\"ja-JP\"")).await;
    assert_eq!(made.status, 201, "{}", made.text);
    assert_eq!(made.json()["markets"], json!(["ja-JP"]));
    assert!(made.json()["report"]["suppressed"].is_array());
    assert_eq!(post(manifest("")).await.status, 400);
    let letters = ('a'..='z').flat_map(|a| ('a'..='z').map(move |b| format!("{a}{b}")));
    let many: Vec<String> = letters.take(300).map(|l| format!("\"{l}-DE\"")).collect();
    let refused = post(manifest(&many.join(", "))).await;
    assert_eq!(refused.status, 400, "{}", refused.text);
    assert!(
        refused.text.contains("300 markets at once"),
        "{}",
        refused.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_content_is_text_and_nothing_but_text() {
    let world = World::empty().await;
    let mut body = white_gift();
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    body["name"] = json!("<img src=x onerror=alert(1)>");
    body["files"] = json!([
        {"path": "a.svg", "text": svg},
        {"path": "b.html", "text": "<script>alert(1)</script><p>white gift wrap</p>"},
        {"path": "c.bin", "base64": "AAECAwA="},
    ]);
    let made = audit(&world, body).await;
    assert_eq!(made.status, 201, "{}", made.text);
    assert_eq!(made.header("content-type"), "application/json");
    assert_eq!(made.header("x-content-type-options"), "nosniff");
    assert!(
        made.header("content-security-policy")
            .starts_with("default-src 'none'")
    );
    let audit = made.json();
    assert!(
        audit["counts"]["skipped"].as_u64().unwrap() > 0,
        "the bytes are told"
    );
    assert_eq!(audit["files"][0]["text"], svg);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_much_or_wrong_is_refused_in_words() {
    let world = World::empty().await;
    let many: Vec<String> = (0..10_000).map(|_| "ja-JP".to_owned()).collect();
    let files: Vec<Value> = (0..1_001)
        .map(|n| json!({"path": format!("{n}.txt"), "text": "x"}))
        .collect();
    let big = "x".repeat(1024 * 1024);
    let two_hundred: Vec<&str> = std::iter::repeat_n("ja-JP", 200).collect();
    let file = json!([{"path": "a.txt", "text": "x"}]);
    for (part, status, words) in [
        (
            json!({"markets": many}),
            400,
            "10000 markets at once: name at most 200",
        ),
        (json!({"markets": []}), 400, "markets is empty"),
        (json!({"markets": ["nowhere"]}), 422, "is not a market"),
        (json!({"files": files}), 400, "1001 files at once"),
        (json!({"files": []}), 400, "files is empty"),
        (
            json!({"files": [{"path": "a", "text": "x", "base64": "eA=="}]}),
            400,
            "give one",
        ),
        (json!({"files": [{"path": "a"}]}), 400, "files[0] has both"),
        (
            json!({"files": [{"path": "a", "base64": "*"}]}),
            400,
            "no base64",
        ),
        (
            json!({"files": [{"path": "", "text": "x"}]}),
            400,
            "files[0].path",
        ),
        (
            json!({"files": [{"path": "a", "text": "x"}, {"path": "a", "text": "y"}]}),
            400,
            "stands twice",
        ),
        (
            json!({"dates": {"first": "2026-12-02", "last": "2026-12-01"}}),
            400,
            "is before",
        ),
        (
            json!({"markets": two_hundred, "files": [{"path": "a.txt", "text": big}]}),
            400,
            "bytes times markets",
        ),
        (
            json!({"name": "x".repeat(201)}),
            400,
            "at most 200 characters",
        ),
        (json!({"unknown": 1}), 422, "unknown field"),
    ] {
        let mut body = json!({"markets": ["ja-JP"], "files": file});
        for (key, value) in part.as_object().unwrap() {
            body[key] = value.clone();
        }
        let refused = audit(&world, body).await;
        assert_eq!(refused.status, status, "{words}: {}", refused.text);
        assert!(refused.text.contains(words), "{words}: {}", refused.text);
    }
    let body = json!({"markets": ["ja-JP"], "files": [{"path": "a", "text": "x".repeat(4 << 20)}]});
    assert_eq!(audit(&world, body).await.status, 413);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_sent_twice_is_done_once() {
    let world = World::empty().await;
    let send = async |body: &Value| {
        let mut request = json_request("POST", "/api/v1/audits", body);
        let headers = request.headers_mut();
        headers.insert("x-api-key", world.server.parse().unwrap());
        headers.insert("idempotency-key", "one".parse().unwrap());
        world.send(request).await
    };
    let first = send(&white_gift()).await;
    assert_eq!(first.status, 201);
    assert_eq!(send(&white_gift()).await.json(), first.json());
    let list = get(&world, "/api/v1/audits").await.json();
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    let mut other = white_gift();
    other["markets"] = json!(["de-DE"]);
    let refused = send(&other).await;
    assert_eq!(
        (refused.status.as_u16(), refused.json()["code"].as_str()),
        (409, Some("idempotency-key-reused"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn knowledge_is_read_over_the_api() {
    let world = World::empty().await;
    let markets = get(&world, "/api/v1/markets").await.json();
    let japan = markets["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|market| market["id"] == "ja-JP")
        .unwrap()
        .clone();
    assert_eq!(japan["name"]["territory"], "Japan");
    assert_eq!(
        (&japan["direction"], &japan["configured"]),
        (&json!("ltr"), &json!(true))
    );
    assert!(japan["opened"].as_u64() <= japan["claims"].as_u64());
    let page = get(&world, "/api/v1/markets/ja-JP").await.json();
    assert_eq!(page["id"], "ja-JP");
    assert_eq!(get(&world, "/api/v1/markets/xx-XX").await.status, 404);

    let path = "/api/v1/claims?market=ja-JP&limit=1&as_of=2026-11-25";
    let first = get(&world, path).await.json();
    let cursor = first["next_cursor"].as_str().unwrap();
    assert_eq!(first["items"][0]["id"], cursor);
    let second = get(&world, &format!("{path}&cursor={cursor}")).await.json();
    assert!(cursor < second["items"][0]["id"].as_str().unwrap());
    let one = get(&world, &format!("/api/v1/claims/{cursor}?as_of=2026-11-25")).await;
    assert_eq!(one.json(), first["items"][0]);
    assert_eq!(get(&world, "/api/v1/claims/no.such").await.status, 404);
    assert_eq!(get(&world, "/api/v1/claims?facet=none").await.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_overview_names_what_waits_and_the_next_step() {
    let world = World::empty().await;
    let steps = |overview: &Value| -> Vec<String> {
        let steps = overview["steps"].as_array().unwrap().iter();
        let open = steps.filter(|step| step["done"] == false);
        open.map(|step| step["key"].as_str().unwrap().to_owned())
            .collect()
    };
    let empty = get(&world, "/api/v1/overview").await.json();
    assert_eq!(steps(&empty), ["slots", "approval", "events"]);
    assert_eq!(
        empty["workspace"],
        json!({"name": "Test", "simulated": false})
    );
    world.apply(crate::world::SLOTS).await;
    audit(&world, white_gift()).await;
    let full = get(&world, "/api/v1/overview").await.json();
    assert_eq!(steps(&full), ["approval", "events"]);
    let japan = &full["markets"][1];
    assert_eq!(
        (&japan["market"], &japan["waiting"]),
        (&json!("ja-JP"), &json!(3))
    );
    assert!(japan["findings"].is_object());
    let kinds: Vec<&str> = full["needs"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|need| need["market"] == "ja-JP")
        .map(|need| need["kind"].as_str().unwrap())
        .collect();
    assert!(kinds.contains(&"review"), "{kinds:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_may_read_sees_any_of_it() {
    let world = World::empty().await;
    for path in [
        "/api/v1/overview",
        "/api/v1/audits",
        "/api/v1/audits/x",
        "/api/v1/markets",
        "/api/v1/markets/ja-JP",
        "/api/v1/claims",
        "/api/v1/claims/x",
    ] {
        let nobody = world.send(json_request("GET", path, &Value::Null)).await;
        assert_eq!(nobody.status, 401, "{path}");
        let write = world.call(&world.write, "GET", path, Value::Null).await;
        assert_eq!(write.status, 403, "{path}");
    }
    let refused = world
        .call(&world.write, "POST", "/api/v1/audits", white_gift())
        .await;
    assert_eq!(refused.status, 403);
}
