//! HTTP decisions per server CPU-second, beside an axum JSON echo of the same sizes.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::load;
use crate::process::{Process, demo};
use crate::result::{BenchResult, middle};

const ROUNDS: usize = 5;
const TIME: Duration = Duration::from_secs(3);
const CONNECTIONS: usize = 16;
/// Visitors come back: about half of the requests repeat an answer.
const VISITORS: usize = 40_000;

fn body(visitor: usize) -> String {
    format!(
        "{{\"context\":{{\"targetingKey\":\"visitor-{visitor:08}\",\"country\":\"JP\",\"locale\":\"ja-JP\",\
         \"device\":\"phone\",\"page\":\"/gifts/autumn/collection\",\"returning\":true}}}}"
    )
}

fn visitor(connection: usize, number: usize) -> usize {
    (connection * 7_919 + number * 104_729) % VISITORS
}

/// Measures both in turn, and the ratio round by round.
pub(crate) fn measure(program: &Path) -> Result<BenchResult> {
    let folder = tempfile::tempdir()?;
    let (ours, told) = demo(program, folder.path())?;
    let address = told
        .url
        .trim_start_matches("http://")
        .trim_end_matches('/')
        .to_owned();
    let bulk = load::once(
        &address,
        &load::post("/ofrep/v1/evaluate/flags", &told.server_key, &body(1)),
    )?;
    let bulk: Value = serde_json::from_str(&bulk)?;
    let objects = bulk["flags"].as_array().context("no flags")?;
    let slot = objects
        .iter()
        .find(|flag| flag["reason"] == "SPLIT")
        .context("no live slot")?;
    let path = format!(
        "/ofrep/v1/evaluate/flags/{}",
        slot["key"].as_str().context("no key")?
    );
    let answer = load::once(&address, &load::post(&path, &told.server_key, &body(1)))?;
    let program = std::env::current_exe()?;
    let (echo, echo_address) = Process::start(&program, &["echo", &answer])?;

    let (mut per_cpu, mut peer_per_cpu, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let mine = one(&ours, &address, &path, &told.server_key)?;
        let theirs = one(&echo, &echo_address, "/echo", &told.server_key)?;
        per_cpu.push(mine);
        peer_per_cpu.push(theirs);
        ratios.push(mine / theirs);
    }
    let (ratio, spread) = middle(&ratios);
    Ok(BenchResult {
        bench: "decisions",
        what: "HTTP decisions per server CPU-second",
        unit: "1/CPU-s",
        ours: middle(&per_cpu).0,
        peer: "axum JSON echo",
        peer_version: "axum 0.8.9",
        peer_value: Some(middle(&peer_per_cpu).0),
        ratio: Some(ratio),
        target: "ratio >= 0.6",
        met: 0.6 <= ratio,
        n: ROUNDS,
        spread,
    })
}

fn one(server: &Process, address: &str, path: &str, key: &str) -> Result<f64> {
    let before = server.cpu_seconds()?;
    let request = |connection, number| load::post(path, key, &body(visitor(connection, number)));
    let answered = load::run(address, CONNECTIONS, TIME, request)?;
    Ok(answered as f64 / (server.cpu_seconds()? - before))
}
