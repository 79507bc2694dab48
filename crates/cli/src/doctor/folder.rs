//! The data folder: who may read it, who holds it, and whether it is whole.

use std::fs::{self, File, TryLockError};
use std::io::{ErrorKind, Read as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use milieu_engine::journeys::examine::{Examined, copy_folder, examine, size_of};
use milieu_engine::shipped_knowledge;
use milieu_record::Instant;

use super::{Check, bytes};
use crate::output::count;

/// The biggest folder that is copied to look into it.
const MOST_COPIED: u64 = 2 * 1024 * 1024 * 1024;

/// Who has a data folder.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Holder {
    /// There is no folder yet.
    NoFolder,
    /// Nobody.
    Nobody,
    /// What the holder wrote of itself: its address, else its process id.
    Somebody(String),
}

impl Holder {
    /// Returns the address of the server that holds it.
    pub(crate) fn address(&self) -> Option<&str> {
        match self {
            Self::Somebody(who) => who.strip_prefix("the server at "),
            Self::NoFolder | Self::Nobody => None,
        }
    }
}

/// Finds out who holds a folder, without taking hold of it for longer than that takes.
#[allow(
    clippy::disallowed_methods,
    reason = "looking at the folder is this command's job"
)]
pub(crate) fn find_holder(folder: &Path) -> Result<Holder> {
    if !folder.is_dir() {
        return Ok(Holder::NoFolder);
    }
    let file = folder.join("LOCK");
    let mut lock = match File::open(&file) {
        Ok(lock) => lock,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Holder::Nobody),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", file.display())),
    };
    match lock.try_lock_shared() {
        Ok(()) => Ok(Holder::Nobody),
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            lock.by_ref().take(1_000).read_to_string(&mut holder)?;
            Ok(Holder::Somebody(holder.trim().to_owned()))
        }
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// Looks at the folder, and into a copy of it when nobody holds it.
pub(crate) fn examine_folder(folder: &Path, holder: &Holder, now: Instant) -> Vec<Check> {
    let shown = folder.display();
    if *holder == Holder::NoFolder {
        let found = format!("there is no data folder {shown} yet");
        let next = "start the server, or name the folder with --data";
        return vec![Check::warn("data folder", found, next)];
    }
    let mut checks = vec![permissions(folder)];
    match holder {
        Holder::Somebody(who) => {
            checks.push(Check::ok("held by", who));
            let found = "not looked into: the server holds it";
            let next = "milieu backup reads all of it while the server runs";
            checks.push(Check::ok("content", format!("{found}; {next}")));
        }
        Holder::NoFolder | Holder::Nobody => {
            checks.push(Check::ok("held by", "nobody"));
            checks.extend(content(folder, now));
        }
    }
    checks
}

fn permissions(folder: &Path) -> Check {
    let name = "permissions";
    let shown = folder.display();
    match fs::metadata(folder) {
        Ok(about) => {
            let mode = about.permissions().mode() & 0o777;
            let found = format!("{shown} has mode {mode:04o}");
            let others = mode & 0o077;
            if others == 0 {
                Check::ok(name, found)
            } else {
                let next = format!("others could sign decisions: chmod 700 {shown}");
                Check::fail(name, found, next)
            }
        }
        Err(error) => Check::fail(
            name,
            format!("{shown}: {error}"),
            "run this as the user that runs the server",
        ),
    }
}

fn content(folder: &Path, now: Instant) -> Vec<Check> {
    let name = "content";
    let size = match size_of(folder) {
        Ok(size) => size,
        Err(error) => {
            let next = "run this as the user that runs the server";
            return vec![Check::fail(name, error.to_string(), next)];
        }
    };
    if MOST_COPIED < size {
        let found = format!("{} are too many to be copied and looked into", bytes(size));
        let next = "make a backup, which reads all of it: milieu backup";
        return vec![Check::warn(name, found, next)];
    }
    match copied(folder) {
        Ok(examined) => told(&examined, size, now),
        Err(error) => {
            let next = "restore a backup into a new folder, unless the message says more";
            vec![Check::fail(name, format!("{error:#}"), next)]
        }
    }
}

fn copied(folder: &Path) -> Result<Examined> {
    let copy = tempfile::tempdir().context("cannot make a temporary folder")?;
    let inside = copy.path().join("copy");
    copy_folder(folder, &inside).context("cannot copy it")?;
    let knowledge = shipped_knowledge()?;
    let runtime = crate::commands::serve::runtime()?;
    Ok(runtime.block_on(examine(&inside, knowledge))?)
}

fn told(examined: &Examined, size: u64, now: Instant) -> Vec<Check> {
    let restore = "restore a backup into a new folder";
    let database = match examined.damage.first() {
        None => Check::ok("control.db", "whole"),
        Some(first) => Check::fail("control.db", first, restore),
    };
    let trail = match &examined.trail {
        Ok(entries) => Check::ok(
            "trail",
            count(*entries, "entry, verified", "entries, verified"),
        ),
        Err(error) => Check::fail(
            "trail",
            error.to_string(),
            "find out who changed it, and restore a backup",
        ),
    };
    let log = match &examined.events {
        Ok(events) => Check::ok(
            "log",
            format!("{events} events read, {} in all", bytes(size)),
        ),
        Err(error) => Check::fail("log", error.to_string(), restore),
    };
    let ledger = match examined.lag {
        0 => Check::ok("ledger", "counts every event of the log"),
        lag => Check::fail(
            "ledger",
            format!("{lag} events are not counted"),
            "delete the folder's file \"ledger\": the log is folded again",
        ),
    };
    let ahead = examined
        .newest
        .is_some_and(|newest| now.plus(10 * 60 * Instant::SECOND) < newest);
    let order = if ahead {
        let next = "set the clock: what was written last lies in its future";
        Check::fail("order of time", "the clock is behind the folder", next)
    } else {
        Check::ok("order of time", "nothing in the folder is of a later time")
    };
    vec![database, trail, log, ledger, order]
}
