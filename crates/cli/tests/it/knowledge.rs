//! `milieu explain`, `market` and `claim`, and the help.

use serde_json::Value;

use crate::program::{Place, without_numbers};

fn json(line: &str) -> Value {
    serde_json::from_str(&Place::new().run(line).ok()).unwrap()
}

#[test]
fn the_help_names_every_command() {
    insta::assert_snapshot!(Place::new().run("--help").ok());
}

#[test]
fn a_rule_is_explained_by_code_or_name() {
    let place = Place::new();
    let page = place.run("explain FMT001").ok();
    assert_eq!(place.run("explain placeholder-parity").ok(), page);
    let head: Vec<&str> = page.lines().take(5).collect();
    insta::assert_snapshot!(head.join("\n"), @r"
    # FMT001 placeholder-parity

    Flags a translation whose placeholders or plurals differ from its source.

    ## What it flags
    ");
    let page = json("explain col001 --format json");
    assert_eq!(
        (&page["code"], &page["name"]),
        (&"COL001".into(), &"mourning-colour".into())
    );
}

#[test]
fn markets_are_listed_with_what_is_known_of_them() {
    let list = without_numbers(&Place::new().run("market list").ok());
    let lines = list
        .lines()
        .filter(|line| line.starts_with("MARKET") || line.starts_with("ja-JP"));
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @r"
    MARKET TERRITORY LANGUAGE CURRENCY CLAIMS SOURCE OPENED CONFIRMED
    ja-JP Japan Japanese (日本語) JPY # # #
    ");
    let listed = json("market list --format json");
    let japan = listed
        .as_array()
        .unwrap()
        .iter()
        .find(|market| market["id"] == "ja-JP")
        .unwrap();
    assert_eq!(japan["currency"], "JPY");
    assert!(0 < japan["coverage"]["claims"].as_u64().unwrap());
}

#[test]
fn a_market_is_shown_with_what_is_not_known_of_it() {
    let page = Place::new().run("market show ja-JP --from 2026-11-25").ok();
    let (head, rest) = page.split_once("\nComing").unwrap();
    let (calendar, claims) = rest.split_once("\nClaims").unwrap();
    insta::assert_snapshot!(without_numbers(head), @r"
    ja-JP: Japanese in Japan
     language 日本語 (ja), ltr, plurals: other
     territory JPY, Asia/Tokyo
     formats week begins: sun, hours: h#
     unknown channels, scores of frameworks
     coverage # claims: source opened #, abstract #, quoted elsewhere #, not yet opened #; confirmed in this market #
    ");
    assert!(calendar.contains("Obon (お盆)"), "{calendar}");
    assert!(claims.contains("\n  colour\n    jp.colour."), "{claims}");
}

#[test]
fn a_calendar_is_shown_in_three_forms() {
    let asked = "calendar show -m ar-SA --from 2027-02-01 --to 2027-03-31";
    insta::assert_snapshot!(Place::new().run(asked).ok(), @r"
    FROM        TO          TONE     OBSERVANCE                        ID
    2027-02-08  2027-03-08  fasting  Ramadan (رمضان) (±1 day)          islamic.calendar.ramadan
    2027-03-09  2027-03-11  festive  Eid al-Fitr (عيد الفطر) (±1 day)  islamic.calendar.eid-al-fitr
    ");
    let days = json(&format!("{asked} --format json"));
    assert_eq!(days[0]["earliest"], "2027-02-07");
    assert_eq!(days[1]["tone"], "festive");
    let file = Place::new().run(&format!("{asked} --format ics")).ok();
    assert_eq!(file.matches("BEGIN:VEVENT").count(), 2);
}

#[test]
fn a_market_has_the_shape_that_was_promised() {
    for (id, language) in [("ja_jp", "ja".into()), ("JP", Value::Null)] {
        let market = json(&format!("market show {id} --format json"));
        assert_eq!(market["territory"]["id"], "JP");
        assert_eq!(market["language"]["id"], language);
        let scores = market["frameworks"]["hofstede"].as_object().unwrap();
        let mut names: Vec<&str> = scores.keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["edition", "idv", "ivr", "lto", "mas", "pdi", "uai"]);
        assert!(
            market["claims"]["colour"]
                .as_array()
                .unwrap()
                .contains(&"jp.colour.white-condolence".into())
        );
        for key in ["formats", "calendar", "channels", "coverage"] {
            assert!(market.get(key).is_some(), "{key}");
        }
    }
}

#[test]
fn claims_are_listed_with_their_grades() {
    let place = Place::new();
    let list = place
        .run("claim list -m ja-JP --facet colour --as-of 2026-11-24")
        .ok();
    insta::assert_snapshot!(list);
    let all = json("claim list -m ja-JP --format json");
    let first = &all.as_array().unwrap()[0];
    assert!(first["grading"]["grade"].is_string() && first["evidence"].is_array());
}

#[test]
fn a_claim_is_shown_with_its_evidence() {
    let place = Place::new();
    insta::assert_snapshot!(
        place
            .run("claim show jp.law.price-includes-tax --as-of 2026-11-24")
            .ok()
    );
    let later = place
        .run("claim show jp.law.price-includes-tax --as-of 2099-01-01")
        .ok();
    assert!(later.contains("(passed: to be checked again)"), "{later}");
}

#[test]
fn what_is_not_known_is_said_with_what_is() {
    let place = Place::new();
    let cases = [
        (
            "explain XYZ999",
            1,
            "there is no rule \"XYZ999\": the rules are COL001 mourning-colour,",
        ),
        (
            "market show xx-XX",
            1,
            "nothing is known about \"xx-XX\": known markets are ar-SA, de-CH, de-DE,",
        ),
        (
            "market show Atlantis",
            1,
            "nothing is known about \"Atlantis\": known markets are",
        ),
        (
            "claim list -m vi-VN",
            1,
            "nothing is known about \"vi-VN\": known markets are",
        ),
        (
            "claim list -m ja-JP --facet smell",
            2,
            "there is no facet \"smell\": the facets are animal,",
        ),
        (
            "claim show jp.colour.white",
            1,
            "near it are jp.colour.white-condolence",
        ),
        (
            "claim show q",
            1,
            "there is no claim \"q\": see milieu claim list -m MARKET",
        ),
    ];
    for (line, code, said) in cases {
        let stderr = place.run(line).refused(code);
        assert!(
            stderr.starts_with("error: ") && stderr.contains(said),
            "{line}: {stderr}"
        );
    }
}

#[test]
fn shells_can_complete_commands() {
    let script = Place::new().run("completions bash").ok();
    assert!(script.contains("_milieu()") && script.contains("market"));
}
