//! A workspace behind the real routes, with people, keys and one slot.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use milieu_engine::{Engine, shipped_knowledge};
use milieu_server::{LocalOperator, Settings, router};
use serde_json::{Value, json};
use tower::ServiceExt as _;

pub(crate) const SLOTS: &str = r#"
[[slot]]
key = "home.hero"
type = "object"
goal = "click"
default = { title = "Welcome" }
[[slot.variant]]
key = "classic"
generic = true
[slot.variant.renderings]
"ja-JP" = { title = "ようこそ" }
"de-DE" = { title = "Willkommen" }
[[slot.variant]]
key = "warm"
[slot.variant.renderings]
"ja-JP" = { title = "おかえりなさい" }
"de-DE" = { title = "Schön, dass du da bist" }

[[slot]]
key = "ship.weight"
type = "float"
goal = "click"
default = 1
[[slot.variant]]
key = "one"
generic = true
occasion = "neutral"
[slot.variant.renderings]
"ja-JP" = 2
"de-DE" = 2.5
"#;

pub(crate) const PASSWORD: &str = "correct horse battery";

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {}", self.text))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

pub(crate) struct World {
    pub(crate) engine: Arc<Engine>,
    pub(crate) server: String,
    pub(crate) write: String,
    routes: Router,
    folder: tempfile::TempDir,
}

impl World {
    /// A workspace with markets and people, and no slots.
    pub(crate) async fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let engine = Engine::open(folder.path(), shipped_knowledge().unwrap())
            .await
            .unwrap();
        let routes = router(Arc::clone(&engine), Settings::loopback());
        let (server, write) = (String::new(), String::new());
        let mut world = Self {
            engine,
            server,
            write,
            routes,
            folder,
        };
        let markets = json!({"name": "Test", "markets": ["de-DE", "ja-JP"]});
        world.operate("PUT", "/api/v1/workspace", markets).await;
        for (name, roles) in [
            ("owner", json!([{"role": "owner", "market": null}])),
            (
                "editor",
                json!([{"role": "editor", "market": null}, {"role": "reviewer", "market": null}]),
            ),
            ("haruka", json!([{"role": "reviewer", "market": "ja-JP"}])),
            ("jonas", json!([{"role": "reviewer", "market": "de-DE"}])),
        ] {
            let person = json!({"password": PASSWORD, "roles": roles});
            world
                .operate("PUT", &format!("/api/v1/users/{name}"), person)
                .await;
        }
        world.server = world.make_key("server").await;
        world.write = world.make_key("write").await;
        world
    }

    /// The same with slots applied and everything approved by local reviewers.
    pub(crate) async fn approved() -> Self {
        let world = Self::empty().await;
        world.apply(SLOTS).await;
        world.approve_all().await;
        world
    }

    /// The same workspace behind routes with other settings.
    pub(crate) fn with(self, settings: Settings) -> Self {
        let routes = router(Arc::clone(&self.engine), settings);
        Self { routes, ..self }
    }

    async fn operate(&self, method: &str, path: &str, body: Value) -> Answer {
        let mut request = json_request(method, path, &body);
        request.extensions_mut().insert(LocalOperator);
        let answer = self.send(request).await;
        assert!(
            answer.status.is_success(),
            "{method} {path}: {}",
            answer.text
        );
        answer
    }

    async fn make_key(&self, kind: &str) -> String {
        let made = self
            .operate(
                "POST",
                "/api/v1/keys",
                json!({"kind": kind, "label": "test"}),
            )
            .await;
        made.json()["key"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.routes.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer {
            status: parts.status,
            headers: parts.headers,
            text,
        }
    }

    /// Logs in and returns the session's secret.
    pub(crate) async fn log_in(&self, name: &str) -> String {
        let body = json!({"name": name, "password": PASSWORD});
        let answer = self
            .send(json_request("POST", "/api/v1/session", &body))
            .await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()["token"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn call(&self, bearer: &str, method: &str, path: &str, body: Value) -> Answer {
        let mut request = json_request(method, path, &body);
        let value = format!("Bearer {bearer}").parse().unwrap();
        request.headers_mut().insert(header::AUTHORIZATION, value);
        self.send(request).await
    }

    pub(crate) async fn apply(&self, slots: &str) -> Answer {
        let editor = self.log_in("editor").await;
        let request = Request::put("/api/v1/slots")
            .header(header::AUTHORIZATION, format!("Bearer {editor}"))
            .body(Body::from(slots.to_owned()))
            .unwrap();
        self.send(request).await
    }

    pub(crate) async fn reviews(&self, state: &str) -> Vec<Value> {
        let path = format!("/api/v1/reviews?state={state}");
        let answer = self.call(&self.server, "GET", &path, Value::Null).await;
        answer.json()["items"].as_array().unwrap().clone()
    }

    pub(crate) async fn judge(&self, session: &str, review: &Value, verdict: &str) -> Answer {
        let path = format!("/api/v1/reviews/{}/verdicts", review["id"]);
        let digest = review["subject"]["digest"].clone();
        let word = json!({"verdict": verdict, "digest": digest, "reason": "as tested"});
        self.call(session, "POST", &path, word).await
    }

    pub(crate) async fn approve_all(&self) {
        let haruka = self.log_in("haruka").await;
        let jonas = self.log_in("jonas").await;
        for review in self.reviews("waiting").await {
            let japan = review["subject"]["market"] == "ja-JP";
            let answer = self
                .judge(if japan { &haruka } else { &jonas }, &review, "approve")
                .await;
            assert_eq!(answer.status, 200, "{}", answer.text);
        }
    }

    pub(crate) async fn evaluate(&self, slot: &str, context: Value) -> Answer {
        let path = format!("/ofrep/v1/evaluate/flags/{slot}");
        self.call(&self.server, "POST", &path, json!({"context": context}))
            .await
    }

    pub(crate) async fn bulk(&self, context: Value, etag: &str) -> Answer {
        let body = json!({"context": context});
        let mut request = json_request("POST", "/ofrep/v1/evaluate/flags", &body);
        let headers = request.headers_mut();
        headers.insert("x-api-key", self.server.parse().unwrap());
        if !etag.is_empty() {
            headers.insert(header::IF_NONE_MATCH, etag.parse().unwrap());
        }
        self.send(request).await
    }

    /// Ends, loses the event log, and returns what is told at the next start.
    pub(crate) async fn lose_log(self) -> String {
        self.engine.close().await;
        let Self {
            engine,
            routes,
            folder,
            ..
        } = self;
        drop((routes, engine));
        std::fs::remove_dir_all(folder.path().join("log")).unwrap();
        let opened = Engine::open(folder.path(), shipped_knowledge().unwrap()).await;
        opened.map_or_else(|error| error.to_string(), |_| String::new())
    }

    /// Ends this process's hold of the folder and opens it again, as a restart does.
    pub(crate) async fn restart(self) -> Self {
        let Self {
            engine,
            server,
            write,
            routes,
            folder,
        } = self;
        engine.close().await;
        drop((routes, engine));
        let engine = Engine::open(folder.path(), shipped_knowledge().unwrap())
            .await
            .unwrap();
        let routes = router(Arc::clone(&engine), Settings::loopback());
        Self {
            engine,
            server,
            write,
            routes,
            folder,
        }
    }
}

pub(crate) fn json_request(method: &str, path: &str, body: &Value) -> Request<Body> {
    let body = if body.is_null() {
        Body::empty()
    } else {
        Body::from(body.to_string())
    };
    Request::builder()
        .method(method)
        .uri(path)
        .header(header::CONTENT_TYPE, "application/json")
        .body(body)
        .unwrap()
}
