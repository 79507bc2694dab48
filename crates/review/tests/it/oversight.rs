//! Nothing is approved but by enough local people, for one market and one content.

use milieu_culture::{MarketId, Sensitivity};
use milieu_record::{Digest, Digested, Instant};
use milieu_review::{
    Choice, Grant, NotApproved, Origin, Person, PersonId, Refusal, Role, Roster, Standing, Subject,
    SubjectKind, Verdict, admit, may_judge, standing,
};

#[derive(Debug, Clone)]
struct Text(&'static str, MarketId);

impl Digested for Text {
    fn digest(&self) -> Digest {
        Digest::of("test", &[self.0.as_bytes()])
    }
    fn market(&self) -> &MarketId {
        &self.1
    }
}

fn market(id: &str) -> MarketId {
    id.parse().unwrap()
}

fn reviewer(name: &str, place: &str) -> Person {
    Person {
        id: PersonId::new(name),
        display_name: name.to_owned(),
        grants: vec![Grant {
            role: Role::Reviewer,
            market: Some(market(place)),
        }],
        active: true,
    }
}

fn subject(text: &Text) -> Subject {
    Subject {
        kind: SubjectKind::Rendering,
        id: "rendering 1".to_owned(),
        digest: text.digest(),
        market: text.1.clone(),
        sensitivity: Sensitivity::Cultural,
        origin: Origin::Human,
        author: PersonId::new("author"),
    }
}

fn says(name: &str, choice: Choice, text: &Text, at: i64) -> Verdict {
    Verdict {
        by: PersonId::new(name),
        choice,
        digest: text.digest(),
        reason: String::new(),
        at: Instant::from_micros(at),
        expires: Some(Instant::from_micros(at + 100)),
    }
}

const NOW: Instant = Instant::from_micros(50);

fn gift() -> Text {
    Text("贈り物", market("ja-JP"))
}

fn roster() -> Roster {
    Roster::new([
        reviewer("author", "ja-JP"),
        reviewer("local", "ja-JP"),
        reviewer("second", "ja-JP"),
        reviewer("far", "de-DE"),
    ])
}

#[test]
fn a_local_person_who_is_not_the_author_approves() {
    let text = gift();
    let verdicts = [says("local", Choice::Approve, &text, 0)];
    let approved = admit(text.clone(), &subject(&text), &verdicts, &roster(), NOW).unwrap();
    assert_eq!(approved.by(), [PersonId::new("local")]);
    assert!(!approved.is_attested());
    assert!(approved.holds(NOW) && !approved.holds(Instant::from_micros(100)));
}

#[test]
fn author_stranger_and_foreigner_do_not_count() {
    let text = gift();
    for name in ["author", "stranger", "far"] {
        let verdicts = [says(name, Choice::Approve, &text, 0)];
        let refused = admit(text.clone(), &subject(&text), &verdicts, &roster(), NOW);
        assert!(matches!(refused, Err(NotApproved::Standing(..))), "{name}");
    }
    let ask = |name: &str| {
        may_judge(
            &subject(&text),
            &[],
            &roster(),
            &PersonId::new(name),
            Choice::Approve,
        )
    };
    assert_eq!(ask("author"), Err(Refusal::OwnWork));
    assert_eq!(ask("far"), Err(Refusal::NotYourMarket));
    assert_eq!(ask("local"), Ok(()));
}

#[test]
fn an_edit_voids_the_approval() {
    let (text, edited) = (gift(), Text("贈り物!", market("ja-JP")));
    let verdicts = [says("local", Choice::Approve, &text, 0)];
    let stale = admit(edited.clone(), &subject(&text), &verdicts, &roster(), NOW);
    assert!(matches!(stale, Err(NotApproved::OtherContent(_))));
    let unjudged = admit(edited.clone(), &subject(&edited), &verdicts, &roster(), NOW);
    assert!(matches!(unjudged, Err(NotApproved::Standing(..))));
}

#[test]
fn an_approval_is_for_one_market() {
    let text = gift();
    let moved = Text(text.0, market("de-DE"));
    let verdicts = [says("local", Choice::Approve, &text, 0)];
    let refused = admit(moved, &subject(&text), &verdicts, &roster(), NOW);
    assert!(matches!(refused, Err(NotApproved::OtherMarket(..))));
}

#[test]
fn a_revocation_beats_what_came_before_and_not_what_comes_after() {
    let text = gift();
    let mut verdicts = vec![
        says("local", Choice::Approve, &text, 0),
        says("second", Choice::Revoke, &text, 1),
    ];
    let at = |verdicts: &[Verdict]| standing(&subject(&text), verdicts, &roster(), NOW);
    assert_eq!(
        at(&verdicts),
        Standing::Revoked {
            by: PersonId::new("second")
        }
    );
    verdicts.push(says("local", Choice::Approve, &text, 2));
    assert!(matches!(at(&verdicts), Standing::Approved { .. }));
}

#[test]
fn approvals_run_out_and_leave_with_their_giver() {
    let text = gift();
    let verdicts = [says("local", Choice::Approve, &text, 0)];
    let late = Instant::from_micros(100);
    assert!(admit(text.clone(), &subject(&text), &verdicts, &roster(), late).is_err());
    let mut without = roster();
    without
        .people
        .get_mut(&PersonId::new("local"))
        .unwrap()
        .active = false;
    assert!(admit(text.clone(), &subject(&text), &verdicts, &without, NOW).is_err());
}

#[test]
fn what_wounds_needs_two() {
    let text = gift();
    let grave = Subject {
        sensitivity: Sensitivity::Mourning,
        ..subject(&text)
    };
    let one = [says("local", Choice::Approve, &text, 0)];
    assert_eq!(
        standing(&grave, &one, &roster(), NOW),
        Standing::Waiting { needed: 1 }
    );
    let again = [one[0].clone(), says("local", Choice::Approve, &text, 1)];
    assert_eq!(
        standing(&grave, &again, &roster(), NOW),
        Standing::Waiting { needed: 1 }
    );
    let two = [one[0].clone(), says("second", Choice::Approve, &text, 1)];
    assert!(matches!(
        standing(&grave, &two, &roster(), NOW),
        Standing::Approved { .. }
    ));
}

#[test]
fn alone_one_attests_human_text_only_and_only_where_allowed() {
    let text = gift();
    let mut alone = Roster::new([reviewer("author", "ja-JP")]);
    let verdicts = [says("author", Choice::Approve, &text, 0)];
    let approved = admit(text.clone(), &subject(&text), &verdicts, &alone, NOW).unwrap();
    assert!(approved.is_attested());
    let machine = Subject {
        origin: Origin::Machine,
        ..subject(&text)
    };
    assert!(admit(text.clone(), &machine, &verdicts, &alone, NOW).is_err());
    alone.attestation = false;
    assert!(admit(text.clone(), &subject(&text), &verdicts, &alone, NOW).is_err());
}
