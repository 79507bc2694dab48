//! `/api/v1/keys`: keys of programs.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use milieu_engine::KeyKind;
use milieu_engine::journeys::manage_keys::{list_keys, make_key, revoke_key};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::JsonBody;
use super::address::Path;
use super::paging::Page;
use crate::app::SharedApp;
use crate::auth::Asker;
use crate::problem::{Problem, ReadProblems, WriteProblems};

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Key {
    id: String,
    kind: String,
    label: String,
    created_at: String,
    revoked_at: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WantedKey)]
pub(super) struct Wanted {
    /// What it is for: server, public or write.
    #[schema(pattern = "^(server|public|write)$")]
    kind: String,
    /// What a person calls it.
    #[schema(max_length = 200)]
    #[serde(default)]
    label: String,
}

/// A key's secret, shown this once.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MadeKey)]
pub(super) struct Made {
    key: String,
}

/// Lists keys without their secrets.
#[utoipa::path(
    get, path = "/keys", operation_id = "list_keys", tag = "people", 
    responses((status = 200, description = "All keys, without their secrets.", body = Page<Key>), ReadProblems),
)]
pub(super) async fn list(
    State(app): State<SharedApp>,
    Asker(who): Asker,
) -> Result<Json<Page<Key>>, Problem> {
    let keys = list_keys(&app.engine, &who)
        .await?
        .into_iter()
        .map(|row| Key {
            id: row.id,
            kind: row.kind,
            label: row.label,
            created_at: row.created_at.to_string(),
            revoked_at: row.revoked_at.map(|at| at.to_string()),
        });
    Ok(Json(Page::whole(keys)))
}

/// Makes a key.
#[utoipa::path(
    post, path = "/keys", operation_id = "make_key", tag = "people", request_body = Wanted,
    responses((status = 201, description = "The key, shown this once.", body = Made), WriteProblems),
)]
pub(super) async fn make(
    State(app): State<SharedApp>,
    Asker(who): Asker,
    JsonBody(wanted): JsonBody<Wanted>,
) -> Result<(StatusCode, Json<Made>), Problem> {
    let kind = KeyKind::parse(&wanted.kind)?;
    let key = make_key(&app.engine, &who, kind, &wanted.label).await?;
    Ok((StatusCode::CREATED, Json(Made { key })))
}

/// Withdraws a key.
#[utoipa::path(
    delete, path = "/keys/{id}", operation_id = "revoke_key", tag = "people", params(("id" = String, Path, description = "The key's id.")),
    responses((status = 204, description = "Done."), WriteProblems),
)]
pub(super) async fn revoke(
    State(app): State<SharedApp>,
    Asker(who): Asker,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    revoke_key(&app.engine, &who, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
