//! A data folder opened in this process; the same routes are called without a socket.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use axum::Router;
use axum::body::{Body as HttpBody, HttpBody as _, to_bytes};
use axum::http::{HeaderValue, Method, Request, Response, header};
use milieu_engine::{Engine, shipped_knowledge};
use milieu_server::{LocalOperator, Settings, router};
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

use super::Body;
use super::answer::Raw;

/// The most bytes of an answer.
const MOST_BYTES: usize = 256 * 1024 * 1024;

/// A data folder that this process holds.
#[derive(Debug)]
pub(super) struct Local {
    path: PathBuf,
    runtime: Runtime,
    engine: Arc<Engine>,
    routes: Router,
}

impl Local {
    pub(super) fn open(path: &Path) -> Result<Self> {
        let runtime = crate::commands::serve::runtime()?;
        let engine = runtime.block_on(Engine::open(path, shipped_knowledge()?))?;
        let routes = router(Arc::clone(&engine), Settings::loopback());
        Ok(Self {
            path: path.to_owned(),
            runtime,
            engine,
            routes,
        })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Calls a route; without a token, as the operator of the folder.
    pub(super) fn send(
        &self,
        method: &Method,
        path: &str,
        body: Body,
        token: Option<&str>,
    ) -> Result<Raw> {
        self.runtime.block_on(async {
            let response = self.call(method, path, body, token).await?;
            raw(response).await
        })
    }

    /// Calls a route and writes its answer as it comes; a refusal is not written.
    pub(super) fn download(
        &self,
        path: &str,
        token: Option<&str>,
        out: &mut dyn Write,
    ) -> Result<Option<Raw>> {
        self.runtime.block_on(async {
            let response = self.call(&Method::POST, path, Body::Empty, token).await?;
            if !response.status().is_success() {
                return Ok(Some(raw(response).await?));
            }
            let mut body = pin!(response.into_body());
            while let Some(frame) =
                std::future::poll_fn(|context| body.as_mut().poll_frame(context)).await
            {
                if let Ok(piece) = frame?.into_data() {
                    out.write_all(&piece)?;
                }
            }
            Ok(None)
        })
    }

    async fn call(
        &self,
        method: &Method,
        path: &str,
        body: Body,
        token: Option<&str>,
    ) -> Result<Response<HttpBody>> {
        let mut request = Request::builder().method(method).uri(path);
        let (kind, text) = body.into_parts();
        if let Some(kind) = kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        let mut request = request.body(HttpBody::from(text))?;
        match token {
            Some(token) => {
                let value = HeaderValue::from_str(&format!("Bearer {token}"))
                    .context("the token has characters that no token has")?;
                request.headers_mut().insert(header::AUTHORIZATION, value);
            }
            None => {
                request.extensions_mut().insert(LocalOperator);
            }
        }
        Ok(self.routes.clone().oneshot(request).await?)
    }

    /// Lets the folder go after a last checkpoint.
    pub(super) fn close(self) {
        self.runtime.block_on(self.engine.close());
    }
}

async fn raw(response: Response<HttpBody>) -> Result<Raw> {
    let status = response.status().as_u16();
    let bytes = to_bytes(response.into_body(), MOST_BYTES).await?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(Raw { status, text })
}
