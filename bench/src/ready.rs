//! How long the program takes from its start until it answers.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::result::{BenchResult, middle};

const STARTS: usize = 7;

/// Starts the server on a folder that has been used before, again and again.
pub(crate) fn measure(program: &Path) -> Result<BenchResult> {
    let folder = tempfile::tempdir()?;
    let mut times = Vec::new();
    for start in 0..=STARTS {
        let time = once(program, folder.path())?;
        if 0 < start {
            times.push(time.as_secs_f64() * 1e3);
        }
    }
    let (ours, spread) = middle(&times);
    Ok(BenchResult {
        bench: "ready",
        what: "from start to an answer of /readyz",
        unit: "ms",
        ours,
        peer: "none",
        peer_version: "",
        peer_value: None,
        ratio: None,
        target: "<= 300 ms",
        met: ours <= 300.0,
        n: STARTS,
        spread,
    })
}

fn once(program: &Path, folder: &Path) -> Result<Duration> {
    let port = std::net::TcpListener::bind("127.0.0.1:0")?
        .local_addr()?
        .port();
    let address = format!("127.0.0.1:{port}");
    let began = Instant::now();
    let mut child = Command::new(program)
        .args(["serve", "--listen", &address, "--data"])
        .arg(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let request = b"GET /readyz HTTP/1.1\r\nHost: bench\r\n\r\n";
    let ready = loop {
        if crate::load::once(&address, request).is_ok() {
            break Some(began.elapsed());
        }
        if Duration::from_secs(20) < began.elapsed() {
            break None;
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    child.kill()?;
    child.wait()?;
    match ready {
        Some(time) => Ok(time),
        None => bail!("the server was not ready within 20 seconds"),
    }
}
