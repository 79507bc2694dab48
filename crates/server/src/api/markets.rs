//! `/api/v1/markets`: what is known about markets.

use axum::Json;
use axum::extract::State;
use milieu_engine::journeys::list_markets::{ListedMarketFacts, list_markets};
use milieu_engine::journeys::read_market::{MarketPage, read_market};
use milieu_engine::today;

use super::address::Path;
use super::paging::Page;
use crate::app::SharedApp;
use crate::auth::Asker;
use crate::problem::{Problem, ReadProblems};

/// Lists all markets that are known or configured.
#[utoipa::path(
    get, path = "/markets", operation_id = "list_markets", tag = "knowledge", 
    responses((status = 200, description = "All markets.", body = Page<ListedMarketFacts>), ReadProblems),
)]
pub(super) async fn list(
    State(app): State<SharedApp>,
    Asker(who): Asker,
) -> Result<Json<Page<ListedMarketFacts>>, Problem> {
    Ok(Json(Page::whole(list_markets(&app.engine, &who)?)))
}

/// Shows all that is known about a market (ja-JP) or a territory (JP).
#[utoipa::path(
    get, path = "/markets/{id}", operation_id = "show_market", tag = "knowledge", params(("id" = String, Path, description = "A market (ja-JP) or a territory (JP).", max_length = 40)),
    responses((status = 200, description = "What is known about it.", body = MarketPage), ReadProblems),
)]
pub(super) async fn show(
    State(app): State<SharedApp>,
    Asker(who): Asker,
    Path(id): Path<String>,
) -> Result<Json<MarketPage>, Problem> {
    who.must_read()?;
    Ok(Json(read_market(app.engine.knowledge(), &id, today())?))
}
