//! The API below `/api/v1`: one file per resource, each handler calling one journey.

pub(crate) mod address;
mod audits;
mod claims;
mod decisions;
mod experiments;
mod intake;
mod keys;
mod markets;
mod overview;
mod paging;
mod quiet;
mod reports;
mod reviews;
mod session;
mod slots;
mod trail;
mod users;
mod workspace;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, Request};
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{delete, get, post, put};
use serde::de::DeserializeOwned;

use crate::app::SharedApp;
use crate::body::Object;
use crate::problem::{Problem, from_panic};

/// The most bytes of a request; a file of slots may have 4 MiB.
const MOST_BYTES: usize = 4 * 1024 * 1024 + 1;

pub(crate) fn routes() -> Router<SharedApp> {
    Router::new()
        .route(
            "/session",
            get(session::who)
                .post(session::log_in)
                .delete(session::log_out),
        )
        .route("/workspace", get(workspace::show).put(workspace::set))
        .route("/overview", get(overview::show))
        .route("/audits", get(audits::list).post(audits::make))
        .route("/audits/{id}", get(audits::show))
        .route("/markets", get(markets::list))
        .route("/markets/{id}", get(markets::show))
        .route("/claims", get(claims::list))
        .route("/claims/{id}", get(claims::show))
        .route("/slots", get(slots::list).put(slots::apply))
        .route("/reviews", get(reviews::list))
        .route("/reviews/{id}", get(reviews::show))
        .route("/reviews/{id}/verdicts", post(reviews::judge))
        .route("/reports/{metric}", get(reports::show))
        .route("/experiments/{slot}", get(experiments::show))
        .route("/decisions/{token}", get(decisions::explain))
        .route("/quiet", get(quiet::list))
        .route("/quiet/{scope}", put(quiet::on).delete(quiet::off))
        .route("/keys", get(keys::list).post(keys::make))
        .route("/keys/{id}", delete(keys::revoke))
        .route("/users", get(users::list))
        .route("/users/{name}", put(users::put))
        .route("/audit-trail", get(trail::list))
        .route("/audit-trail/verification", get(trail::verify))
        .route("/intake", get(intake::show))
        .fallback(nothing_here)
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn(finish))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
}

/// Lets a change run to its end, also when whoever asked for it hangs up.
///
/// A handler stops where its client goes. Between the commit and the publication that
/// would leave a switch for quiet mode, or a revoked approval, that is kept and not obeyed.
async fn finish(request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    match tokio::spawn(next.run(request)).await {
        Ok(response) => response,
        Err(error) if error.is_panic() => from_panic(error.into_panic()),
        Err(_) => Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "stopping",
            "the server stops",
        )
        .retry_after(1)
        .into_response(),
    }
}

async fn nothing_here(uri: Uri) -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "not-found",
        format!("there is no route /api/v1{}", uri.path()),
    )
}

async fn wrong_method(method: Method, uri: Uri) -> Problem {
    let detail = format!("/api/v1{} does not take {method}", uri.path());
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method", detail)
}

/// A JSON body; what is wrong with it is told as a problem.
pub(crate) struct JsonBody<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<SharedApp> for JsonBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &SharedApp) -> Result<Self, Problem> {
        match axum::Json::<Object<T>>::from_request(request, app).await {
            Ok(axum::Json(Object(value))) => Ok(Self(value)),
            Err(rejection) => Err(told(&rejection)),
        }
    }
}

fn told(rejection: &JsonRejection) -> Problem {
    Problem::new(rejection.status(), "bad-body", rejection.body_text())
}
