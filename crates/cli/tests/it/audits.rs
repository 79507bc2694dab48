//! `milieu audit`: what people and scripts get for files, folders and stdin.

use serde_json::Value;

use crate::program::{Place, first_line_of};

fn shop() -> Place {
    let place = Place::new();
    place.write(
        "mail/en-US.json",
        r#"{"subject": "{name}, a gift", "wrap": "White gift wrap"}"#,
    );
    place.write(
        "mail/ja-JP.json",
        r#"{"subject": "贈り物", "wrap": "白いリボンのギフト"}"#,
    );
    place.write(
        "mail/de-DE.json",
        r#"{"subject": "{name}, ein Geschenk", "wrap": "Weiß"}"#,
    );
    place.write("mail/logo.txt", b"GIF\0\x01");
    place.write("mail/photo.jpg", b"\xff\xd8");
    place
}

const AUDIT: &str = "audit mail -m ja-JP,de-DE --locale en-US --dates 2026-11-24..2026-12-24";

#[test]
fn a_folder_is_audited_for_people() {
    let run = shop().run(AUDIT);
    assert_eq!(run.code, 1, "a lost placeholder is an error");
    assert_eq!(run.stderr, "");
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn a_folder_is_audited_for_programs() {
    let run = shop().run(&format!("{AUDIT} --format json"));
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn what_lies_in_a_folder_and_cannot_be_read_does_not_stop_the_others() {
    let place = shop();
    let socket = place.path().join("mail/door.txt");
    let _door = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let run = place.run(&format!("{AUDIT} --format json"));
    assert_eq!(run.code, 1, "the findings of the others");
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let skipped = report["skipped"].as_array().unwrap();
    let door = skipped
        .iter()
        .find(|skip| skip["subject"] == "mail/door.txt");
    assert_eq!(
        door.expect("it is told")["reason"],
        "it is neither a file nor a folder",
        "{skipped:?}"
    );
    let named = place.run("audit mail/door.txt -m ja-JP").refused(2);
    assert!(
        named.starts_with("error: cannot read mail/door.txt: "),
        "{named}"
    );
}

#[test]
fn what_is_not_text_is_skipped_and_said() {
    let place = shop();
    let run = place.run("audit mail/logo.txt mail/photo.jpg -m ja-JP --format json");
    let report: Value = serde_json::from_str(&run.ok()).unwrap();
    let skipped = report["skipped"].as_array().unwrap();
    let reasons: Vec<&str> = skipped
        .iter()
        .map(|skip| skip["reason"].as_str().unwrap())
        .collect();
    assert!(
        reasons[0].contains("is not text: byte 3 is NUL"),
        "{reasons:?}"
    );
    assert!(
        reasons[1].contains("a .jpg picture is not looked at"),
        "{reasons:?}"
    );
}

#[test]
fn the_threshold_decides_the_exit_code() {
    let place = Place::new();
    let audit = |fail_on: &str, text: &str| {
        let line = format!("audit - -m ja-JP --locale en-US --dates 2026-11-24 {fail_on}");
        place.run_with(&line, text).code
    };
    let info = "Each gift in a white envelope.";
    assert_eq!(audit("", info), 0);
    assert_eq!(audit("--fail-on warning", info), 0);
    assert_eq!(audit("--fail-on info", info), 1);
    assert_eq!(audit("--fail-on never", info), 0);
    assert_eq!(audit("--fail-on info", "Each gift in an envelope."), 0);
    assert_eq!(shop().run(&format!("{AUDIT} --fail-on never")).code, 0);
}

#[test]
fn stdin_is_audited_once() {
    let place = Place::new();
    let text = "Each gift in a white envelope.";
    let run = place.run_with("audit - -m ja-JP --locale en-US --dates 2026-11-24", text);
    assert!(
        run.stdout.starts_with("-:1:16: info COL001"),
        "{}",
        run.stdout
    );
    let twice = place.run_with("audit - - -m ja-JP", text).refused(2);
    assert_eq!(twice, "error: \"-\" stands twice: stdin can be read once\n");
}

#[test]
fn a_claim_that_ends_during_the_campaign_is_named() {
    let place = Place::new();
    let audit = "audit - -m ja-JP --locale en-US --dates 2031-11-20..2031-12-20";
    let run = place.run_with(audit, "Each gift in a white envelope.");
    let note = "note: jp.colour.white-condolence holds until 2031-11-24, before the campaign ends";
    assert!(run.stderr.contains(note), "{}", run.stderr);
}

#[test]
fn an_unknown_market_is_audited_as_far_as_can_be() {
    let place = Place::new();
    let run = place.run_with("audit - -m vi-VN --locale en-US", "A page.");
    let said = "vi-VN: skipped: nothing is known about this market";
    assert!(run.stdout.contains(said), "{}", run.stdout);
    assert_eq!(run.code, 0);
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let place = Place::new();
    let cases = [
        (
            "audit nowhere -m ja-JP",
            "error: cannot read nowhere: No such file",
        ),
        (
            "audit - -m Japan",
            "\"Japan\" is not a market: use language and territory",
        ),
        (
            "audit - -m ja-JP --dates 2026-12-02..2026-12-01",
            "2026-12-01 is before 2026-12-02",
        ),
        (
            "audit - -m ja-JP --dates soon",
            "\"soon\" is not a date: use 2026-12-31",
        ),
        ("audit -", "no market is named for -: give markets"),
    ];
    for (line, said) in cases {
        let stderr = place.run(line).refused(2);
        assert!(stderr.contains(said), "{line}: {stderr}");
    }
}

#[test]
fn a_reader_that_has_seen_enough_ends_it_quietly() {
    let place = Place::new();
    let line = "Each gift in a white envelope.\n\n".repeat(5_000);
    place.write("mail.txt", line);
    let audit = place.command("audit mail.txt -m ja-JP --locale en-US --dates 2026-11-24");
    let (first, run) = first_line_of(audit);
    assert!(first.starts_with("mail.txt:1:16: info"), "{first}");
    assert_eq!((run.code, &*run.stderr), (0, ""));
}

#[test]
fn a_report_is_written_in_the_formats_of_other_programs() {
    let place = shop();
    let report = |format: &str| {
        let run = place.run(&format!("{AUDIT} --format {format}"));
        assert_eq!(run.code, 1, "{format}: {}", run.stderr);
        run.stdout
    };
    let sarif: Value = serde_json::from_str(&report("sarif")).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    for format in ["jsonl", "rdjsonl"] {
        for line in report(format).lines() {
            serde_json::from_str::<Value>(line).unwrap();
        }
    }
    assert!(report("junit").starts_with("<?xml version=\"1.0\""));
    assert!(report("github").starts_with("::error file=mail/ja-JP.json,line=1,"));
    assert!(report("html").starts_with("<!doctype html>"));
}

#[test]
fn what_fails_in_junit_is_what_fails_the_run() {
    let place = shop();
    let failures = |fail_on: &str| {
        let run = place.run(&format!("{AUDIT} --format junit --fail-on {fail_on}"));
        (run.code, run.stdout.matches("<failure").count())
    };
    assert_eq!(failures("error"), (1, 1));
    assert_eq!(failures("info"), (1, 2));
    assert_eq!(failures("never"), (0, 0));
}

#[test]
fn colours_are_for_terminals_and_for_those_who_ask() {
    let place = shop();
    let coloured = |settings: &[(&str, &str)]| {
        let mut command = place.command(AUDIT);
        command.envs(settings.iter().copied());
        let out = command.output().unwrap().stdout;
        String::from_utf8(out).unwrap().contains('\u{1b}')
    };
    assert!(!coloured(&[]), "a pipe is no terminal");
    assert!(coloured(&[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}
