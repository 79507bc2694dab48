//! What the kernel sees: a batch is on disk before it is acknowledged.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use serde_json::json;

use crate::running::{PATIENCE, demo, started};

const SENDERS: usize = 8;
const BATCHES: usize = 10;

/// A connection and the batches that were acknowledged on it, in order.
struct Sender {
    port: u16,
    /// For each batch the names of its events, found nowhere else.
    batches: Vec<[String; 2]>,
}

#[test]
fn no_batch_is_acknowledged_before_it_is_synced() {
    let strace = Command::new("strace")
        .arg("-V")
        .stdout(Stdio::null())
        .status();
    assert!(
        strace.is_ok_and(|status| status.success()),
        "strace is not installed: this test watches system calls, run apt-get install strace"
    );
    let folder = tempfile::tempdir().unwrap();
    let (shop, told) = demo(&folder.path().join("data"), 0);
    let key = told["write_key"].as_str().unwrap().to_owned();
    assert!(shop.terminate().success());
    let trace = folder.path().join("trace");
    let server = started(traced(&trace), &folder.path().join("data"));
    let (address, main) = (server.api.url.replace("http://", ""), server.id());
    let mut senders = vec![send(&address, &key, "alone")];
    std::thread::scope(|scope| {
        let together: Vec<_> = (0..SENDERS)
            .map(|number| {
                let (address, key) = (&address, &key);
                scope.spawn(move || send(address, key, &format!("together-{number}")))
            })
            .collect();
        senders.extend(together.into_iter().map(|sender| sender.join().unwrap()));
    });
    assert!(server.terminate().success());
    let calls = calls(&whole(&trace, main));
    for sender in &senders {
        check(&calls, sender);
    }
}

/// A command that writes down the calls that matter; the tracer is not the parent.
fn traced(trace: &Path) -> Command {
    let mut command = Command::new("strace");
    command
        .args(["-D", "-f", "-yy", "-s", "1000000", "-o"])
        .arg(trace);
    command.args([
        "-e",
        "trace=write,writev,pwrite64,sendto,sendmsg,fdatasync,fsync",
    ]);
    command.args([env!("CARGO_BIN_EXE_milieu"), "serve"]);
    command
}

/// Sends one batch after another over one connection, each after the answer to the last.
fn send(address: &str, key: &str, name: &str) -> Sender {
    let mut stream = BufReader::new(TcpStream::connect(address).unwrap());
    let port = stream.get_ref().local_addr().unwrap().port();
    let mut batches = Vec::new();
    for batch in 0..BATCHES {
        let names = ["first", "last"].map(|place| format!("probe-{name}-{batch}-{place}."));
        let track = |event: &String| json!({"type": "track", "event": event, "anonymousId": name, "messageId": event});
        let body = json!({"batch": names.each_ref().map(track)}).to_string();
        let mut request = String::new();
        write!(
            request,
            "POST /v1/batch HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {key}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        stream.get_mut().write_all(request.as_bytes()).unwrap();
        assert_eq!(answer(&mut stream), "{\"success\":true}");
        batches.push(names);
    }
    Sender { port, batches }
}

fn answer(stream: &mut BufReader<TcpStream>) -> String {
    let mut length = 0;
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).unwrap();
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).unwrap();
    String::from_utf8(body).unwrap()
}

/// Reads the trace once the tracer has seen the program's end.
fn whole(trace: &Path, main: u32) -> String {
    let until = Instant::now() + PATIENCE;
    let main = main.to_string();
    // The numbers of processes are padded to a width.
    let is_end = |line: &str| {
        let call = line.strip_prefix(&main).map(str::trim_start);
        call.is_some_and(|call| call.starts_with("+++ exited with"))
    };
    loop {
        let text = std::fs::read(trace).unwrap();
        let text = String::from_utf8_lossy(&text).into_owned();
        if text.lines().any(is_end) {
            return text;
        }
        assert!(Instant::now() < until, "the trace has no end");
        std::thread::yield_now();
    }
}

/// A system call: the lines of the trace at which it began and ended.
struct Call {
    began: usize,
    ended: usize,
    succeeded: bool,
    text: String,
}

/// Joins the two halves of calls that other threads' calls came between.
fn calls(trace: &str) -> Vec<Call> {
    let mut calls = Vec::new();
    let mut open: Vec<(String, usize, String)> = Vec::new();
    for (line, text) in trace.lines().enumerate() {
        let Some((thread, call)) = text.split_once(' ') else {
            continue;
        };
        let call = call.trim_start();
        if let Some(first) = call.strip_suffix(" <unfinished ...>") {
            open.push((thread.to_owned(), line, first.to_owned()));
            continue;
        }
        let (began, text) = if call.starts_with("<... ") {
            let place = open.iter().position(|(other, ..)| other == thread).unwrap();
            let (_, began, first) = open.remove(place);
            (began, first + call)
        } else {
            (line, call.to_owned())
        };
        let result = text.rsplit_once(" = ").map(|(_, result)| result.to_owned());
        calls.push(Call {
            began,
            ended: line,
            succeeded: result.is_some_and(|result| !result.starts_with(['-', '?'])),
            text,
        });
    }
    calls
}

/// Checks that append, sync and acknowledgement follow each other for every batch.
fn check(calls: &[Call], sender: &Sender) {
    let is_log = |call: &&Call| call.succeeded && call.text.contains(".jnl>");
    let is_sync =
        |call: &&Call| call.text.starts_with("fdatasync(") || call.text.starts_with("fsync(");
    let peer = format!(":{}]>", sender.port);
    let acknowledgements: Vec<&Call> = calls
        .iter()
        .filter(|call| call.text.contains(&peer) && call.text.contains("HTTP/1.1 200"))
        .collect();
    assert_eq!(acknowledgements.len(), sender.batches.len());
    for (names, acknowledged) in sender.batches.iter().zip(acknowledgements) {
        for name in names {
            let append = calls
                .iter()
                .filter(is_log)
                .find(|call| call.text.contains(name));
            let append = append.unwrap_or_else(|| panic!("{name} was never appended"));
            let sync = calls
                .iter()
                .filter(is_log)
                .filter(is_sync)
                .find(|call| append.ended < call.began);
            let sync = sync.unwrap_or_else(|| panic!("{name} was never synced"));
            assert!(
                sync.ended < acknowledged.began,
                "{name} was acknowledged at line {} of the trace, and synced at line {}",
                acknowledged.began,
                sync.ended
            );
        }
    }
}
