//! Failures as `application/problem+json` (RFC 9457).

use std::any::Any;

use crate::limits::TooMuch;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use milieu_engine::{EngineError, Kind};
use serde::Serialize;
use utoipa::{IntoResponses, ToSchema};

/// A failure, as the API tells it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// The problem's name as a URN.
    #[serde(rename = "type")]
    kind: String,
    /// The status in words.
    title: &'static str,
    /// The status.
    status: u16,
    /// What is wrong, where, and what to do.
    detail: String,
    /// The problem's stable name.
    code: String,
    #[serde(skip)]
    retry_after: Option<i64>,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, code: &str, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("urn:milieu:problem:{code}"),
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            detail: detail.into(),
            code: code.to_owned(),
            retry_after: None,
        }
    }

    pub(crate) fn retry_after(self, seconds: i64) -> Self {
        Self {
            retry_after: Some(seconds),
            ..self
        }
    }
}

macro_rules! problems {
    ($(#[$doc:meta])* $name:ident: $($status:literal $variant:ident $text:literal),+ $(,)?) => {
        $(#[$doc])*
        #[derive(IntoResponses)]
        #[expect(dead_code, reason = "it says what a route may answer")]
        pub(crate) enum $name {
            $(
                #[response(
                    status = $status, description = $text, content_type = "application/problem+json"
                )]
                $variant(Problem),
            )+
        }
    };
}

problems!(
    /// What a route that reads may answer besides its data.
    ReadProblems:
    400 Invalid "The request is wrong; the detail says where.",
    401 Unauthorized "Nobody is logged in, or the key is not valid.",
    403 Forbidden "Not allowed for this person or key.",
    404 NotFound "There is no such thing.",
    429 TooMany "Too much at once; Retry-After says how long to wait.",
    500 Internal "The server's own failure.",
    503 Busy "The server is busy or stops; Retry-After says how long to wait.",
);

problems!(
    /// What a route that changes something may answer besides its data.
    WriteProblems:
    400 Invalid "The request is wrong; the detail says where.",
    401 Unauthorized "Nobody is logged in, or the key is not valid.",
    403 Forbidden "Not allowed for this person or key, or sent from another site.",
    404 NotFound "There is no such thing.",
    409 Conflict "It stands against what is there.",
    412 Stale "It was changed meanwhile: read it again.",
    413 TooLarge "The body is too large.",
    415 WrongType "The body is not of the type that is taken.",
    422 Unreadable "The body is not of the shape that is taken; the detail says where.",
    429 TooMany "Too much at once; Retry-After says how long to wait.",
    500 Internal "The server's own failure.",
    503 Busy "The server is busy or stops; Retry-After says how long to wait.",
);

/// Maps a failure's kind to HTTP.
pub(crate) fn status_of(kind: Kind) -> StatusCode {
    match kind {
        Kind::Invalid => StatusCode::BAD_REQUEST,
        Kind::Unauthorized => StatusCode::UNAUTHORIZED,
        Kind::Forbidden => StatusCode::FORBIDDEN,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::Stale => StatusCode::PRECONDITION_FAILED,
        Kind::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Kind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl From<EngineError> for Problem {
    fn from(error: EngineError) -> Self {
        let problem = Self::new(status_of(error.kind), error.code, error.message);
        if error.kind == Kind::Busy {
            problem.retry_after(1)
        } else {
            problem
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let retry_after = self.retry_after;
        let mut response = (status, Json(self)).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if let Some(seconds) = retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<TooMuch> for Problem {
    fn from(TooMuch(seconds): TooMuch) -> Self {
        let detail = format!("too much at once: try again in {seconds} seconds");
        Self::new(StatusCode::TOO_MANY_REQUESTS, "too-much", detail).retry_after(seconds)
    }
}

/// Answers a request whose handler panicked: a bug, told without its inside.
pub(crate) fn from_panic(_cause: Box<dyn Any + Send>) -> Response {
    tracing::error!("a handler panicked");
    let detail = "the server met a state it did not expect; the log has the details";
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", detail).into_response()
}
