//! Twenty times `kill -9` under load: what was acknowledged is there, once.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Mutex;
use std::sync::mpsc::{self, Sender};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::program::{Api, PATIENCE, Running, count, demo, serve};

const KILLS: u64 = 20;
const WRITERS: u64 = 4;
/// Visitors of a batch; each sees the slot, and one of them clicks.
const VISITORS: u64 = 8;
/// Variants that wait for review, each in four markets.
const VARIANTS: u32 = 60;
const MARKETS: [&str; 4] = ["ja-JP", "de-DE", "fr-FR", "pt-BR"];

/// What all that talk to the shop know.
struct Shop {
    server_key: String,
    write_key: String,
    /// Two people who may approve what a third has written.
    sessions: [String; 2],
}

/// Sends batches; repeats the one that was not acknowledged, as a sender must.
#[derive(Default)]
struct Writer {
    number: u64,
    visitors: u64,
    open: Option<String>,
    acknowledged: Vec<String>,
}

/// What reviewers have yet to say, and what the server has confirmed.
#[derive(Default)]
struct Desk {
    waiting: Vec<(i64, String)>,
    /// Said, but the server was killed before it answered.
    unsure: BTreeSet<i64>,
    given: BTreeSet<i64>,
}

#[test]
fn nothing_acknowledged_is_lost_or_counted_twice() {
    let folder = tempfile::tempdir().unwrap();
    let (shop, desk) = set_up(folder.path());
    let desk = Mutex::new(desk);
    let mut writers: Vec<Writer> = (0..WRITERS)
        .map(|number| Writer {
            number,
            ..Writer::default()
        })
        .collect();
    let mut dice = 0x5EED_u64;
    for round in 0..KILLS {
        let server = serve(folder.path());
        check(&server.api, &shop, &writers, &desk.lock().unwrap());
        dice = dice
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let moment = Moment {
            after_batches: 1 + (dice >> 33) % 100,
            and_then: Duration::from_micros((dice >> 40) % 20_000),
        };
        let before = acknowledged(&writers);
        load_and_kill(server, &shop, &mut writers, &desk, moment);
        assert!(before < acknowledged(&writers), "round {round} had no load");
    }
    let server = serve(folder.path());
    check(&server.api, &shop, &writers, &desk.lock().unwrap());
    for writer in &mut writers {
        if let Some(batch) = writer.open.take() {
            let sent = server
                .api
                .try_call("POST", "/v1/batch", &shop.write_key, &batch);
            assert_eq!(sent.unwrap().0, 200);
            writer.acknowledged.push(batch);
        }
    }
    let batches = acknowledged(&writers);
    let report = server
        .api
        .report_of("home.hero", &shop.server_key, batches * VISITORS);
    assert_eq!(count(&report, "n"), batches * VISITORS);
    assert_eq!(count(&report, "conversions"), batches);
    resend_everything(&server.api, &shop, &writers);
    let given = desk.lock().unwrap().given.len();
    println!("{batches} batches and {given} verdicts over {KILLS} kills");
    assert!(
        KILLS <= u64::try_from(given).unwrap(),
        "only {given} verdicts were under way"
    );
}

/// When the server is killed: so many batches in, and so long after that.
#[derive(Clone, Copy)]
struct Moment {
    after_batches: u64,
    and_then: Duration,
}

fn acknowledged(writers: &[Writer]) -> u64 {
    let batches = writers
        .iter()
        .map(|writer| writer.acknowledged.len())
        .sum::<usize>();
    u64::try_from(batches).unwrap()
}

/// Opens a shop with one slot for visitors and many texts for reviewers.
fn set_up(folder: &Path) -> (Shop, Desk) {
    let (server, told) = demo(folder, 0);
    let text = |name: &str| told[name].as_str().unwrap().to_owned();
    let owner = server.api.log_in(&text("login"), &text("password"));
    let person = |name: &str, role: &str| {
        let body =
            json!({"password": "correct horse battery", "roles": [{"role": role, "market": null}]});
        let path = format!("/api/v1/users/{name}");
        assert_eq!(server.api.call("PUT", &path, &owner, &body).0, 204);
        server.api.log_in(name, "correct horse battery")
    };
    let (writer, second) = (person("writer", "editor"), person("second", "reviewer"));
    let mut file =
        "[[slot]]\nkey = \"kill.texts\"\ntype = \"string\"\ngoal = \"click\"\ndefault = \"-\"\n"
            .to_owned();
    for variant in 0..VARIANTS {
        let generic = variant == 0;
        write!(file, "[[slot.variant]]\nkey = \"v{variant}\"\ngeneric = {generic}\n[slot.variant.renderings]\n").unwrap();
        for market in MARKETS {
            writeln!(file, "\"{market}\" = \"text {variant}\"").unwrap();
        }
    }
    let applied = server
        .api
        .try_call("PUT", "/api/v1/slots", &writer, &file)
        .unwrap();
    assert_eq!(applied.0, 200, "{}", applied.1);
    let reviews = server.api.list("/api/v1/reviews?state=waiting", &owner);
    let waiting = reviews
        .iter()
        .filter(|review| review["slot"] == "kill.texts")
        .map(|review| {
            (
                review["id"].as_i64().unwrap(),
                review["subject"]["digest"].as_str().unwrap().to_owned(),
            )
        })
        .collect();
    let shop = Shop {
        server_key: text("server_key"),
        write_key: text("write_key"),
        sessions: [owner, second],
    };
    server.kill();
    (
        shop,
        Desk {
            waiting,
            ..Desk::default()
        },
    )
}

/// Lets writers and reviewers work, and kills the server among them.
fn load_and_kill(
    server: Running,
    shop: &Shop,
    writers: &mut [Writer],
    desk: &Mutex<Desk>,
    moment: Moment,
) {
    let (done, batches) = mpsc::channel();
    let api = server.api.clone();
    std::thread::scope(|scope| {
        for writer in writers {
            let (api, done) = (api.clone(), done.clone());
            scope.spawn(move || writer.write_until_killed(&api, shop, &done));
        }
        for session in &shop.sessions {
            let api = api.clone();
            scope.spawn(move || review_until_killed(&api, session, desk));
        }
        for _ in 0..moment.after_batches {
            batches.recv_timeout(PATIENCE).expect("writers write");
        }
        let until = Instant::now() + moment.and_then;
        while batches
            .recv_timeout(until.saturating_duration_since(Instant::now()))
            .is_ok()
        {}
        server.kill();
    });
}

impl Writer {
    fn write_until_killed(&mut self, api: &Api, shop: &Shop, done: &Sender<()>) {
        loop {
            let Some(batch) = self.open.take().or_else(|| self.new_batch(api, shop)) else {
                return;
            };
            match api.try_call("POST", "/v1/batch", &shop.write_key, &batch) {
                Some((200, answer)) => {
                    assert_eq!(answer, json!({"success": true}));
                    self.acknowledged.push(batch);
                    // Whoever waits for it may have seen enough.
                    done.send(()).unwrap_or_default();
                }
                Some((status, answer)) => panic!("{status}: {answer}"),
                None => {
                    self.open = Some(batch);
                    return;
                }
            }
        }
    }

    /// Asks for decisions for new visitors; `None` when the server is gone.
    fn new_batch(&mut self, api: &Api, shop: &Shop) -> Option<String> {
        let mut events = Vec::new();
        for place in 0..VISITORS {
            let visitor = format!("writer {} visitor {}", self.number, self.visitors);
            self.visitors += 1;
            let market = MARKETS[usize::try_from(self.visitors).unwrap() % MARKETS.len()];
            let context =
                json!({"context": {"targetingKey": visitor, "market": market}}).to_string();
            let path = "/ofrep/v1/evaluate/flags/home.hero";
            let (status, given) = api.try_call("POST", path, &shop.server_key, &context)?;
            assert_eq!(status, 200, "{given}");
            let track = |event: &str| {
                json!({"type": "track", "event": event, "anonymousId": visitor,
                       "messageId": format!("{visitor} {event}"),
                       "properties": {"decisionId": given["metadata"]["decisionId"]}})
            };
            events.push(track("Experiment Viewed"));
            if place == 0 {
                events.push(track("Slot Clicked"));
            }
        }
        Some(json!({"batch": events}).to_string())
    }
}

/// Approves one text after another until the server is gone.
fn review_until_killed(api: &Api, session: &str, desk: &Mutex<Desk>) {
    loop {
        let Some((id, digest)) = desk.lock().unwrap().waiting.pop() else {
            return;
        };
        let word = json!({"verdict": "approve", "digest": digest}).to_string();
        let path = format!("/api/v1/reviews/{id}/verdicts");
        let answer = api.try_call("POST", &path, session, &word);
        let mut desk = desk.lock().unwrap();
        match answer {
            Some((200, _)) => {
                desk.given.insert(id);
            }
            // It had been written before the kill; only the answer was lost.
            Some((409, _)) if desk.unsure.contains(&id) => {
                desk.given.insert(id);
            }
            Some((status, answer)) => panic!("{status}: {answer}"),
            None => {
                desk.unsure.insert(id);
                desk.waiting.push((id, digest));
                return;
            }
        }
    }
}

/// Checks, right after a start, that everything acknowledged is there.
fn check(api: &Api, shop: &Shop, writers: &[Writer], desk: &Desk) {
    let report = api.get("/api/v1/reports/ctr?slot=home.hero", &shop.server_key);
    let known = acknowledged(writers);
    let open = writers
        .iter()
        .filter(|writer| writer.open.is_some())
        .count();
    let most = known + u64::try_from(open).unwrap();
    let (visitors, clicks) = (count(&report, "n"), count(&report, "conversions"));
    assert!(
        known <= clicks && clicks <= most,
        "{clicks} batches of {known} to {most}"
    );
    // A batch is kept whole or not at all.
    assert_eq!(visitors, clicks * VISITORS);
    let [owner, _] = &shop.sessions;
    let mut approved = BTreeSet::new();
    for review in api.list("/api/v1/reviews?state=decided", owner) {
        assert_eq!(
            review["verdicts"].as_array().map(Vec::len),
            Some(1),
            "{review}"
        );
        if review["state"] == "approved" {
            approved.insert(review["id"].as_i64().unwrap());
        }
    }
    let lost: Vec<&i64> = desk.given.difference(&approved).collect();
    assert!(
        lost.is_empty(),
        "verdicts {lost:?} were acknowledged and are gone"
    );
    api.get("/api/v1/audit-trail/verification", owner);
}

/// Sends every acknowledged batch once more: all of it must be known.
fn resend_everything(api: &Api, shop: &Shop, writers: &[Writer]) {
    let before: Value = api.get("/api/v1/intake", &shop.server_key);
    for batch in writers.iter().flat_map(|writer| &writer.acknowledged) {
        let (status, _) = api
            .try_call("POST", "/v1/batch", &shop.write_key, batch)
            .unwrap();
        assert_eq!(status, 200);
    }
    let after = api.get("/api/v1/intake", &shop.server_key);
    let new = |name: &str| after[name].as_u64().unwrap() - before[name].as_u64().unwrap();
    assert_eq!(new("accepted"), 0);
    assert_eq!(new("duplicates"), acknowledged(writers) * (VISITORS + 1));
    let report = api.get("/api/v1/reports/ctr?slot=home.hero", &shop.server_key);
    assert_eq!(count(&report, "n"), acknowledged(writers) * VISITORS);
}
