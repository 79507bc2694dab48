//! The API below `/api/v1`: one file per resource, each handler calling one journey.

pub(crate) mod address;
mod audits;
mod backup;
mod calendar;
mod claims;
mod decisions;
mod document;
mod experiments;
mod intake;
mod keys;
mod markets;
mod overview;
mod paging;
mod quiet;
mod reference;
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
use serde::de::DeserializeOwned;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::SharedApp;
use crate::body::Object;
use crate::problem::{Problem, from_panic};

/// The most bytes of a request; a file of slots may have 4 MiB.
const MOST_BYTES: usize = 4 * 1024 * 1024 + 1;

/// The one table of routes and of what the document says about them.
pub(crate) fn table() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new()
        .routes(routes!(session::who, session::log_in, session::log_out))
        .routes(routes!(workspace::show, workspace::set))
        .routes(routes!(overview::show))
        .routes(routes!(audits::list, audits::make))
        .routes(routes!(audits::show))
        .routes(routes!(markets::list))
        .routes(routes!(markets::show))
        .routes(routes!(claims::list))
        .routes(routes!(claims::show))
        .routes(routes!(calendar::list))
        .routes(routes!(slots::list, slots::apply))
        .routes(routes!(reviews::list))
        .routes(routes!(reviews::show))
        .routes(routes!(reviews::judge))
        .routes(routes!(reports::show))
        .routes(routes!(experiments::show))
        .routes(routes!(decisions::explain))
        .routes(routes!(quiet::list))
        .routes(routes!(quiet::on, quiet::off))
        .routes(routes!(keys::list, keys::make))
        .routes(routes!(keys::revoke))
        .routes(routes!(users::list))
        .routes(routes!(users::put))
        .routes(routes!(trail::list))
        .routes(routes!(trail::verify))
        .routes(routes!(intake::show))
        .routes(routes!(backup::make))
        .routes(routes!(document::show))
        .routes(routes!(reference::page))
        .routes(routes!(reference::style))
}

pub(crate) fn routes() -> Router<SharedApp> {
    let (routes, _) = table().split_for_parts();
    routes
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
