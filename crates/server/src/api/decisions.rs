//! `/api/v1/decisions/{token}`: why a visitor got what they got.

use axum::Json;
use axum::extract::State;
use milieu_engine::journeys::explain_decision::{Explained, explain_decision};

use super::address::Path;
use crate::app::SharedApp;
use crate::auth::Asker;
use crate::problem::{Problem, ReadProblems};

/// Explains a decision token.
#[utoipa::path(
    get, path = "/decisions/{token}", operation_id = "explain_decision", tag = "results", params(("token" = String, Path, description = "A decisionId.")),
    responses((status = 200, description = "The decision, explained.", body = Explained), ReadProblems),
)]
pub(super) async fn explain(
    State(app): State<SharedApp>,
    Asker(who): Asker,
    Path(token): Path<String>,
) -> Result<Json<Explained>, Problem> {
    Ok(Json(explain_decision(&app.engine, &who, &token)?))
}
