//! `/api/v1/audits`: files judged for markets, and what was judged before.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use milieu_content::{Days, Input, Locale};
use milieu_culture::{Date, MarketId};
use milieu_engine::EngineError;
use milieu_engine::journeys::keep_audit::{AuditOrder, keep_audit};
use milieu_engine::journeys::read_audits::{KeptAudit, ListedAudit, list_audits, show_audit};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::JsonBody;
use super::address::{Path, Query};
use super::paging::Page;
use crate::app::SharedApp;
use crate::auth::Asker;
use crate::problem::{Problem, ReadProblems, WriteProblems};

/// The most characters of an `Idempotency-Key`.
const LONGEST_KEY: usize = 200;

/// What is to be audited.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WantedAudit)]
pub(super) struct Wanted {
    /// What it is called; without it, the first file's path.
    #[schema(max_length = 200)]
    name: Option<String>,
    /// The files, as one campaign.
    #[schema(min_items = 1, max_items = 1000)]
    files: Vec<File>,
    /// The markets they are meant for; without them, those of a campaign.toml.
    #[schema(max_items = 200)]
    #[serde(default)]
    markets: Vec<MarketId>,
    /// The locale that was written first, as en-US; other files are its translations.
    locale: Option<String>,
    /// When the campaign runs; claims are weighed on its first day, today without it.
    dates: Option<CampaignDays>,
}

/// A file as text, or as bytes in base64.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WantedFile)]
pub(super) struct File {
    /// Its path, with / between the parts; each stands once.
    #[schema(min_length = 1, max_length = 500)]
    path: String,
    /// Its text; give this or base64.
    text: Option<String>,
    /// Its bytes; give this or text.
    base64: Option<String>,
}

/// The first and the last day of a campaign.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CampaignDays {
    /// The first day.
    first: Date,
    /// The last day, not before the first.
    last: Date,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Asked {
    /// The most audits of the page, 1 to 100; without it, 50.
    #[param(minimum = 0, maximum = 4_294_967_295_u32)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    cursor: Option<i64>,
}

/// Audits files as one campaign, and keeps the audit.
///
/// At most 4 MiB, 1,000 files and 200 markets, and bytes times markets at most 64 MiB. The
/// last 1,000 audits are kept, up to 512 MiB. A campaign.toml among the files is obeyed.
#[utoipa::path(
    post, path = "/audits", operation_id = "make_audit", tag = "audits",
    params(("Idempotency-Key" = Option<String>, Header, description = "Sent twice with the same request, it is done once.", min_length = 1, max_length = 200, pattern = "^[!-~]*$")),
    request_body = Wanted,
    responses(
        (status = 201, description = "The audit.", body = KeptAudit,
            headers(("Location" = String, description = "Where the audit can be read."))),
        WriteProblems,
    ),
)]
pub(super) async fn make(
    State(app): State<SharedApp>,
    Asker(who): Asker,
    headers: HeaderMap,
    JsonBody(wanted): JsonBody<Wanted>,
) -> Result<Response, Problem> {
    app.meters.audits.take(who.name(), 1)?;
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
        days: wanted.dates.map(|days| Days {
            first: days.first,
            last: days.last,
        }),
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
#[utoipa::path(
    get, path = "/audits", operation_id = "list_audits", tag = "audits", params(Asked),
    responses((status = 200, description = "A page of audits, newest first.", body = Page<ListedAudit>), ReadProblems),
)]
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
#[utoipa::path(
    get, path = "/audits/{id}", operation_id = "show_audit", tag = "audits", params(("id" = String, Path, description = "The audit's id.", max_length = 40)),
    responses((status = 200, description = "The audit as it was made.", body = KeptAudit), ReadProblems),
)]
pub(super) async fn show(
    State(app): State<SharedApp>,
    Asker(who): Asker,
    Path(id): Path<String>,
) -> Result<Json<KeptAudit>, Problem> {
    Ok(Json(show_audit(&app.engine, &who, &id).await?))
}
