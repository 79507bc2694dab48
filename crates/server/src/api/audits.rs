//! `/api/v1/audits`: files judged for markets, and what was judged before.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use milieu_content::{Input, Locale};
use milieu_culture::{Date, MarketId};
use milieu_engine::EngineError;
use milieu_engine::journeys::keep_audit::{AuditOrder, keep_audit};
use milieu_engine::journeys::read_audits::{KeptAudit, ListedAudit, list_audits, show_audit};
use serde::Deserialize;

use super::JsonBody;
use super::address::{Path, Query};
use super::paging::Page;
use crate::app::SharedApp;
use crate::auth::Asker;
use crate::problem::Problem;

/// The most characters of an `Idempotency-Key`.
const LONGEST_KEY: usize = 200;

/// What is to be audited.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    name: Option<String>,
    files: Vec<File>,
    markets: Vec<MarketId>,
    locale: Option<String>,
    dates: Option<Days>,
}

/// A file as text, or as bytes in base64.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    path: String,
    text: Option<String>,
    base64: Option<String>,
}

/// The first and the last day of a campaign.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Days {
    first: Date,
    last: Date,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    limit: Option<u32>,
    cursor: Option<i64>,
}

/// Audits files as one campaign, and keeps the audit.
pub(super) async fn make(
    State(app): State<SharedApp>,
    Asker(who): Asker,
    headers: HeaderMap,
    JsonBody(wanted): JsonBody<Wanted>,
) -> Result<Response, Problem> {
    let order = AuditOrder {
        request: idempotency_key(&headers)?,
        ..order(wanted)?
    };
    let audit = keep_audit(&app.engine, &who, order).await?;
    let address = format!("/api/v1/audits/{}", audit.head.id);
    let mut response = (StatusCode::CREATED, Json(audit)).into_response();
    if let Ok(address) = HeaderValue::from_str(&address) {
        response.headers_mut().insert(header::LOCATION, address);
    }
    Ok(response)
}

fn order(wanted: Wanted) -> Result<AuditOrder, EngineError> {
    let mut files = Vec::with_capacity(wanted.files.len());
    for (index, file) in wanted.files.into_iter().enumerate() {
        files.push(Input::new(file.path.clone(), bytes(index, file)?));
    }
    let locale: Option<Locale> = wanted
        .locale
        .map(|text| {
            text.parse().map_err(|_| {
                let shown: String = text.chars().take(40).collect();
                EngineError::invalid(format!("locale \"{shown}\" is none: write en-US"))
            })
        })
        .transpose()?;
    Ok(AuditOrder {
        name: wanted.name,
        files,
        markets: wanted.markets,
        locale,
        dates: wanted.dates.map(|days| (days.first, days.last)),
        request: None,
    })
}

fn bytes(index: usize, file: File) -> Result<Vec<u8>, EngineError> {
    match (file.text, file.base64) {
        (Some(text), None) => Ok(text.into_bytes()),
        (None, Some(packed)) => STANDARD.decode(packed.trim()).map_err(|error| {
            EngineError::invalid(format!("files[{index}].base64 is no base64: {error}"))
        }),
        (Some(_), Some(_)) | (None, None) => Err(EngineError::invalid(format!(
            "files[{index}] has both text and base64, or neither: give one"
        ))),
    }
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, EngineError> {
    let Some(value) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    match value.to_str() {
        Ok(text) if !text.is_empty() && text.len() <= LONGEST_KEY => Ok(Some(text.to_owned())),
        Ok(_) | Err(_) => Err(EngineError::invalid(format!(
            "an Idempotency-Key has 1 to {LONGEST_KEY} ASCII characters"
        ))),
    }
}

/// Lists audits, newest first, without their reports.
pub(super) async fn list(
    State(app): State<SharedApp>,
    Asker(who): Asker,
    Query(asked): Query<Asked>,
) -> Result<Json<Page<ListedAudit>>, Problem> {
    let page = list_audits(&app.engine, &who, asked.cursor, asked.limit.unwrap_or(50)).await?;
    Ok(Json(Page {
        items: page.audits,
        next_cursor: page.next.map(|no| no.to_string()),
    }))
}

/// Shows one audit with its report, its files, and the claims behind its findings.
pub(super) async fn show(
    State(app): State<SharedApp>,
    Asker(who): Asker,
    Path(id): Path<String>,
) -> Result<Json<KeptAudit>, Problem> {
    Ok(Json(show_audit(&app.engine, &who, &id).await?))
}
