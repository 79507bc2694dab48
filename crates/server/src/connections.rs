//! Connections: so many at a time, and none that keeps silent for ever.
//!
//! A connection is a file to the operating system, and the event log cannot write when
//! there are none left. So connections get what the log does not need.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Files that are left to the event log and the control plane; half of them, if there
/// are few.
const RESERVED: u64 = 1_000;
/// How long a connection may take for the head of its next request. Proxies keep theirs
/// for a minute, and must not be the last to know that one has ended.
const SILENT: Duration = Duration::from_secs(75);
/// How long the server rests when no connection can be taken.
const REST: Duration = Duration::from_secs(1);

/// Asks for as many files as may be needed, and returns how many connections that allows.
pub(crate) fn places(most: usize) -> usize {
    let most = u64::try_from(most).unwrap_or(u64::MAX);
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let wanted = most
        .saturating_add(RESERVED)
        .min(maximum.unwrap_or(u64::MAX));
    let current = current.unwrap_or(u64::MAX);
    let raised = current < wanted && {
        let limit = Rlimit {
            current: Some(wanted),
            maximum,
        };
        setrlimit(Resource::Nofile, limit).is_ok()
    };
    let files = if raised { wanted } else { current };
    let places = files.saturating_sub(RESERVED.min(files / 2)).min(most);
    if places < most {
        tracing::warn!(
            files,
            places,
            "few connections fit: raise the limit of open files"
        );
    }
    usize::try_from(places).unwrap_or(usize::MAX)
}

/// Room for so many connections, and how many are open.
#[derive(Debug, Clone)]
pub(crate) struct Places {
    free: Arc<Semaphore>,
    open: Arc<AtomicUsize>,
}

/// Room for one connection, until it is dropped.
struct Place {
    open: Arc<AtomicUsize>,
    _permit: OwnedSemaphorePermit,
}

impl Places {
    /// Makes room for so many, and counts those that are taken in `open`.
    pub(crate) fn new(most: usize, open: Arc<AtomicUsize>) -> Self {
        let free = Arc::new(Semaphore::new(most));
        Self { free, open }
    }

    async fn take(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.free).acquire_owned().await.ok()
    }

    fn hold(&self, permit: OwnedSemaphorePermit) -> Place {
        self.open.fetch_add(1, Ordering::Relaxed);
        Place {
            open: Arc::clone(&self.open),
            _permit: permit,
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.open.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Serves until `stop` completes, then lets open requests end.
///
/// When all places are taken, others wait in the queue of the operating system.
pub(crate) async fn serve(
    listener: TcpListener,
    routes: Router,
    places: Places,
    stop: impl Future<Output = ()>,
) {
    let open = GracefulShutdown::new();
    let service = TowerToHyperService::new(routes);
    let mut stop = std::pin::pin!(stop);
    loop {
        let next = async {
            let permit = places.take().await?;
            let stream = accept(&listener).await;
            Some((places.hold(permit), stream))
        };
        let (place, stream) = tokio::select! {
            () = &mut stop => break,
            next = next => match next {
                Some(next) => next,
                None => break,
            },
        };
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(SILENT)
            .serve_connection(TokioIo::new(stream), service.clone());
        let connection = open.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended");
            }
            drop(place);
        });
    }
    drop(listener);
    open.shutdown().await;
}

/// Takes the next connection; what goes wrong with one is no reason to stop.
async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(error) if is_about_one(&error) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be taken");
                tokio::time::sleep(REST).await;
            }
        }
    }
}

fn is_about_one(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
    )
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    async fn server(places: usize) -> std::net::SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let routes = Router::new().route("/", get(|| async { "here" }));
        let places = Places::new(places, Arc::default());
        tokio::spawn(serve(listener, routes, places, std::future::pending()));
        address
    }

    async fn say(address: std::net::SocketAddr, text: &str) -> TcpStream {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        stream
    }

    async fn rest(mut stream: TcpStream) -> String {
        let mut text = String::new();
        stream.read_to_string(&mut text).await.unwrap();
        text
    }

    // The clock stands still, and jumps whenever everybody waits for it.
    #[tokio::test(start_paused = true)]
    async fn half_a_head_is_not_waited_for_for_ever() {
        let address = server(10).await;
        let slow = say(address, "GET / HTTP/1.1\r\nhost: x\r\nx-slow: ").await;
        assert_eq!(rest(slow).await, "");
    }

    #[tokio::test(start_paused = true)]
    async fn who_keeps_silent_makes_room_for_who_asks() {
        let address = server(1).await;
        let silent = say(address, "").await;
        let asks = say(
            address,
            "GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        )
        .await;
        let before = tokio::time::Instant::now();
        assert!(rest(asks).await.ends_with("here"));
        assert!(SILENT <= before.elapsed(), "one place is one connection");
        assert_eq!(rest(silent).await, "");
    }
}
