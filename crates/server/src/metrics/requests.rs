//! Requests by route, method and status, and how long their answers took.
//!
//! A route is a template, as `/api/v1/slots/{key}`: what people ask for is never a label,
//! so there are no more rows than routes, and none of them says who asked.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use arc_swap::ArcSwap;
use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use milieu_engine::Latency;

use super::text::Text;
use crate::app::SharedApp;

/// What is counted of requests that no route takes: pages and files of the dashboard too.
const OTHER: &str = "other";
const METHODS: [&str; 7] = ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"];
/// Statuses that are told apart; the last stands for all others.
const STATUSES: [u16; 19] = [
    200, 201, 202, 204, 304, 400, 401, 403, 404, 405, 408, 409, 412, 413, 415, 429, 500, 503, 0,
];

/// Counts by method and route.
#[derive(Debug, Default)]
pub(crate) struct Requests {
    methods: [ArcSwap<Routes>; METHODS.len() + 1],
}

type Routes = BTreeMap<String, Arc<Counts>>;

#[derive(Debug, Default)]
struct Counts {
    statuses: [AtomicU64; STATUSES.len()],
    took: Latency,
}

/// Counts a request once its answer begins. Streams are counted when they are opened.
#[allow(
    clippy::disallowed_methods,
    reason = "a door reads the clock; how long an answer took is told to operators only"
)]
pub(crate) async fn count(State(app): State<SharedApp>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let counts = {
        let route = request.extensions().get::<MatchedPath>();
        let route = route.map_or(OTHER, MatchedPath::as_str);
        app.metrics.requests.of(request.method(), route)
    };
    let response = next.run(request).await;
    if let Some(counts) = counts {
        counts.note(response.status().as_u16());
        counts.took.observe(begun.elapsed());
    }
    response
}

impl Requests {
    /// Finds the counts of a route without waiting for anybody; makes them the first time.
    fn of(&self, method: &Method, route: &str) -> Option<Arc<Counts>> {
        let known = METHODS.iter().position(|name| *name == method.as_str());
        let routes = self.methods.get(known.unwrap_or(METHODS.len()))?;
        if let Some(counts) = routes.load().get(route) {
            return Some(Arc::clone(counts));
        }
        routes.rcu(|old| {
            let mut new = Routes::clone(old);
            new.entry(route.to_owned()).or_default();
            new
        });
        routes.load().get(route).cloned()
    }

    pub(super) fn write(&self, text: &mut Text) {
        let mut rows = Vec::new();
        let names = METHODS.into_iter().chain([OTHER]);
        for (method, routes) in names.zip(&self.methods) {
            for (route, counts) in routes.load().iter() {
                rows.push((route.clone(), method, Arc::clone(counts)));
            }
        }
        rows.sort_by(|(a, x, _), (b, y, _)| (a, x).cmp(&(b, y)));
        let name = "milieu_http_requests_total";
        text.family(name, "counter", "Requests that were answered.");
        for (route, method, counts) in &rows {
            for (status, number) in STATUSES.iter().zip(&counts.statuses) {
                let number = number.load(Ordering::Relaxed);
                let status = match status {
                    0 => OTHER.to_owned(),
                    known => known.to_string(),
                };
                let labels = [("route", &**route), ("method", method), ("status", &status)];
                if 0 < number {
                    text.sample(name, &labels, number);
                }
            }
        }
        let name = "milieu_http_request_duration_seconds";
        let help = "Time from a request's head to its answer's head.";
        text.family(name, "histogram", help);
        for (route, method, counts) in &rows {
            let labels = [("route", &**route), ("method", method)];
            text.histogram(name, &labels, &counts.took.read());
        }
    }
}

impl Counts {
    fn note(&self, status: u16) {
        let known = STATUSES.iter().position(|one| *one == status);
        let at = known.unwrap_or(STATUSES.len() - 1);
        if let Some(counter) = self.statuses.get(at) {
            counter.fetch_add(1, Ordering::Relaxed);
        }
    }
}
