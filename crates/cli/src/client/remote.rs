//! A running server, asked over HTTP with time limits and a size limit.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use axum::http::{Method, Request, header};
use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};

use super::Body;
use super::answer::Raw;

/// The most bytes of an answer.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

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
        let uri = format!("{}{path}", self.base);
        let mut request = Request::builder().method(method).uri(uri);
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let (kind, text) = body.into_parts();
        if let Some(kind) = kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        let request = request
            .body(text)
            .context("the token or the address has a wrong character")?;
        let asked = || format!("cannot reach {}: is the server running there?", self.base);
        let mut response = self.agent.run(request).with_context(asked)?;
        let status = response.status().as_u16();
        let limited = response.body_mut().with_config().limit(MOST_BYTES);
        let text = limited.read_to_string().with_context(asked)?;
        Ok(Raw { status, text })
    }
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
