//! The machine: its disk, its clock, its files, its port.

use std::io::ErrorKind;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;

use milieu_record::Instant;
use rustix::fs::statvfs;
use rustix::process::{Resource, getrlimit};

use super::{Check, Holder, bytes};

const MIB: u64 = 1024 * 1024;
/// Below this the next backup or compaction of the log may not fit.
const LITTLE: u64 = 1024 * MIB;
/// Below this events will be refused soon.
const NONE: u64 = 100 * MIB;
/// Connections at most, and what the event log needs.
const FILES: u64 = 13_000;

/// Looks at the room on the disk of a folder, or of the nearest one above it.
pub(crate) fn examine_disk(folder: &Path) -> Check {
    let name = "disk";
    let nearest = folder
        .ancestors()
        .find(|above| above.exists())
        .unwrap_or(Path::new("."));
    match statvfs(nearest) {
        Err(error) => Check::warn(name, error.to_string(), "look at the disk by hand"),
        Ok(disk) => {
            let free = disk.f_bavail.saturating_mul(disk.f_frsize);
            let found = format!("{} free", bytes(free));
            let next = "free space: a full disk refuses events";
            match free {
                free if free < NONE => Check::fail(name, found, next),
                free if free < LITTLE => Check::warn(name, found, next),
                _ => Check::ok(name, found),
            }
        }
    }
}

/// Looks whether the clock can be right: events are told apart by it.
pub(crate) fn examine_clock(now: Instant) -> Check {
    /// The day this was written, and a day nobody plans for.
    const BETWEEN: (i64, i64) = (1_795_564_800, 4_102_444_800);
    let seconds = now.micros() / Instant::SECOND;
    let found = format!("it is {now}");
    if BETWEEN.0 <= seconds && seconds < BETWEEN.1 {
        Check::ok("clock", found)
    } else {
        Check::fail("clock", found, "set the clock, best by NTP")
    }
}

/// Looks how many files may be open at once.
pub(crate) fn examine_files() -> Check {
    let name = "open files";
    let most = getrlimit(Resource::Nofile).maximum;
    let found = match most {
        Some(most) => format!("at most {most}"),
        None => "as many as there is memory for".to_owned(),
    };
    if most.is_none_or(|most| FILES <= most) {
        return Check::ok(name, found);
    }
    let next = format!("fewer than 12,000 connections fit: raise the limit to {FILES}");
    Check::warn(name, found, next)
}

/// Looks whether the server could listen where it should.
pub(crate) fn examine_port(listen: SocketAddr, holder: &Holder) -> Check {
    let name = "address";
    match TcpListener::bind(listen) {
        Ok(_) => Check::ok(name, format!("{listen} is free")),
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            let ours = holder.address() == Some(&format!("http://{listen}"));
            if ours {
                return Check::ok(name, format!("{listen} is this folder's server"));
            }
            let next = "choose another address with listen, or end what has this one";
            Check::warn(name, format!("{listen} is taken"), next)
        }
        Err(error) => {
            let next = "choose another address with listen; ports below 1024 need a right";
            Check::fail(name, format!("{listen}: {error}"), next)
        }
    }
}
