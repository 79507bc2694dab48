//! Child processes: started, waited for, measured, and ended.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result};
use serde::Deserialize;

/// A process that is ended when it goes out of scope.
pub(crate) struct Process {
    child: Child,
}

impl Process {
    /// Starts a program and reads the first line that it prints.
    pub(crate) fn start(program: &Path, arguments: &[&str]) -> Result<(Self, String)> {
        let mut child = Command::new(program)
            .args(arguments)
            // The limits are at work and never reached.
            .env("MILIEU_LIMITS_DECISIONS", "100000000")
            .env("MILIEU_LIMITS_EVENTS", "100000000")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        let stdout = child.stdout.take().context("no output")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        Ok((Self { child }, line.trim().to_owned()))
    }

    /// Returns the CPU seconds that the process has used, in steps of a hundredth.
    pub(crate) fn cpu_seconds(&self) -> Result<f64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        let (_, after_name) = stat.rsplit_once(')').context("no stat")?;
        let mut ticks = after_name
            .split_whitespace()
            .skip(11)
            .take(2)
            .map(str::parse::<f64>);
        let (user, system) = (
            ticks.next().context("no user time")??,
            ticks.next().context("no system time")??,
        );
        Ok((user + system) / 100.0)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// What `milieu demo --format json` prints once it is ready.
#[derive(Debug, Deserialize)]
pub(crate) struct Demo {
    pub(crate) url: String,
    pub(crate) server_key: String,
    pub(crate) write_key: String,
}

/// Starts the demo's server without visitors.
pub(crate) fn demo(program: &Path, folder: &Path) -> Result<(Process, Demo)> {
    let folder = folder.display().to_string();
    let arguments = [
        "demo",
        "--visitors",
        "0",
        "--format",
        "json",
        "--listen",
        "127.0.0.1:0",
        "--data",
        &folder,
    ];
    let (process, line) = Process::start(program, &arguments)?;
    let demo =
        serde_json::from_str(&line).with_context(|| format!("not the demo's line: {line}"))?;
    Ok((process, demo))
}
