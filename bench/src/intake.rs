//! Acknowledged events over HTTP, beside the same batches appended to a plain file.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result};

use crate::load;
use crate::process::demo;
use crate::result::{BenchResult, middle};

const ROUNDS: usize = 5;
const SECONDS: f64 = 3.0;
const CONNECTIONS: usize = 8;
const EVENTS: usize = 100;

/// A batch of 100 events of about 400 bytes, none like any other batch's.
pub(crate) fn batch(thread: usize, number: usize) -> String {
    let mut text = String::with_capacity(EVENTS * 420);
    text.push_str("{\"batch\":[");
    for event in 0..EVENTS {
        let comma = if event == 0 { "" } else { "," };
        let id = format!("{thread:02}-{number:08}-{event:03}");
        let write = write!(
            text,
            "{comma}{{\"type\":\"track\",\"event\":\"Product Viewed\",\"messageId\":\"node-next-{id}-4f1c\",\
             \"anonymousId\":\"visitor-{event:05}-{thread}\",\"userId\":null,\"timestamp\":\"2026-11-20T09:00:00.000Z\",\
             \"context\":{{\"library\":{{\"name\":\"@segment/analytics-node\",\"version\":\"3.1.0\"}},\
             \"page\":{{\"path\":\"/gifts/autumn\",\"title\":\"Autumn gifts\"}}}},\
             \"properties\":{{\"product_id\":\"sku-{event:06}\",\"category\":\"homeware\",\"value\":24.9,\"currency\":\"EUR\"}},\
             \"integrations\":{{}},\"_metadata\":{{\"nodeVersion\":\"20\"}}}}"
        );
        debug_assert!(write.is_ok(), "a string takes all");
    }
    text.push_str("],\"sentAt\":\"2026-11-20T09:00:01.000Z\"}");
    text
}

struct Round {
    per_second: f64,
    cpu_micros: f64,
}

/// Measures both in turn: events a second, and CPU an event.
pub(crate) fn measure(program: &Path) -> Result<Vec<BenchResult>> {
    let folder = tempfile::tempdir()?;
    let (server, told) = demo(program, folder.path())?;
    let address = told
        .url
        .trim_start_matches("http://")
        .trim_end_matches('/')
        .to_owned();
    let (mut ours, mut peers) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let before = server.cpu_seconds()?;
        let request = |connection: usize, number: usize| {
            load::post(
                "/v1/batch",
                &told.write_key,
                &batch(connection, number + round * 1_000_000),
            )
        };
        let batches = load::run(
            &address,
            CONNECTIONS,
            Duration::from_secs_f64(SECONDS),
            request,
        )?;
        let events = batches as f64 * EVENTS as f64;
        let cpu = server.cpu_seconds()? - before;
        ours.push(Round {
            per_second: events / SECONDS,
            cpu_micros: cpu * 1e6 / events,
        });
        peers.push(plain_file(&folder.path().join(format!("plain-{round}")))?);
    }
    Ok(vec![
        row(
            "acknowledged events per second",
            "1/s",
            &ours,
            &peers,
            |ours, peer| {
                (
                    ours.per_second,
                    peer.per_second,
                    ours.per_second / peer.per_second,
                )
            },
        ),
        row(
            "server CPU per acknowledged event",
            "us",
            &ours,
            &peers,
            |ours, peer| {
                (
                    ours.cpu_micros,
                    peer.cpu_micros,
                    peer.cpu_micros / ours.cpu_micros,
                )
            },
        ),
    ])
}

fn row(
    what: &'static str,
    unit: &'static str,
    ours: &[Round],
    peers: &[Round],
    figures: impl Fn(&Round, &Round) -> (f64, f64, f64),
) -> BenchResult {
    let all: Vec<(f64, f64, f64)> = ours
        .iter()
        .zip(peers)
        .map(|(ours, peer)| figures(ours, peer))
        .collect();
    let column = |pick: fn(&(f64, f64, f64)) -> f64| all.iter().map(pick).collect::<Vec<f64>>();
    let (ratio, spread) = middle(&column(|figures| figures.2));
    BenchResult {
        bench: "intake",
        what,
        unit,
        ours: middle(&column(|figures| figures.0)).0,
        peer: "plain file, 8 threads, fdatasync",
        peer_version: "std",
        peer_value: Some(middle(&column(|figures| figures.1)).0),
        ratio: Some(ratio),
        target: "ratio >= 0.4",
        met: 0.4 <= ratio,
        n: ROUNDS,
        spread,
    }
}

fn plain_file(file: &Path) -> Result<Round> {
    let output = Command::new(std::env::current_exe()?)
        .arg("append")
        .arg(file)
        .arg(SECONDS.to_string())
        .output()?;
    let text = String::from_utf8(output.stdout)?;
    let line = text.lines().nth(1).context("the peer told nothing")?;
    let (batches, cpu) = line.split_once(' ').context("the peer told too little")?;
    let events = batches.parse::<f64>()? * EVENTS as f64;
    std::fs::remove_file(file)?;
    Ok(Round {
        per_second: events / SECONDS,
        cpu_micros: cpu.parse::<f64>()? * 1e6 / events,
    })
}
