//! `/api/v1/session`: a person's login.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use milieu_engine::journeys::log_in as journey;
use milieu_engine::{Engine, Kind, now};
use milieu_review::{Grant, Person};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::JsonBody;
use crate::app::SharedApp;
use crate::auth::{Asker, COOKIE, SessionSecret};
use crate::problem::{Problem, ReadProblems, WriteProblems};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Credentials {
    /// The login name.
    name: String,
    /// The password; ten wrong ones within a minute are refused.
    password: String,
}

/// Who is logged in, and where.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Session {
    user: User,
    workspace: Workspace,
    /// The session's secret, given once, for programs without cookies.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SessionUser)]
struct User {
    name: String,
    display_name: String,
    roles: Vec<Grant>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SessionWorkspace)]
struct Workspace {
    name: String,
    simulated: bool,
    markets: Vec<String>,
}

fn session(engine: &Engine, person: &Person, token: Option<String>) -> Session {
    let workspace = engine.workspace();
    let live = engine.live();
    let markets = live
        .catalogue
        .places
        .all()
        .iter()
        .map(|place| place.id.to_string())
        .collect();
    Session {
        user: User {
            name: person.id.to_string(),
            display_name: person.display_name.clone(),
            roles: person.grants.clone(),
        },
        workspace: Workspace {
            name: workspace.name.clone(),
            simulated: workspace.simulated,
            markets,
        },
        token,
    }
}

/// Tells who is logged in.
#[utoipa::path(
    get, path = "/session", operation_id = "show_session", tag = "people", 
    responses((status = 200, description = "Who is logged in, and where.", body = Session), ReadProblems),
)]
pub(super) async fn who(
    State(app): State<SharedApp>,
    Asker(who): Asker,
) -> Result<Json<Session>, Problem> {
    let person = who.person().map_err(|_| {
        Problem::new(
            StatusCode::UNAUTHORIZED,
            "unauthorized",
            "nobody is logged in",
        )
    })?;
    Ok(Json(session(&app.engine, person, None)))
}

/// Logs a person in: a cookie for browsers, the same secret in the body for programs.
#[utoipa::path(
    post, path = "/session", operation_id = "log_in", tag = "people", request_body = Credentials, security(()),
    responses((status = 200, description = "The session has begun; its cookie is set.", body = Session), WriteProblems),
)]
pub(super) async fn log_in(
    State(app): State<SharedApp>,
    JsonBody(given): JsonBody<Credentials>,
) -> Result<Response, Problem> {
    if let Err(seconds) = app.logins.begin(&given.name, now()) {
        let detail = format!("too many wrong passwords: try again in {seconds} seconds");
        return Err(
            Problem::new(StatusCode::TOO_MANY_REQUESTS, "slow-down", detail).retry_after(seconds),
        );
    }
    let begun = journey::log_in(&app.engine, &given.name, &given.password).await;
    // A disk that is full says nothing about the password.
    if !matches!(&begun, Err(error) if error.kind == Kind::Unauthorized) {
        app.logins.succeeded(&given.name);
    }
    let secret = begun?;
    let who = journey::session_holder(&app.engine, &secret).await?;
    let who = who.ok_or_else(|| {
        Problem::new(
            StatusCode::UNAUTHORIZED,
            "unauthorized",
            "the session has ended",
        )
    })?;
    let body = session(&app.engine, who.person()?, Some(secret.clone()));
    let cookie = cookie(&app, &secret, 7 * 24 * 3_600)?;
    Ok(([(header::SET_COOKIE, cookie)], Json(body)).into_response())
}

/// Logs the person out.
#[utoipa::path(
    delete, path = "/session", operation_id = "log_out", tag = "people", 
    responses((status = 204, description = "Done."), WriteProblems),
)]
pub(super) async fn log_out(
    State(app): State<SharedApp>,
    SessionSecret(secret): SessionSecret,
) -> Result<Response, Problem> {
    journey::log_out(&app.engine, &secret).await?;
    Ok((
        StatusCode::NO_CONTENT,
        [(header::SET_COOKIE, cookie(&app, "", 0)?)],
    )
        .into_response())
}

fn cookie(app: &SharedApp, secret: &str, seconds: u32) -> Result<HeaderValue, Problem> {
    let secure = if app.settings.secure_cookies {
        "; Secure"
    } else {
        ""
    };
    let text =
        format!("{COOKIE}={secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    HeaderValue::from_str(&text).map_err(|_| {
        Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "the cookie cannot be written",
        )
    })
}
