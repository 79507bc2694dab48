//! `milieu audit --server`: the same files judged by a server, with its workspace's knowledge.

use anyhow::Result;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use milieu_audit::{Report, Skip};
use milieu_content::Input;
use milieu_culture::{Date, MarketId};
use milieu_engine::journeys::audit_campaign::{AuditRequest, Audited, Found};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::client::{Body, Folder, WhereArgs, ask};

/// What is read of a server's audit.
#[derive(Debug, Deserialize)]
struct Answer {
    report: Report,
    markets: Vec<MarketId>,
    as_of: Date,
    notes: Vec<String>,
}

/// What is sent: what a folder could not give is told here, not there.
pub(super) struct Order {
    body: Value,
    skipped: Vec<Skip>,
}

impl Order {
    pub(super) fn new(found: &Found, request: &AuditRequest) -> Self {
        let skip = |skipped: &milieu_content::Skipped| Skip {
            subject: skipped.file.clone(),
            reason: skipped.message.clone(),
            hint: skipped.hint.clone(),
        };
        let days = request
            .days
            .map(|days| json!({"first": days.first, "last": days.last}));
        Self {
            body: json!({
                "files": found.inputs.iter().map(file).collect::<Vec<_>>(),
                "markets": request.markets,
                "locale": request.source_locale.as_ref().map(ToString::to_string),
                "dates": days,
            }),
            skipped: found.skipped.iter().map(skip).collect(),
        }
    }

    /// Puts what a server says in the place of what this program said.
    pub(super) fn ask(self, server: &str, here: Audited) -> Result<Audited> {
        let place = WhereArgs::of_server(server);
        let answer: Answer = ask(&place, Folder::Existing, |client| {
            client.post("/api/v1/audits", Body::Json(self.body))?.read()
        })?;
        let mut report = answer.report;
        report.skipped.extend(self.skipped);
        report.skipped.sort();
        report.skipped.dedup();
        Ok(Audited {
            report,
            markets: answer.markets,
            as_of: answer.as_of,
            told: answer.notes,
            ..here
        })
    }
}

fn file(input: &Input) -> Value {
    match std::str::from_utf8(&input.bytes) {
        Ok(text) => json!({"path": input.path, "text": text}),
        Err(_) => json!({"path": input.path, "base64": STANDARD.encode(&input.bytes)}),
    }
}
