//! What all handlers share.

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::time::Duration;

use milieu_engine::Engine;
use tokio::sync::{Semaphore, watch};

use crate::limits::{Limits, Meters};
use crate::metrics::Metrics;
use crate::throttle::Throttle;

/// How the server behaves towards its surroundings.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Whether cookies are for HTTPS only; off for plain loopback.
    pub secure_cookies: bool,
    /// How much each key and each login may ask for.
    pub limits: Limits,
    /// Whether `/metrics` answers.
    pub metrics: bool,
    /// The most connections at a time; fewer where files may not be opened as many.
    pub most_connections: usize,
    /// The most streams at a time; each costs a task and a connection.
    pub most_streams: usize,
    /// How long connections are still taken once the server is asked to stop, while
    /// `/readyz` tells balancers to go elsewhere.
    pub notice: Duration,
    /// How many connections are open.
    pub(crate) connections: Arc<AtomicUsize>,
    stopping: Option<watch::Receiver<bool>>,
}

impl Settings {
    /// The usual most of connections: ten thousand streams, and some for all else.
    pub const MOST_CONNECTIONS: usize = 12_000;
    /// The usual most of streams.
    pub const MOST_STREAMS: usize = 10_000;

    /// Settings for plain HTTP on the loopback address.
    pub fn loopback() -> Self {
        Self {
            secure_cookies: false,
            limits: Limits::default(),
            metrics: true,
            most_connections: Self::MOST_CONNECTIONS,
            most_streams: Self::MOST_STREAMS,
            notice: Duration::ZERO,
            connections: Arc::default(),
            stopping: None,
        }
    }

    pub(crate) fn stopping(self, stopping: watch::Receiver<bool>) -> Self {
        Self {
            stopping: Some(stopping),
            ..self
        }
    }
}

/// The state of the routes.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) engine: Arc<Engine>,
    pub(crate) settings: Settings,
    pub(crate) logins: Throttle,
    pub(crate) meters: Meters,
    pub(crate) streams: Arc<Semaphore>,
    pub(crate) metrics: Metrics,
}

pub(crate) type SharedApp = Arc<App>;

impl App {
    pub(crate) fn new(engine: Arc<Engine>, settings: Settings) -> Self {
        let streams = Arc::new(Semaphore::new(settings.most_streams));
        Self {
            engine,
            meters: Meters::new(settings.limits),
            settings,
            logins: Throttle::new(),
            streams,
            metrics: Metrics::default(),
        }
    }

    /// Tells whether the server is about to stop.
    pub(crate) fn is_stopping(&self) -> bool {
        self.settings
            .stopping
            .as_ref()
            .is_some_and(|stopping| *stopping.borrow())
    }

    /// Returns a future that completes when the server is about to stop.
    pub(crate) fn until_stopping(&self) -> impl Future<Output = ()> + Send + 'static + use<> {
        let stopping = self.settings.stopping.clone();
        async move {
            match stopping {
                Some(mut stopping) => drop(stopping.wait_for(|stop| *stop).await),
                None => std::future::pending().await,
            }
        }
    }
}
