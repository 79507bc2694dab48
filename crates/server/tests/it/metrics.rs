//! `/metrics`: well formed, counting what happened, and silent about who did it.

use std::collections::{BTreeMap, BTreeSet};

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

use crate::world::{World, json_request};

const OPERATE: &str = include_str!("../../../../docs/operate.md");

/// A page as a scraper reads it.
#[derive(Debug, Default)]
struct Page {
    kinds: BTreeMap<String, String>,
    samples: BTreeMap<String, f64>,
}

impl Page {
    /// Reads a page, and checks the grammar of the text format on the way.
    fn read(text: &str) -> Self {
        let mut page = Self::default();
        let (mut helped, mut current) = ("", "");
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix("# HELP ") {
                let (name, help) = rest.split_once(' ').unwrap();
                assert!(help.ends_with('.') || help.contains(';'), "{line}");
                helped = name;
            } else if let Some(rest) = line.strip_prefix("# TYPE ") {
                let (name, kind) = rest.split_once(' ').unwrap();
                assert_eq!(name, helped, "help comes before type");
                let told = page.kinds.insert(name.to_owned(), kind.to_owned());
                assert_eq!(told, None, "{name} begins twice");
                assert_eq!(kind == "counter", name.ends_with("_total"), "{name}");
                current = name;
            } else {
                let (name, value) = line.rsplit_once(' ').unwrap();
                let family = name.split('{').next().unwrap();
                let own = ["", "_bucket", "_sum", "_count"];
                assert!(
                    own.iter().any(|end| format!("{current}{end}") == family),
                    "{line} stands below {current}"
                );
                let told = page.samples.insert(name.to_owned(), value.parse().unwrap());
                assert_eq!(told, None, "{name} twice");
            }
        }
        page
    }

    fn value(&self, sample: &str) -> f64 {
        *self
            .samples
            .get(sample)
            .unwrap_or_else(|| panic!("no {sample}"))
    }

    /// Checks that buckets only grow, and that the last one has all.
    fn check_histogram(&self, name: &str, labels: &str) {
        let start = format!("{name}_bucket{{{labels}");
        let mut buckets: Vec<(f64, f64)> = self
            .samples
            .iter()
            .filter(|(sample, _)| sample.starts_with(&start))
            .map(|(sample, value)| {
                let (_, bound) = sample.split_once("le=\"").unwrap();
                let bound = bound.trim_end_matches("\"}");
                (bound.parse().unwrap_or(f64::INFINITY), *value)
            })
            .collect();
        buckets.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        assert!(buckets.is_sorted_by(|(_, a), (_, b)| a <= b), "{buckets:?}");
        let labels = labels.trim_end_matches(',');
        let braces = if labels.is_empty() {
            String::new()
        } else {
            format!("{{{labels}}}")
        };
        let all = self.value(&format!("{name}_count{braces}"));
        assert!(0.0 < all);
        assert!((buckets.last().unwrap().1 - all).abs() < f64::EPSILON);
        assert!(0.0 < self.value(&format!("{name}_sum{braces}")));
    }
}

async fn page(world: &World) -> String {
    let request = Request::get("/metrics").body(Body::empty()).unwrap();
    let answer = world.send(request).await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.header("content-type"),
        "text/plain; version=0.0.4; charset=utf-8"
    );
    answer.text
}

async fn shop_with_traffic() -> World {
    let world = World::approved().await;
    for visitor in ["secret-visitor", "other-visitor"] {
        let context = json!({"targetingKey": visitor, "market": "ja-JP"});
        let decided = world.evaluate("home.hero", context).await.json();
        let message = json!({
            "type": "track", "event": "Experiment Viewed", "anonymousId": visitor,
            "messageId": visitor,
            "properties": {"decisionId": decided["metadata"]["decisionId"]},
        });
        let batch = json!({"writeKey": world.write, "batch": [message, message, {"type": "?"}]});
        let request = json_request("POST", "/v1/batch", &batch);
        assert_eq!(world.send(request).await.status, 200);
    }
    world
        .evaluate("home.hero", json!({"market": "ja-JP"}))
        .await;
    world.evaluate("secret.slot", json!({})).await;
    for path in ["/secret-page?a=secret-query", "/api/v1/quiet/secret-scope"] {
        world.call(&world.server, "GET", path, Value::Null).await;
    }
    world
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happened_is_counted() {
    let world = shop_with_traffic().await;
    let page = Page::read(&page(&world).await);
    let split = "milieu_decisions_total{slot=\"home.hero\",reason=\"SPLIT\"}";
    let error = "milieu_decisions_total{slot=\"home.hero\",reason=\"ERROR\"}";
    let unknown = "milieu_decisions_total{slot=\"\",reason=\"FLAG_NOT_FOUND\"}";
    let route = "/ofrep/v1/evaluate/flags/{*key}";
    let requests = |status: u16| {
        format!(
            "milieu_http_requests_total{{route=\"{route}\",method=\"POST\",status=\"{status}\"}}"
        )
    };
    let outcome = |outcome: &str| format!("milieu_events_total{{outcome=\"{outcome}\"}}");
    for (sample, wanted) in [
        (split, 2.0),
        (error, 1.0),
        (unknown, 1.0),
        (&requests(200), 2.0),
        (&requests(400), 1.0),
        (&requests(404), 1.0),
        (&outcome("accepted"), 2.0),
        (&outcome("repeated"), 2.0),
        (&outcome("rejected"), 2.0),
        ("milieu_events_rejected_total{reason=\"no-visitor\"}", 2.0),
        ("milieu_log_events_total", 2.0),
        ("milieu_log_writes", 1.0),
        ("milieu_ready", 1.0),
    ] {
        assert!(
            (page.value(sample) - wanted).abs() < f64::EPSILON,
            "{sample}: {} instead of {wanted}",
            page.value(sample)
        );
    }
    page.check_histogram("milieu_log_sync_duration_seconds", "");
    let labels = format!("route=\"{route}\",method=\"POST\",");
    page.check_histogram("milieu_http_request_duration_seconds", &labels);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_was_sent_becomes_a_label() {
    let world = shop_with_traffic().await;
    let page = page(&world).await;
    assert!(!page.contains("secret"), "{page}");
    assert!(page.contains("route=\"/api/v1/quiet/{scope}\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_family_is_in_the_documents() {
    let world = shop_with_traffic().await;
    let page = Page::read(&page(&world).await);
    let given: BTreeSet<&str> = page.kinds.keys().map(String::as_str).collect();
    let told: BTreeSet<&str> = OPERATE
        .split('`')
        .skip(1)
        .step_by(2)
        .map(|code| code.split('{').next().unwrap_or_default())
        .filter(|code| code.starts_with("milieu_"))
        .collect();
    let missing: Vec<_> = given.difference(&told).collect();
    assert!(missing.is_empty(), "docs/operate.md lacks {missing:?}");
}
