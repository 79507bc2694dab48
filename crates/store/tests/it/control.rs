//! The control plane keeps numbers for ever and its trail whole.

use milieu_record::{ArmNo, Digest, Instant, SlotNo};
use milieu_review::{TrailBody, verify};
use milieu_store::{Control, NewRendering};
use sqlx::Connection as _;

const NOW: Instant = Instant::from_micros(7);

fn body(action: &str) -> TrailBody {
    TrailBody {
        at: NOW,
        actor: "anna".to_owned(),
        action: action.to_owned(),
        subject: "slot home.hero".to_owned(),
        detail: "{}".to_owned(),
    }
}

#[tokio::test]
async fn the_trail_verifies_and_one_edited_row_makes_it_fail() {
    let place = tempfile::tempdir().unwrap();
    let control = Control::open(place.path()).await.unwrap();
    for action in ["slot.apply", "verdict.approve", "quiet.on"] {
        let mut writing = control.write().await.unwrap();
        writing.note(body(action)).await.unwrap();
        writing.commit().await.unwrap();
    }
    let mut undone = control.write().await.unwrap();
    undone.note(body("never")).await.unwrap();
    drop(undone);
    let trail = control.trail(0, 100).await.unwrap();
    assert_eq!(
        trail.len(),
        3,
        "a change that is not committed leaves no entry"
    );
    verify(trail).unwrap();
    control.close().await;

    let address = format!("sqlite://{}", place.path().join("control.db").display());
    let mut raw = sqlx::SqliteConnection::connect(&address).await.unwrap();
    sqlx::query("UPDATE trail SET actor = 'eve' WHERE seq = 2")
        .execute(&mut raw)
        .await
        .unwrap();
    raw.close().await.unwrap();
    let control = Control::open(place.path()).await.unwrap();
    assert_eq!(
        verify(control.trail(0, 100).await.unwrap())
            .unwrap_err()
            .seq,
        2
    );
}

/// A full disk makes SQLite end the transaction itself; so does this trigger.
#[tokio::test]
async fn a_change_works_again_after_one_that_the_database_ended() {
    let place = tempfile::tempdir().unwrap();
    let control = Control::open(place.path()).await.unwrap();
    let address = format!("sqlite://{}", place.path().join("control.db").display());
    let mut raw = sqlx::SqliteConnection::connect(&address).await.unwrap();
    sqlx::query(
        "CREATE TRIGGER full BEFORE INSERT ON trail BEGIN SELECT RAISE(ROLLBACK, 'full'); END",
    )
    .execute(&mut raw)
    .await
    .unwrap();
    for _ in 0..8 {
        let mut writing = control.write().await.unwrap();
        let refused = writing.note(body("never")).await.unwrap_err();
        assert!(refused.to_string().contains("full"), "{refused}");
    }
    sqlx::query("DROP TRIGGER full")
        .execute(&mut raw)
        .await
        .unwrap();
    let mut writing = control.write().await.unwrap();
    writing.note(body("quiet.on")).await.unwrap();
    writing.commit().await.unwrap();
    assert_eq!(control.trail(0, 100).await.unwrap().len(), 1);
}

#[tokio::test]
async fn numbers_stay_and_the_same_content_is_no_new_revision() {
    let place = tempfile::tempdir().unwrap();
    let control = Control::open(place.path()).await.unwrap();
    let mut writing = control.write().await.unwrap();
    for (position, market) in ["ja-JP", "de-DE"].into_iter().enumerate() {
        writing
            .put_market(&market.parse().unwrap(), 0.1, position)
            .await
            .unwrap();
    }
    writing
        .put_market(&"ja-JP".parse().unwrap(), 0.05, 1)
        .await
        .unwrap();
    let slot = writing
        .put_slot(&"home.hero".parse().unwrap(), "{}", NOW)
        .await
        .unwrap();
    assert_eq!(
        writing
            .put_slot(&"home.hero".parse().unwrap(), "{}", NOW)
            .await
            .unwrap(),
        slot
    );
    let arm = writing
        .put_arm(slot, &"classic".parse().unwrap())
        .await
        .unwrap();
    assert_eq!(
        writing
            .put_arm(slot, &"warm".parse().unwrap())
            .await
            .unwrap(),
        ArmNo(2)
    );
    assert_eq!(
        writing
            .put_arm(slot, &"classic".parse().unwrap())
            .await
            .unwrap(),
        arm
    );
    writing.commit().await.unwrap();
    let markets = control.markets().await.unwrap();
    let japan = markets
        .iter()
        .find(|market| market.id.as_str() == "ja-JP")
        .unwrap();
    assert!(
        (japan.holdout - 0.1).abs() < 1e-9,
        "a holdout share only grows"
    );

    let mut revisions = Vec::new();
    for text in ["one", "one", "two"] {
        let content = format!("\"{text}\"");
        let new = NewRendering {
            slot: SlotNo(slot.0),
            arm,
            market: japan.no,
            digest: Digest::of("test", &[text.as_bytes()]),
            content: &content,
        };
        let mut writing = control.write().await.unwrap();
        revisions.push(writing.put_rendering(&new, NOW).await.unwrap());
        writing.commit().await.unwrap();
    }
    assert!(revisions[0].is_some() && revisions[1].is_none() && revisions[2] > revisions[0]);
    assert_eq!(control.renderings().await.unwrap().len(), 1);
}
