//! The document of all routes, OpenAPI 3.1: made of the same tables that route.

use std::sync::OnceLock;

use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{
    ComponentsBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, Tag,
};

use crate::auth::COOKIE;
use crate::problem::Problem;
use crate::{api, health, ofrep, segment};

const ABOUT: &str = "Milieu knows markets with evidence, audits content before it ships, and \
    learns what works where.\n\nPeople log in at `/api/v1/session`; programs send a key as \
    `Authorization: Bearer` or `X-API-Key`. Failures of `/api/v1` are `application/problem+json` \
    (RFC 9457). Lists are pages: send `next_cursor` as `cursor` for the next one. A request that \
    is too much is refused with 429 and `Retry-After`. Times are RFC 3339 in UTC.";

/// What the routes are sorted by, in the order of a reader's way.
const TAGS: [(&str, &str); 10] = [
    (
        "decisions",
        "What a visitor gets: OpenFeature Remote Evaluation Protocol.",
    ),
    ("events", "What visitors did: Segment-compatible intake."),
    ("knowledge", "Markets, claims with evidence, calendars."),
    ("audits", "Content judged before it ships."),
    ("content", "Slots, and quiet mode."),
    ("review", "What waits for local people."),
    (
        "results",
        "Metrics by market, and why a visitor got what they got.",
    ),
    ("workspace", "The workspace and its markets."),
    ("people", "Logins, people, keys of programs."),
    ("operation", "Health, the trail, this document."),
];

/// Returns the document as JSON; it is made once.
pub fn json() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| document().to_pretty_json().unwrap_or_default())
}

fn document() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Milieu")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(ABOUT))
        .license(Some(
            LicenseBuilder::new()
                .name("MIT OR Apache-2.0")
                .identifier(Some("MIT OR Apache-2.0"))
                .build(),
        ))
        .build();
    let tag = |(name, text): (&str, &str)| -> Tag {
        TagBuilder::new().name(name).description(Some(text)).build()
    };
    let mut document = OpenApiBuilder::new()
        .info(info)
        .tags(Some(TAGS.map(tag)))
        .components(Some(schemes()))
        .security(Some(any_of(&["session", "bearer", "key"])))
        .build();
    document = document.nest("/api/v1", api::table().into_openapi());
    for table in [ofrep::table(), segment::table(), health::table()] {
        document.merge(table.into_openapi());
    }
    // A wildcard is the router's own way to write a part with slashes.
    let paths = std::mem::take(&mut document.paths.paths);
    let plain = |(path, item): (String, _)| (path.replace("{*", "{"), item);
    document.paths.paths = paths.into_iter().map(plain).collect();
    document
}

fn schemes() -> utoipa::openapi::Components {
    let http = |scheme, text: &str| {
        let http = HttpBuilder::new().scheme(scheme).description(Some(text));
        SecurityScheme::Http(http.build())
    };
    let bearer = http(
        HttpAuthScheme::Bearer,
        "A session's token, or a key: server keys read, decide and send, public keys decide, write keys send.",
    );
    let write_key = http(
        HttpAuthScheme::Basic,
        "A write or server key as user name, with an empty password.",
    );
    ComponentsBuilder::new()
        // Answers alone do not bring their shapes along.
        .schema_from::<Problem>()
        .schema_from::<segment::EventFailure>()
        .security_scheme(
            "session",
            SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::with_description(
                COOKIE,
                "A browser's session.",
            ))),
        )
        .security_scheme("bearer", bearer)
        .security_scheme(
            "key",
            SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::with_description(
                "X-API-Key",
                "A key; Authorization: Bearer is the same.",
            ))),
        )
        .security_scheme("write_key", write_key)
        .build()
}

fn any_of(names: &[&str]) -> Vec<SecurityRequirement> {
    let none: [&str; 0] = [];
    names
        .iter()
        .map(|name| SecurityRequirement::new(*name, none))
        .collect()
}
