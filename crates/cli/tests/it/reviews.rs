//! `milieu review`: a verdict is for the content that was seen, and only by a person.

use serde_json::Value;

use crate::program::{PASSWORD, Place, SLOTS};

fn shop() -> Place {
    let place = Place::with_shop();
    place
        .run_with("slot apply slots.toml --data shop --login editor", PASSWORD)
        .ok();
    place
}

fn review(place: &Place, id: u32) -> Value {
    let json = place
        .run(&format!("review show {id} --data shop --format json"))
        .ok();
    serde_json::from_str(&json).unwrap()
}

fn digest(place: &Place, id: u32) -> String {
    review(place, id)["subject"]["digest"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn what_waits_is_listed_and_shown() {
    let place = shop();
    insta::assert_snapshot!(place.run("review list --data shop").ok(), @r#"
    ID  STATE    MARKET  SLOT       VARIANT   AUTHOR  ORIGIN  NEEDED  CONTENT
     1  waiting  de-DE   home.hero  classic*  editor  human        1  {"title":"Willkommen"}
     2  waiting  ja-JP   home.hero  classic*  editor  human        1  {"title":"ようこそ"}
     3  waiting  ja-JP   home.hero  warm      editor  human        1  {"title":"おかえりなさい"}
    "#);
    let japan = place
        .run("review list --market ja-JP --data shop --format json")
        .ok();
    let list: Value = serde_json::from_str(&japan).unwrap();
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
    let page = place.run("review show 3 --data shop").ok();
    let written = review(&place, 3)["created_at"].as_str().unwrap().to_owned();
    insta::assert_snapshot!(page.replace(&written, "[time]"));
}

#[test]
fn an_approval_shows_what_it_approves_and_is_for_that() {
    let place = shop();
    let approved = place.run_with("review approve 2 --data shop --login haruka", PASSWORD);
    assert!(approved.stderr.contains("ようこそ"), "{}", approved.stderr);
    assert_eq!(
        approved.ok(),
        "review 2 is approved: home.hero classic in ja-JP\n"
    );
    let list = place.run("slot list --data shop").ok();
    assert!(list.contains("live    ja-JP    de-DE"), "{list}");
}

#[test]
fn a_text_that_changed_meanwhile_is_not_approved() {
    let place = shop();
    let seen = digest(&place, 2);
    place.write("slots.toml", SLOTS.replace("ようこそ", "いらっしゃいませ"));
    place
        .run_with("slot apply slots.toml --data shop --login editor", PASSWORD)
        .ok();
    let line = format!("review approve 2 --digest {seen} --data shop --login haruka");
    let refused = place.run_with(&line, PASSWORD).refused(1);
    let said = "error: the text changed while you read: look at the new one [digest-changed]\n";
    assert_eq!(refused, said);
    let line = format!("review approve 4 --digest {seen} --data shop --login haruka");
    assert_eq!(place.run_with(&line, PASSWORD).refused(1), said);
    assert_eq!(review(&place, 4)["state"], "waiting");
    let line = format!(
        "review approve 4 --digest {} --data shop --login haruka",
        digest(&place, 4)
    );
    let approved = place.run_with(&line, PASSWORD);
    assert_eq!(approved.stderr, "", "with a digest nothing is shown");
    assert_eq!(
        approved.ok(),
        "review 4 is approved: home.hero classic in ja-JP\n"
    );
}

#[test]
fn a_no_needs_a_reason_and_an_approval_can_be_taken_back() {
    let place = shop();
    let bare = place.run_with("review reject 3 --data shop --login haruka", PASSWORD);
    assert_eq!((bare.code, &*bare.stdout), (2, ""));
    assert!(
        bare.stderr.ends_with("will ask [invalid]\n"),
        "{}",
        bare.stderr
    );
    let no = "review reject 3 --reason stiff --data shop --login haruka";
    let said = place.run_with(no, PASSWORD).ok();
    assert_eq!(
        said,
        "review 3 is rejected: home.hero warm in ja-JP; approvals still needed: 1\n"
    );
    place
        .run_with("review approve 2 --data shop --login haruka", PASSWORD)
        .ok();
    let back = "review revoke 2 --reason outdated --data shop --login haruka";
    let said = place.run_with(back, PASSWORD).ok();
    assert!(said.starts_with("review 2 is revoked"), "{said}");
    let decided = place.run("review list --state decided --data shop").ok();
    assert_eq!(decided.lines().count(), 3, "{decided}");
}

#[test]
fn author_operator_and_people_of_other_markets_are_refused() {
    let place = shop();
    let author = place.run_with("review approve 2 --data shop --login editor", PASSWORD);
    assert!(author.stderr.contains("[own-work]"), "{}", author.stderr);
    let foreign = place.run_with("review approve 2 --data shop --login jonas", PASSWORD);
    assert!(
        foreign.stderr.contains("[not-your-market]"),
        "{}",
        foreign.stderr
    );
    let operator = place.run("review approve 2 --data shop");
    assert!(
        operator.stderr.contains("[person-required]"),
        "{}",
        operator.stderr
    );
    for run in [author, foreign, operator] {
        assert_eq!((run.code, &*run.stdout), (1, ""));
    }
    assert_eq!(
        place.run("review show 99 --data shop").refused(1),
        "error: there is no review \"99\" [not-found]\n"
    );
}
