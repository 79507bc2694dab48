//! Audits are kept up to their bounds, and the newest is never the one that goes.

use milieu_record::Instant;
use milieu_store::{AuditBody, AuditBounds, AuditMarketRow, AuditRow, Control};

fn audit(id: &str, errors: u32) -> AuditRow {
    AuditRow {
        no: 0,
        id: id.to_owned(),
        name: "Gifts".to_owned(),
        at: Instant::from_micros(7),
        person: "anna".to_owned(),
        as_of: "2026-11-25".parse().unwrap(),
        packs: "1".to_owned(),
        unsure: 1,
        skipped: 2,
        suppressed: 3,
        markets: ["ja-JP", "de-DE"]
            .map(|market| AuditMarketRow {
                market: market.parse().unwrap(),
                errors,
                warnings: 0,
                infos: 0,
            })
            .to_vec(),
    }
}

async fn keep(control: &Control, row: &AuditRow, bytes: usize, bounds: AuditBounds) {
    let mut writing = control.write().await.unwrap();
    let body = AuditBody(vec![b'x'; bytes]);
    let request = format!("request {}", row.id);
    writing
        .add_audit(row, &body, Some(&request), "digest", bounds)
        .await
        .unwrap();
    writing.commit().await.unwrap();
}

async fn ids(control: &Control) -> Vec<String> {
    let rows = control.audits(i64::MAX, 100).await.unwrap();
    rows.into_iter().map(|row| row.id).collect()
}

const WIDE: AuditBounds = AuditBounds {
    audits: 3,
    bytes: 100,
};

#[tokio::test]
async fn what_was_kept_is_read_back() {
    let place = tempfile::tempdir().unwrap();
    let control = Control::open(place.path()).await.unwrap();
    let row = audit("a", 1);
    keep(&control, &row, 5, WIDE).await;
    let (read, body) = control.audit("a").await.unwrap().unwrap();
    assert_eq!(AuditRow { no: 0, ..read }, row);
    assert_eq!(body, AuditBody(vec![b'x'; 5]));
    assert_eq!(control.audit("b").await.unwrap(), None);
    let found = control.audit_of_request("request a").await.unwrap();
    assert_eq!(found, Some(("a".to_owned(), "digest".to_owned())));
}

#[tokio::test]
async fn the_oldest_go_when_there_are_too_many_or_too_big_ones() {
    let place = tempfile::tempdir().unwrap();
    let control = Control::open(place.path()).await.unwrap();
    for id in ["a", "b", "c", "d"] {
        keep(&control, &audit(id, 0), 10, WIDE).await;
    }
    assert_eq!(ids(&control).await, ["d", "c", "b"]);
    keep(&control, &audit("e", 0), 85, WIDE).await;
    assert_eq!(ids(&control).await, ["e", "d"]);
    keep(&control, &audit("f", 0), 500, WIDE).await;
    assert_eq!(
        ids(&control).await,
        ["f"],
        "the newest stays whatever it weighs"
    );
}

#[tokio::test]
async fn a_markets_last_audit_is_found() {
    let place = tempfile::tempdir().unwrap();
    let control = Control::open(place.path()).await.unwrap();
    keep(&control, &audit("a", 1), 1, WIDE).await;
    keep(&control, &audit("b", 2), 1, WIDE).await;
    let mut german = audit("c", 3);
    german.markets.remove(0);
    keep(&control, &german, 1, WIDE).await;
    let last = control.last_audits().await.unwrap();
    let of = |market: &str| {
        let (id, found) = &last[&market.parse().unwrap()];
        (id.as_str(), found.errors)
    };
    assert_eq!((of("ja-JP"), of("de-DE")), (("b", 2), ("c", 3)));
}
