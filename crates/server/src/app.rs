//! What all handlers share.

use std::sync::Arc;

use milieu_engine::Engine;
use tokio::sync::{Semaphore, watch};

use crate::limits::{Limits, Meters};
use crate::throttle::Throttle;

/// How the server behaves towards its surroundings.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Whether cookies are for HTTPS only; off for plain loopback.
    pub secure_cookies: bool,
    /// How much each key and each login may ask for.
    pub limits: Limits,
    stopping: Option<watch::Receiver<bool>>,
}

impl Settings {
    /// Settings for plain HTTP on the loopback address.
    pub fn loopback() -> Self {
        Self {
            secure_cookies: false,
            limits: Limits::default(),
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

/// How many streams may be open; each costs a task and a socket.
const STREAMS: usize = 10_000;

/// The state of the routes.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) engine: Arc<Engine>,
    pub(crate) settings: Settings,
    pub(crate) logins: Throttle,
    pub(crate) meters: Meters,
    pub(crate) streams: Arc<Semaphore>,
}

pub(crate) type SharedApp = Arc<App>;

impl App {
    pub(crate) fn new(engine: Arc<Engine>, settings: Settings) -> Self {
        let streams = Arc::new(Semaphore::new(STREAMS));
        Self {
            engine,
            meters: Meters::new(settings.limits),
            settings,
            logins: Throttle::new(),
            streams,
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
