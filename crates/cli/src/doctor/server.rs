//! A running server: whether it answers, is ready, keeps up, and is of this version.

use anyhow::Result;
use serde::Deserialize;

use super::Check;
use crate::client::stranger;

/// More than this many events behind, and reports are late.
const BEHIND: u64 = 10_000;

#[derive(Deserialize)]
struct Version {
    version: String,
    lag: u64,
}

/// Asks a server what it says of itself.
pub(crate) fn examine_server(address: &str) -> Vec<Check> {
    let name = "server";
    let asked = || -> Result<(Result<()>, Version)> {
        let client = stranger(address)?;
        client.get("/livez")?;
        let ready = client.get("/readyz").map(drop);
        Ok((ready, client.get("/version")?.read()?))
    };
    let (ready, version) = match asked() {
        Ok(told) => told,
        Err(error) => {
            let next = "start it, or correct the address";
            return vec![Check::fail(name, format!("{error:#}"), next)];
        }
    };
    let mut checks = vec![match ready {
        Ok(()) => Check::ok(name, format!("{address} is ready")),
        Err(_) => Check::fail(
            name,
            format!("{address} lives and is not ready"),
            "it stops, or cannot write events: free space, then restart it",
        ),
    }];
    let own = env!("CARGO_PKG_VERSION");
    checks.push(if version.version == own {
        Check::ok("version", format!("{own} here and there"))
    } else {
        let found = format!("{own} here, {} there", version.version);
        Check::warn("version", found, "use one version on both sides")
    });
    let found = format!("{} events behind", version.lag);
    checks.push(if version.lag <= BEHIND {
        Check::ok("learner", found)
    } else {
        Check::warn("learner", found, "wait, or give the server more processor")
    });
    checks
}
