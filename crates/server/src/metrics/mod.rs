//! `GET /metrics`: what an operator watches, in Prometheus' text format.
//!
//! Counting is a few atomic additions; nothing on the way of a request waits for whoever
//! reads. No label holds what a visitor sent: `docs/operate.md` lists every family.

mod decisions;
mod requests;
mod text;

use std::sync::atomic::Ordering;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use milieu_engine::Vitals;

use crate::app::{App, SharedApp};
use crate::problem::Problem;
use decisions::Decisions;
use requests::Requests;
pub(crate) use requests::count;
use text::{CONTENT_TYPE, Text};

/// What the doors count.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    requests: Requests,
    pub(crate) decisions: Decisions,
}

/// Shows all metrics.
#[utoipa::path(
    get, path = "/metrics", operation_id = "show_metrics", tag = "operation", security(()),
    responses(
        (status = 200, description = "In the form that Prometheus reads.", body = String, content_type = "text/plain"),
        (status = 404, description = "Metrics are switched off.", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn show(State(app): State<SharedApp>) -> Response {
    if !app.settings.metrics {
        let detail = "metrics are switched off in this server's configuration";
        return Problem::new(StatusCode::NOT_FOUND, "not-found", detail).into_response();
    }
    ([(header::CONTENT_TYPE, CONTENT_TYPE)], page(&app)).into_response()
}

fn page(app: &App) -> String {
    let mut text = Text::default();
    let vitals = app.engine.vitals();
    build(&mut text, app);
    app.metrics.requests.write(&mut text);
    app.metrics.decisions.write(&mut text, &app.engine.live());
    doors(&mut text, app);
    intake(&mut text, &vitals);
    log(&mut text, &vitals);
    learner(&mut text, &vitals);
    text.finish()
}

fn build(text: &mut Text, app: &App) {
    let name = "milieu_build_info";
    text.family(
        name,
        "gauge",
        "Versions of the program and its packs; always 1.",
    );
    let packs = &app.engine.knowledge().pack_version;
    let labels = [("version", env!("CARGO_PKG_VERSION")), ("packs", packs)];
    text.sample(name, &labels, 1);
    let ready = u8::from(!app.is_stopping() && app.engine.writes_events());
    text.gauge("milieu_ready", "1 when /readyz answers 200, else 0.", ready);
}

fn doors(text: &mut Text, app: &App) {
    let open = app.settings.connections.load(Ordering::Relaxed);
    text.gauge("milieu_connections", "Connections that are open.", open);
    let free = app.streams.available_permits();
    let streams = app.settings.most_streams.saturating_sub(free);
    text.gauge("milieu_streams", "Streams that are open.", streams);
}

fn intake(text: &mut Text, vitals: &Vitals) {
    let intake = &vitals.intake;
    let name = "milieu_events_total";
    text.family(
        name,
        "counter",
        "Events that came in, by what became of them.",
    );
    text.sample(name, &[("outcome", "accepted")], intake.accepted);
    text.sample(name, &[("outcome", "repeated")], intake.duplicates);
    let rejected: u64 = intake.rejected.values().sum();
    text.sample(name, &[("outcome", "rejected")], rejected);
    let name = "milieu_events_rejected_total";
    text.family(name, "counter", "Events that were not kept, by reason.");
    for (reason, number) in &intake.rejected {
        text.sample(name, &[("reason", reason.code())], *number);
    }
}

fn log(text: &mut Text, vitals: &Vitals) {
    let help = "Events in the log, ever.";
    text.counter("milieu_log_events_total", help, vitals.logged);
    let help = "Batches that wait for the log.";
    text.gauge("milieu_log_queue_batches", help, vitals.waiting);
    let help = "Batches that were refused because too many waited.";
    text.counter("milieu_log_refused_total", help, vitals.refused);
    let help = "Writes of the log that failed.";
    text.counter("milieu_log_failed_total", help, vitals.failed_writes);
    let help = "1 when the last write of the log went well, else 0.";
    text.gauge("milieu_log_writes", help, u8::from(vitals.writes));
    let name = "milieu_log_sync_duration_seconds";
    text.family(
        name,
        "histogram",
        "Time to write and sync a group of batches.",
    );
    text.histogram(name, &[], &vitals.syncs);
}

fn learner(text: &mut Text, vitals: &Vitals) {
    let help = "Events that the learner has not folded yet.";
    text.gauge("milieu_learner_lag_events", help, vitals.lag);
    let help = "Events that came more than seven days late and were not counted.";
    text.gauge("milieu_learner_late_events", help, vitals.late);
    let help = "Visits with a goal whose exposure never came.";
    text.gauge("milieu_learner_unmatched_visits", help, vitals.unmatched);
    let help = "How many events the policy has learned from.";
    text.gauge("milieu_policy_version", help, vitals.policy);
    let help = "Time since weights were published; they rest while no events come.";
    text.gauge("milieu_policy_age_seconds", help, vitals.weighed_ago);
    let name = "milieu_snapshot_swaps_total";
    text.family(name, "counter", "New snapshots, by what changed in them.");
    text.sample(name, &[("change", "weights")], vitals.weighings);
    text.sample(name, &[("change", "content")], vitals.changes);
    if let Some(ago) = vitals.backed_up_ago {
        let help = "Time since the last backup was given out whole.";
        text.gauge("milieu_backup_age_seconds", help, ago);
    }
}
