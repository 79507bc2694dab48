//! The doors over HTTP: decisions (OFREP), events (Segment-compatible), the API, the dashboard.
//!
//! This crate translates between HTTP and the engine's journeys, and decides nothing.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic
    )
)]

mod api;
mod app;
mod auth;
mod body;
mod connections;
mod health;
mod limits;
mod metrics;
mod ofrep;
mod openapi;
mod problem;
mod reference;
mod segment;
mod shell;
mod throttle;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::{HeaderName, Method, header};
use axum::middleware::from_fn_with_state;
use milieu_engine::Engine;
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{Any, CorsLayer};
use tower_http::timeout::RequestBodyTimeoutLayer;

pub use app::Settings;
use app::{App, SharedApp};
pub use auth::LocalOperator;
use connections::Places;
pub use limits::{Limits, Rate};
pub use openapi::json as openapi;

/// How long open requests may take to end once the server is asked to stop.
const DRAIN: Duration = Duration::from_secs(30);

/// How long the next part of a body may be waited for.
const SLOW: Duration = Duration::from_secs(30);

/// Builds all routes over one engine.
pub fn router(engine: Arc<Engine>, settings: Settings) -> Router {
    let app = SharedApp::new(App::new(engine, settings));
    let open_to_sites = Router::new()
        .merge(ofrep::routes())
        .merge(segment::routes())
        .layer(cors());
    Router::new()
        .merge(open_to_sites)
        .nest("/api/v1", api::routes())
        .merge(health::table().split_for_parts().0)
        .fallback(shell::page)
        .layer(from_fn_with_state(
            Arc::clone(&app),
            auth::refuse_cross_site,
        ))
        .layer(from_fn_with_state(Arc::clone(&app), shell::harden))
        .layer(RequestBodyTimeoutLayer::new(SLOW))
        .layer(CatchPanicLayer::custom(problem::from_panic))
        .layer(from_fn_with_state(Arc::clone(&app), metrics::count))
        .with_state(app)
}

/// Serves until `shutdown` completes, then lets open requests end.
pub async fn serve(
    engine: Arc<Engine>,
    listener: TcpListener,
    settings: Settings,
    shutdown: impl Future<Output = ()> + Send + 'static,
) {
    serve_until(engine, listener, settings, shutdown, std::future::pending()).await;
}

/// Serves until `shutdown` completes; `hurry` ends the notice that is given before.
///
/// From the moment of `shutdown` on `/readyz` answers 503. Connections are still taken
/// for the time of [`Settings::notice`], so that balancers see it before they are refused.
pub async fn serve_until(
    engine: Arc<Engine>,
    listener: TcpListener,
    settings: Settings,
    shutdown: impl Future<Output = ()> + Send + 'static,
    hurry: impl Future<Output = ()> + Send + 'static,
) {
    let notice = settings.notice;
    let (stopping, mut stopped) = tokio::sync::watch::channel(false);
    let open = Arc::clone(&settings.connections);
    let signal = async move {
        shutdown.await;
        stopping.send_replace(true);
        // Kept until the end of the drain, so that late watchers still see the value.
        std::future::pending::<()>().await;
    };
    tokio::spawn(signal);
    let mut stop = stopped.clone();
    let places = Places::new(connections::places(settings.most_connections), open);
    let routes = router(Arc::clone(&engine), settings.stopping(stopped.clone()));
    let graceful = connections::serve(listener, routes, places, async move {
        drop(stop.wait_for(|stop| *stop).await);
        tokio::select! {
            () = tokio::time::sleep(notice) => {}
            () = hurry => {}
        }
    });
    let out_of_time = async {
        drop(stopped.wait_for(|stop| *stop).await);
        tokio::time::sleep(notice + DRAIN).await;
    };
    tokio::select! {
        () = graceful => {}
        () = out_of_time => {}
    }
    engine.close().await;
}

/// Sites of any origin may ask for decisions and send events: keys decide, not origins.
fn cors() -> CorsLayer {
    let names = [
        "x-api-key",
        "x-strict-mode",
        "x-retry-count",
        "last-event-id",
    ];
    let mut headers = vec![
        header::AUTHORIZATION,
        header::CONTENT_TYPE,
        header::IF_NONE_MATCH,
        header::CONTENT_ENCODING,
    ];
    headers.extend(names.map(HeaderName::from_static));
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers(headers)
        .expose_headers([header::ETAG, header::RETRY_AFTER])
        .max_age(Duration::from_hours(2))
}
