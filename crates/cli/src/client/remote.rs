//! A running server, asked over HTTP with time limits and a size limit.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use axum::http::request::Builder;
use axum::http::{Method, Request, Response, header};
use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};

use super::Body;
use super::answer::Raw;

/// The most bytes of an answer.
const MOST_BYTES: u64 = 256 * 1024 * 1024;
/// How long a whole workspace may take to come over a slow line.
const LONG: Duration = Duration::from_hours(24);

/// A server by its address.
#[derive(Debug)]
pub(super) struct Remote {
    base: String,
    agent: Agent,
}

impl Remote {
    pub(super) fn new(address: &str) -> Result<Self> {
        let tls = TlsConfig::builder()
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            // What this machine trusts, its own authorities too.
            .root_certs(RootCerts::PlatformVerifier)
            .build();
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // A token must not follow a redirect to somebody else.
            .max_redirects(0)
            .tls_config(tls)
            .timeout_connect(Some(Duration::from_secs(10)))
            .timeout_global(Some(Duration::from_mins(2)))
            .user_agent(concat!("milieu/", env!("CARGO_PKG_VERSION")))
            .build();
        Ok(Self {
            base: base(address)?,
            agent: config.into(),
        })
    }

    /// Returns the server's address, without a slash at its end.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    pub(super) fn send(
        &self,
        method: &Method,
        path: &str,
        body: Body,
        token: Option<&str>,
    ) -> Result<Raw> {
        let mut request = self.request(method, path, token);
        let (kind, text) = body.into_parts();
        if let Some(kind) = kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        let request = request.body(text).context(WRONG_CHARACTER)?;
        let asked = || format!("cannot reach {}: is the server running there?", self.base);
        raw(self.agent.run(request).with_context(asked)?).with_context(asked)
    }

    /// Calls a route and writes its answer as it comes; a refusal is not written.
    pub(super) fn download(
        &self,
        path: &str,
        token: Option<&str>,
        out: &mut dyn Write,
    ) -> Result<Option<Raw>> {
        let request = self.request(&Method::POST, path, token);
        let request = request.body(String::new()).context(WRONG_CHARACTER)?;
        let request = self.agent.configure_request(request);
        let request = request.timeout_global(Some(LONG)).build();
        let asked = || format!("cannot reach {}: is the server running there?", self.base);
        let response = self.agent.run(request).with_context(asked)?;
        if !response.status().is_success() {
            return Ok(Some(raw(response).with_context(asked)?));
        }
        let broke_off = || format!("{} broke off: its log says why", self.base);
        std::io::copy(&mut response.into_body().into_reader(), out).with_context(broke_off)?;
        Ok(None)
    }

    fn request(&self, method: &Method, path: &str, token: Option<&str>) -> Builder {
        let uri = format!("{}{path}", self.base);
        let request = Request::builder().method(method).uri(uri);
        match token {
            Some(token) => request.header(header::AUTHORIZATION, format!("Bearer {token}")),
            None => request,
        }
    }
}

const WRONG_CHARACTER: &str = "the token or the address has a wrong character";

fn raw(mut response: Response<ureq::Body>) -> Result<Raw> {
    let status = response.status().as_u16();
    let limited = response.body_mut().with_config().limit(MOST_BYTES);
    let text = limited.read_to_string()?;
    Ok(Raw { status, text })
}

/// Brings an address into its one form; tokens are kept by it.
pub(super) fn base(address: &str) -> Result<String> {
    let address = address.trim().trim_end_matches('/');
    let parts = address.split_once("://");
    let Some((scheme, rest)) = parts else {
        anyhow::bail!("\"{address}\" is not a server's address: write http://127.0.0.1:8080");
    };
    let scheme = scheme.to_ascii_lowercase();
    let known = matches!(&*scheme, "http" | "https");
    if !known || rest.is_empty() || rest.contains(['@', '?', '#', ' ']) {
        anyhow::bail!("\"{address}\" is not a server's address: write http://127.0.0.1:8080");
    }
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let slash = if path.is_empty() { "" } else { "/" };
    Ok(format!(
        "{scheme}://{}{slash}{path}",
        host.to_ascii_lowercase()
    ))
}

#[cfg(test)]
mod tests {
    use super::base;

    #[test]
    fn an_address_has_one_form() {
        assert_eq!(
            base("HTTP://LocalHost:8080/").unwrap(),
            "http://localhost:8080"
        );
        assert_eq!(
            base("https://a.example/Shop/").unwrap(),
            "https://a.example/Shop"
        );
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for address in [
            "",
            "localhost:8080",
            "ftp://a",
            "http://",
            "http://me:pw@a",
            "http://a?b",
        ] {
            assert!(base(address).is_err(), "{address}");
        }
    }
}
