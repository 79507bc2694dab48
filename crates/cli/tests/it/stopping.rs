//! A server that is asked to stop: told first, then no longer taking, then gone.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Instant;

use serde_json::Value;

use crate::running::{Api, PATIENCE, milieu, serve, started};

/// The status of `/readyz` over a connection of its own.
fn ready(api: &Api) -> Option<u16> {
    Some(Api::at(&api.url).try_call("GET", "/readyz", "", "")?.0)
}

fn connect(api: &Api) -> TcpStream {
    let address = api.url.trim_start_matches("http://");
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

#[test]
fn readiness_ends_before_connections_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = milieu(&["serve"]);
    command.env("MILIEU_STOP_NOTICE", "600");
    let server = started(command, folder.path());
    assert_eq!(ready(&server.api), Some(200));
    server.ask_to_stop();
    let until = Instant::now() + PATIENCE;
    while ready(&server.api) != Some(503) {
        assert!(Instant::now() < until, "readiness does not end");
    }
    // Connections are still taken, and requests still answered.
    let live = Api::at(&server.api.url).try_call("GET", "/livez", "", "");
    assert_eq!(live.unwrap().0, 200);
    // The second word ends the notice.
    assert!(server.terminate().success());
    assert!(folder.path().join("ledger").exists(), "no checkpoint");
}

#[test]
fn an_open_request_gets_its_answer() {
    let folder = tempfile::tempdir().unwrap();
    let server = serve(folder.path());
    let mut open = connect(&server.api);
    let head = "POST /v1/batch HTTP/1.1\r\nhost: x\r\ncontent-length: 12\r\n\r\n{\"bat";
    open.write_all(head.as_bytes()).unwrap();
    let mut kept = connect(&server.api);
    // Its answer proves that the server has taken the connections before.
    kept.write_all(b"GET /livez HTTP/1.1\r\nhost: x\r\n\r\n")
        .unwrap();
    let mut start = [0; 12];
    kept.read_exact(&mut start).unwrap();
    assert_eq!(&start, b"HTTP/1.1 200");
    server.ask_to_stop();
    let until = Instant::now() + PATIENCE;
    while ready(&server.api).is_some() {
        assert!(Instant::now() < until, "connections are still taken");
    }
    open.write_all(b"ch\":[]}").unwrap();
    let mut answer = String::new();
    open.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    let body = answer.split("\r\n\r\n").nth(1).unwrap();
    let body: Value = serde_json::from_str(body).unwrap();
    assert_eq!(body["code"], "unauthorized");
    drop(kept);
    assert!(server.wait().success());
}
