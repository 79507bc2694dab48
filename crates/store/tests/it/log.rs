//! The log counts each message once and survives being cut off.

use std::path::{Path, PathBuf};

use milieu_record::{Event, EventKind, Instant, LogPosition, MessageId};
use milieu_store::{Appended, EncodedEvents, EventLog};

const NOW: Instant = Instant::from_micros(1_000);

fn event(name: &str) -> Event<'_> {
    Event {
        id: MessageId::of(name),
        at: NOW,
        visitor: None,
        linked: None,
        market: None,
        decision: None,
        kind: EventKind::Track(name.into()),
        properties: [].as_slice().into(),
    }
}

fn encoded(names: &[String]) -> EncodedEvents {
    let mut events = EncodedEvents::with_capacity(names.len());
    for name in names {
        events.push(&event(name)).unwrap();
    }
    events
}

fn names(range: std::ops::Range<u32>) -> Vec<String> {
    range.map(|number| format!("message {number}")).collect()
}

fn read_from(log: &EventLog, from: LogPosition, most: usize) -> Vec<(LogPosition, String)> {
    let mut events = Vec::new();
    let count = log.read(from, most, |position, event| match &event.kind {
        EventKind::Track(name) => events.push((position, name.to_string())),
        other => panic!("{other:?}"),
    });
    assert_eq!(count.unwrap(), events.len());
    events
}

fn read_names(log: &EventLog) -> Vec<String> {
    read_from(log, LogPosition(0), usize::MAX)
        .into_iter()
        .map(|(_, name)| name)
        .collect()
}

#[tokio::test]
async fn a_message_counts_once_now_and_after_a_restart() {
    let place = tempfile::tempdir().unwrap();
    let log = EventLog::open(place.path()).unwrap();
    let first = log.append(NOW, encoded(&names(0..3))).await.unwrap();
    assert_eq!(
        first,
        Appended {
            accepted: 3,
            duplicates: 0
        }
    );
    let mixed = log.append(NOW, encoded(&names(1..5))).await.unwrap();
    assert_eq!(
        mixed,
        Appended {
            accepted: 2,
            duplicates: 2
        }
    );
    let twice = encoded(&["again".to_owned(), "again".to_owned()]);
    assert_eq!(log.append(NOW, twice).await.unwrap().accepted, 1);
    drop(log);

    let log = EventLog::open(place.path()).unwrap();
    assert_eq!(*log.tail().borrow(), LogPosition(6));
    assert_eq!(
        log.append(NOW, encoded(&names(0..6)))
            .await
            .unwrap()
            .accepted,
        1
    );
    let mut expected = names(0..5);
    expected.extend(["again".to_owned(), "message 5".to_owned()]);
    assert_eq!(read_names(&log), expected);
    let from_four = read_from(&log, LogPosition(4), 1);
    assert_eq!(from_four, [(LogPosition(4), "message 4".to_owned())]);

    // Some ids are in a table by now, the newest only in the log itself.
    let crashed = tempfile::tempdir().unwrap();
    crash(place.path(), crashed.path(), None);
    let log = EventLog::open(crashed.path()).unwrap();
    let all = log.append(NOW, encoded(&names(0..6))).await.unwrap();
    assert_eq!((all.accepted, all.duplicates), (0, 6));
}

#[tokio::test]
async fn a_damaged_log_is_refused_with_its_place_and_what_to_do() {
    let place = tempfile::tempdir().unwrap();
    let log = EventLog::open(place.path()).unwrap();
    log.append(NOW, encoded(&names(0..50))).await.unwrap();
    log.append(NOW, encoded(&names(50..100))).await.unwrap();
    drop(log);
    let journal = journal(place.path());
    let mut bytes = std::fs::read(&journal).unwrap();
    bytes[200] ^= 1;
    std::fs::write(&journal, bytes).unwrap();
    let told = EventLog::open(place.path()).unwrap_err().to_string();
    assert!(told.contains(place.path().to_str().unwrap()), "{told}");
    assert!(told.contains("restore a backup"), "{told}");
}

/// Copies a folder as a crash would leave it, with the journal cut to `length` bytes.
fn crash(from: &Path, to: &Path, cut: Option<(&Path, u64)>) {
    for item in std::fs::read_dir(from).unwrap() {
        let item = item.unwrap();
        let target = to.join(item.file_name());
        if item.file_type().unwrap().is_dir() {
            std::fs::create_dir_all(&target).unwrap();
            crash(&item.path(), &target, cut);
        } else {
            std::fs::copy(item.path(), &target).unwrap();
            if let Some((_, length)) = cut.filter(|(journal, _)| *journal == item.path()) {
                std::fs::OpenOptions::new()
                    .write(true)
                    .open(target)
                    .unwrap()
                    .set_len(length)
                    .unwrap();
            }
        }
    }
}

fn journal(folder: &Path) -> PathBuf {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for item in std::fs::read_dir(next).unwrap().map(Result::unwrap) {
            let path = item.path();
            if item.file_type().unwrap().is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ext| ext == "jnl") {
                found.push(path);
            }
        }
    }
    found.sort();
    found.pop().unwrap()
}

/// The journal is preallocated: what was written ends at the last byte that is not 0.
fn written(journal: &Path) -> u64 {
    let bytes = std::fs::read(journal).unwrap();
    let end = bytes
        .iter()
        .rposition(|byte| *byte != 0)
        .map_or(0, |at| at + 1);
    u64::try_from(end).unwrap()
}

#[tokio::test]
async fn a_log_cut_back_to_its_last_synced_byte_loses_nothing_acknowledged() {
    let place = tempfile::tempdir().unwrap();
    let log = EventLog::open(place.path()).unwrap();
    let mut synced = Vec::new();
    for batch in 0..6_u32 {
        log.append(NOW, encoded(&names(batch * 50..(batch + 1) * 50)))
            .await
            .unwrap();
        synced.push(written(&journal(place.path())));
    }
    let journal = journal(place.path());
    for (acknowledged, length) in (1_u32..).zip(&synced) {
        // At the synced byte, and with a torn start of the next batch behind it.
        for extra in [0, 1, 17, 300] {
            let after = tempfile::tempdir().unwrap();
            crash(place.path(), after.path(), Some((&journal, length + extra)));
            let recovered = EventLog::open(after.path()).unwrap();
            let names = names(0..acknowledged * 50);
            assert_eq!(
                read_names(&recovered),
                names,
                "{acknowledged} batches + {extra} bytes"
            );
            // What was lost of the torn batch was not acknowledged: the sender sends it again.
            let again = encoded(&names_after(acknowledged));
            assert_eq!(recovered.append(NOW, again).await.unwrap().accepted, 50);
        }
    }
}

fn names_after(batches: u32) -> Vec<String> {
    names(batches * 50..(batches + 1) * 50)
}
