//! A backup of a server under load: it answers and reports as the server did.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Sender};
use std::time::Instant;

use serde_json::{Value, json};

use crate::program::{PASSWORD, Place, Run, finish};
use crate::running::{Api, PATIENCE, count, demo, serve};

/// Visitors of a batch; each sees the slot, and one of them clicks.
const VISITORS: u64 = 4;
const MARKETS: [&str; 2] = ["ja-JP", "de-DE"];
/// Batches before, while and after the backup is made.
const SOME: usize = 30;

struct Shop<'s> {
    api: &'s Api,
    server_key: String,
    write_key: String,
}

impl Shop<'_> {
    fn decide(&self, visitor: &str, market: &str) -> Value {
        let context = json!({"context": {"targetingKey": visitor, "market": market}});
        let path = "/ofrep/v1/evaluate/flags/home.hero";
        let (status, given) = self.api.call("POST", path, &self.server_key, &context);
        assert_eq!(status, 200, "{given}");
        given
    }

    fn send(&self, batch: &Value) {
        let sent = self.api.call("POST", "/v1/batch", &self.write_key, batch);
        assert_eq!(sent, (200, json!({"success": true})));
    }

    fn batch(&self, number: u64) -> Value {
        let mut events = Vec::new();
        let now = jiff::Timestamp::now().to_string();
        for place in 0..VISITORS {
            let visitor = format!("visitor {number} {place}");
            let market = MARKETS[usize::try_from(place).unwrap() % MARKETS.len()];
            let given = self.decide(&visitor, market);
            let track = |event: &str| {
                json!({"type": "track", "event": event, "anonymousId": visitor,
                       "messageId": format!("{visitor} {event}"), "timestamp": now,
                       "properties": {"decisionId": given["metadata"]["decisionId"]}})
            };
            events.push(track("Experiment Viewed"));
            if place == 0 {
                events.push(track("Slot Clicked"));
            }
        }
        json!({"batch": events})
    }

    /// Sends batch after batch until it is told to stop; returns all of them.
    fn send_until(&self, enough: &AtomicBool, sent: &Sender<()>) -> Vec<Value> {
        let mut batches = Vec::new();
        while !enough.load(Ordering::Relaxed) {
            let batch = self.batch(batches.len().try_into().unwrap());
            self.send(&batch);
            batches.push(batch);
            // Whoever waits for it may have seen enough.
            sent.send(()).unwrap_or_default();
        }
        batches
    }

    /// Returns the report of so many batches once nothing is left to be learned.
    fn report(&self, batches: u64) -> Value {
        self.api
            .report_of("home.hero", &self.server_key, batches * VISITORS)
    }

    /// Returns what new visitors get from a policy that has learned from all events.
    fn answers(&self, events: u64) -> Vec<Value> {
        let until = Instant::now() + PATIENCE;
        let mut probe = 0;
        loop {
            let given = self.decide(&format!("probe {probe}"), "ja-JP");
            if given["metadata"]["policyVersion"] == events {
                break;
            }
            probe += 1;
            assert!(
                Instant::now() < until,
                "{given} never learned from {events}"
            );
        }
        let asked = (0..60).flat_map(|visitor| MARKETS.map(|market| (visitor, market)));
        asked
            .map(|(visitor, market)| {
                let mut given = self.decide(&format!("new visitor {visitor}"), market);
                // Two tokens of one decision differ in when it was made.
                given["metadata"]
                    .as_object_mut()
                    .unwrap()
                    .remove("decisionId");
                given
            })
            .collect()
    }
}

fn backup(place: &Place, api: &Api, told: &Value) -> Run {
    let login = told["login"].as_str().unwrap();
    let line = format!(
        "backup shop.milieu --format json --server {} --login {login}",
        api.url
    );
    finish(place.command(&line), told["password"].as_str().unwrap())
}

fn json_of(run: Run) -> Value {
    serde_json::from_str(&run.ok()).unwrap()
}

#[test]
fn a_backup_under_load_answers_and_reports_as_the_server_did() {
    let place = Place::new();
    let (server, told) = demo(&place.path().join("data"), 0);
    let text = |name: &str| told[name].as_str().unwrap().to_owned();
    let shop_at = |api| Shop {
        api,
        server_key: text("server_key"),
        write_key: text("write_key"),
    };
    let shop = shop_at(&server.api);
    let session = server.api.log_in(&text("login"), &text("password"));
    let old_token = shop.decide("visitor of old", "ja-JP")["metadata"]["decisionId"].clone();
    let enough = AtomicBool::new(false);
    let (sent, batch) = mpsc::channel();
    let (batches, made) = std::thread::scope(|scope| {
        let sending = scope.spawn(|| shop.send_until(&enough, &sent));
        let wait = || {
            (0..SOME).for_each(|_| batch.recv_timeout(PATIENCE).unwrap());
        };
        wait();
        let made = json_of(backup(&place, &server.api, &told));
        wait();
        enough.store(true, Ordering::Relaxed);
        (sending.join().unwrap(), made)
    });
    assert!(mode(&place.path().join("shop.milieu")) == 0o600);
    let events = made["backup"]["events"].as_u64().unwrap();
    let before = events / (VISITORS + 1);
    let all = u64::try_from(batches.len()).unwrap();
    assert_eq!(events % (VISITORS + 1), 0, "a batch is whole or not there");
    assert!(u64::try_from(SOME).unwrap() <= before && before < all);

    let restored = json_of(place.run("restore shop.milieu --data restored --format json"));
    assert_eq!(restored["backup"], made["backup"]);
    let again = serve(&place.path().join("restored"));
    let same = shop_at(&again.api);
    // At its position: every visitor of the batches before it, and nobody else.
    let report = same.report(before);
    assert_eq!(count(&report, "n"), before * VISITORS);
    assert_eq!(count(&report, "conversions"), before);
    let trail = again
        .api
        .get("/api/v1/audit-trail/verification", &same.server_key);
    assert_eq!(trail["entries"], restored["trail"]);
    // Decisions of before are still known; logins of before are not.
    let path = format!("/api/v1/decisions/{}", old_token.as_str().unwrap());
    let (one, other) = (
        server.api.get(&path, &shop.server_key),
        again.api.get(&path, &same.server_key),
    );
    assert_eq!(one["variant"], other["variant"]);
    let old = again
        .api
        .call("GET", "/api/v1/session", &session, &Value::Null);
    assert_eq!(old.0, 401);

    // Events that the backup does not have make both the same; those it has count once.
    for batch in &batches {
        same.send(batch);
    }
    let all_events = all * (VISITORS + 1);
    assert_eq!(same.answers(all_events), shop.answers(all_events));
    assert_eq!(same.report(all), shop.report(all));
}

fn mode(file: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(file).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_folder_is_backed_up_and_restored_without_a_server() {
    let place = Place::with_shop();
    let said = place.run("backup shop.milieu --data shop").ok();
    assert!(said.starts_with("Shop: 0 events and "), "{said}");
    let twice = place.run("backup shop.milieu --data shop").refused(2);
    assert!(twice.contains("shop.milieu is there already"), "{twice}");
    let said = place.run("restore shop.milieu --check").ok();
    assert!(said.starts_with("Shop: 0 events and "), "{said}");
    place.run("restore shop.milieu --data new/one").refused(2);
    place.run("restore shop.milieu --data one").ok();
    assert_eq!(mode(&place.path().join("one")), 0o700);
    let users = |folder: &str| place.run(&format!("user list --data {folder}")).ok();
    assert_eq!(users("one"), users("shop"));
    let full = place.run("restore shop.milieu --data shop").refused(2);
    assert!(full.contains("shop is not empty"), "{full}");
    let piped = place.command("backup - --data shop").output().unwrap();
    place.write("piped.milieu", piped.stdout);
    place.run("restore piped.milieu --check").ok();
    let left: Vec<_> = std::fs::read_dir(place.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("restoring") || name.contains(".new"))
        .collect();
    assert_eq!(left, Vec::<String>::new());
    assert!(!place.path().join("shop/control.backup").exists());
}

#[test]
fn what_is_no_whole_backup_restores_nothing() {
    let place = Place::with_shop();
    place.run("backup shop.milieu --data shop").ok();
    let whole = std::fs::read(place.path().join("shop.milieu")).unwrap();
    let turned = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        bytes
    };
    for (bytes, why) in [
        (whole[..whole.len() - 1].to_vec(), "cut off"),
        (whole[..whole.len() / 2].to_vec(), "cut off"),
        (b"milieu backup 1\n".to_vec(), "cut off"),
        (b"milieu backup 2\n".to_vec(), "use a newer milieu"),
        (b"PK\x03\x04".to_vec(), "no backup of Milieu"),
        (Vec::new(), "no backup of Milieu"),
        (turned(whole.len() / 2), "damaged"),
        (turned(whole.len() - 1), "damaged"),
        ([&*whole, b"x"].concat(), "something stands behind its end"),
    ] {
        place.write("bad.milieu", &bytes);
        let said = place.run("restore bad.milieu --data new").refused(2);
        assert!(said.contains(why), "{said}");
        assert!(!place.path().join("new").exists(), "{said}");
        place.run("restore bad.milieu --check").refused(2);
    }
}

#[test]
fn only_an_owner_who_logged_in_lately_gets_a_backup() {
    let place = Place::with_shop();
    let server = place.serve();
    let ask = |name: &str| {
        let line = format!("backup x.milieu --server {} --login {name}", server.address);
        place.run_with(&line, PASSWORD)
    };
    let said = ask("editor").refused(1);
    assert!(said.contains("only an owner may do this"), "{said}");
    let mut command = place.command(&format!("backup x.milieu --server {}", server.address));
    command.env("MILIEU_TOKEN", "mil_server_nope");
    finish(command, "").refused(2);
    assert!(!place.path().join("x.milieu").exists());
    ask("owner").ok();
}
