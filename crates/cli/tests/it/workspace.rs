//! Commands on a data folder: set up, fill, read.

use serde_json::Value;

use crate::program::{PASSWORD, Place};

#[test]
fn a_workspace_is_begun_and_shown() {
    let place = Place::with_shop();
    insta::assert_snapshot!(place.run("workspace show --data shop").ok(), @r"
    Shop
    MARKET  HOLDOUT
    de-DE    10.0 %
    ja-JP    10.0 %
    ");
    insta::assert_snapshot!(place.run("user list --data shop").ok(), @r"
    NAME    SEEN AS  ACTIVE  ROLES
    editor  editor   yes     editor reviewer
    haruka  haruka   yes     reviewer:ja-JP
    jonas   jonas    yes     reviewer:de-DE
    owner   owner    yes     owner
    ");
}

#[test]
fn slots_are_applied_by_a_person_and_listed() {
    let place = Place::with_shop();
    let refused = place.run("slot apply slots.toml --data shop").refused(1);
    let who = "error: only a person may do this: say who with --login NAME [person-required]\n";
    assert_eq!(refused, who);
    let applied = place.run_with("slot apply slots.toml --data shop --login editor", PASSWORD);
    insta::assert_snapshot!(applied.ok(), @r"
    1 slot applied: home.hero
    3 renderings to review, 0 unchanged, 0 retired
    next: somebody local approves them, see milieu review list
    ");
    insta::assert_snapshot!(place.run("slot list --data shop").ok(), @r"
    SLOT       TYPE    GOAL   STATUS   LIVE IN  WAITING IN   VARIANTS
    home.hero  object  click  waiting  -        de-DE ja-JP  classic* warm
    * the generic baseline
    ");
    let json = place.run("slot list --data shop --format json").ok();
    let list: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(list["items"][0]["key"], "home.hero");
    assert_eq!(list["next_cursor"], Value::Null);
}

#[test]
fn a_person_can_be_named_for_one_command() {
    let place = Place::with_shop();
    let line = "whoami --data shop --login haruka --format json";
    let who: Value = serde_json::from_str(&place.run_with(line, PASSWORD).ok()).unwrap();
    assert_eq!(who["user"]["name"], "haruka");
    assert_eq!(who.get("token"), None);
    let operator = place.run("whoami --data shop").ok();
    assert!(operator.starts_with("the operator of shop:"), "{operator}");
    let wrong = place.run_with("whoami --data shop --login haruka", "not this one");
    let said = "error: name and password do not match [bad-credentials]\n";
    assert_eq!(wrong.refused(2), said);
}

#[test]
fn a_broken_slot_file_is_told_with_its_place() {
    let place = Place::with_shop();
    let slots = crate::program::SLOTS.replace("\"object\"", "\"blob\"");
    place.write("broken.toml", slots);
    let run = place.run_with(
        "slot apply broken.toml --data shop --login editor",
        PASSWORD,
    );
    insta::assert_snapshot!(run.refused(2), @r"error: broken.toml:4:8: unknown variant `blob`, expected one of `string`, `boolean`, `integer`, `float`, `object` (see docs/slots.md for every field and its values) [slot-file]");
    let missing = place.run_with("slot apply no.toml --data shop --login editor", PASSWORD);
    assert!(
        missing
            .refused(2)
            .starts_with("error: cannot read no.toml: No such file")
    );
}

#[test]
fn keys_are_made_listed_and_withdrawn() {
    let place = Place::with_shop();
    let key = place.run("key make server --label till --data shop").ok();
    assert!(key.starts_with("mil_server_"), "{key}");
    let list = place.run("key list --data shop").ok();
    let id = list
        .lines()
        .nth(1)
        .unwrap()
        .split_whitespace()
        .next()
        .unwrap()
        .to_owned();
    assert!(
        id.starts_with("server-") && !list.contains(key.trim()),
        "{list}"
    );
    place.run(&format!("key revoke {id} --data shop")).ok();
    let again = place
        .run(&format!("key revoke {id} --data shop"))
        .refused(1);
    assert_eq!(
        again,
        format!("error: there is no valid key \"{id}\" [not-found]\n")
    );
}

#[test]
fn quiet_mode_is_switched_and_listed() {
    let place = Place::with_shop();
    place
        .run("quiet on JP --reason mourning --until 2099-01-01T00:00:00+09:00 --data shop")
        .ok();
    let list = place.run("quiet list --data shop").ok();
    let line = list.lines().nth(1).unwrap();
    assert!(
        line.starts_with("JP ") && line.ends_with("2098-12-31T15:00:00Z  operator  mourning"),
        "{line}"
    );
    place.run("quiet off JP --data shop").ok();
    let list = place.run("quiet list --data shop");
    assert_eq!(
        (&*list.stdout, &*list.stderr),
        ("", "quiet mode is on nowhere\n")
    );
    let foreign = place.run("quiet on BR --reason x --data shop").refused(2);
    assert_eq!(
        foreign,
        "error: BR covers no market of this workspace [invalid]\n"
    );
}

#[test]
fn a_report_of_a_new_slot_says_that_it_is_too_early() {
    let place = Place::with_shop();
    place
        .run_with("slot apply slots.toml --data shop --login editor", PASSWORD)
        .ok();
    for review in 2..=3 {
        let line = format!("review approve {review} --data shop --login haruka");
        place.run_with(&line, PASSWORD).ok();
    }
    insta::assert_snapshot!(place.run("report ctr home.hero --data shop").ok());
    let json = place
        .run("report ctr home.hero --data shop --format json")
        .ok();
    let report: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(report["overall"]["difference"]["estimate"], Value::Null);
}

#[test]
fn the_trail_is_read_whole_and_verified() {
    let place = Place::with_shop();
    let list = place.run("trail list --data shop").ok();
    assert_eq!(list.lines().count(), 6, "{list}");
    let later: Value = serde_json::from_str(
        &place
            .run("trail list --after 4 --data shop --format json")
            .ok(),
    )
    .unwrap();
    assert_eq!(later["items"].as_array().unwrap().len(), 1);
    let whole = place.run("trail verify --data shop").ok();
    assert!(
        whole.starts_with("the trail is whole: 5 entries, last hash "),
        "{whole}"
    );
}
