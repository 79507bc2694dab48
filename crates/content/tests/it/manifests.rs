//! A campaign.toml is read with its places, and told where it contradicts itself.

use milieu_content::{Campaign, Covers, Input, Options, Role};
use proptest::prelude::*;

const GOOD: &str = r#"[campaign]
name = "Autumn gifts"
source_locale = "en-US"
markets = ["ja-JP", "de-DE"]
channel = "email"
category = "homeware"
starts = 2026-11-20
ends = 2026-12-24
send_at = 2026-11-20T09:00:00

[files]
pattern = "{locale}/mail.md"

[[text]]
key = "subject"
role = "subject"
text = "A \u0067ift for her"
person = "Ada"

[[text]]
key = "subject"
locale = "ja-JP"
text = "贈り物"

[[asset]]
path = "hero.jpg"
role = "hero"
alt = "a red wall clock"
tags = ["clock", "gift"]

[[ignore]]
code = "NUM001"
markets = ["ja-JP"]
file = "ja-JP/mail.md"
key = "1"
until = 2027-03-31
reason = "a band's name"
"#;

fn read(manifest: &str) -> Campaign {
    let file = |path: &str, text: &str| Input::new(path, text.as_bytes().to_vec());
    let inputs = vec![
        file("autumn/campaign.toml", manifest),
        file("autumn/en-US/mail.md", "# Hello\n"),
        file("autumn/ja-JP/mail.md", "# やあ\n"),
        file("autumn/hero.jpg", ""),
    ];
    Campaign::read(inputs, &Options::default())
}

#[test]
fn every_fact_is_read_and_has_its_place() {
    let campaign = read(GOOD);
    assert!(campaign.skipped.is_empty(), "{:?}", campaign.skipped);
    let manifest = campaign.manifest.as_ref().unwrap();
    let place = |key: &str| {
        let declared = manifest.declared(key).expect(key);
        assert_eq!(declared.file, "autumn/campaign.toml");
        &GOOD[declared.bytes.clone()]
    };
    assert_eq!(place("campaign.starts"), "2026-11-20");
    assert_eq!(place("campaign.send_at"), "2026-11-20T09:00:00");
    assert_eq!(place("campaign.markets.1"), "de-DE");
    assert_eq!(place("campaign.category"), "homeware");
    assert_eq!(place("asset.0.tags.0"), "clock");
    assert_eq!(place("text.0.person"), "Ada");
    assert_eq!(campaign.days.unwrap().last.to_string(), "2026-12-24");
    assert_eq!(manifest.send_at.unwrap().hour, 9);
    let suppression = &campaign.suppressions[0];
    assert_eq!(suppression.within.as_deref(), Some("autumn/ja-JP/mail.md"));
    assert_eq!(suppression.covers, Covers::Key("1".to_owned()));
    assert!(suppression.covers_place("autumn/ja-JP/mail.md", &(0..1), Some("1.heading")));
    assert!(!suppression.covers_place("autumn/en-US/mail.md", &(0..1), Some("1.heading")));
}

#[test]
fn declared_texts_and_files_pair() {
    let campaign = read(GOOD);
    let pairs: Vec<_> = campaign
        .pairs()
        .into_iter()
        .map(|pair| format!("{} <- {}", pair.target.text, pair.source.text))
        .collect();
    assert_eq!(pairs, ["贈り物 <- A gift for her", "やあ <- Hello"]);
    let subject = &campaign.passages[0];
    assert_eq!(subject.role, Role::Subject);
    assert_eq!(&GOOD[subject.bytes(2..6)], "\\u0067ift");
    let alt = &campaign.passages[2];
    assert_eq!(
        (alt.role, alt.text.as_str()),
        (Role::Alt, "a red wall clock")
    );
    let seen = campaign.passages_for(&"ja-JP".parse().unwrap());
    assert!(seen.iter().all(|passage| passage.text != "Hello"));
    assert!(seen.iter().any(|passage| passage.role == Role::Alt));
}

#[test]
fn what_contradicts_itself_is_told_with_its_place_and_the_rest_is_used() {
    let cases = [
        ("ends = 2026-12-24", "ends = 2026-10-24"),
        ("ends = 2026-12-24", "ends = \"Christmas\""),
        ("T09:00:00", "T09:00:00Z"),
        ("2026-11-20T09", "2026-12-25T09"),
        ("locale = \"ja-JP\"", "locale = \"en-US\""),
        ("\"hero.jpg\"", "\"../hero.jpg\""),
        ("\"hero.jpg\"", "\"missing.jpg\""),
        ("\"de-DE\"", "\"ja-JP\""),
        ("\"de-DE\"", "\"Germany\""),
        ("\"email\"", "\"pigeon\""),
        ("\"homeware\"", "\"Home ware\""),
        ("= \"en-US\"", "= \"fr-FR\""),
        ("{locale}/mail.md", "mail.md"),
        ("{locale}/mail.md", "{locale}.json"),
        ("category", "catgory"),
        ("role = \"subject\"", "role = \"sub\""),
        ("reason = \"a band's name\"", ""),
        ("file = \"ja-JP/mail.md\"", "file = \"ja-JP.md\""),
        ("code = \"NUM001\"", "code = \"numbers\""),
        ("key = \"subject\"\nrole", "role"),
        ("markets = [\"ja-JP\", \"de-DE\"]", "markets = \"ja-JP\""),
        ("name = \"Autumn gifts\"", "name = \"Autumn gifts"),
        ("name = ", "name = \"x\"\nname = "),
    ];
    let mut told = Vec::new();
    for (good, bad) in cases {
        assert!(GOOD.contains(good), "{good}");
        let campaign = read(&GOOD.replacen(good, bad, 1));
        assert!(!campaign.skipped.is_empty(), "{bad}");
        assert!(campaign.passages.iter().any(|p| p.text == "やあ"), "{bad}");
        for skipped in &campaign.skipped {
            told.push(format!("{}\n    {skipped}", bad.replace('\n', " ")));
        }
    }
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_folder_with_a_manifest_is_one_campaign_and_the_rest_another() {
    let file = |path: &str, text: &str| Input::new(path, text.as_bytes().to_vec());
    let inputs = vec![
        file("a/campaign.toml", "[campaign]\nmarkets = [\"ja-JP\"]\n"),
        file("a/en-US.json", "{\"x\": \"X\"}"),
        file("a/b/campaign.toml", "[campaign]\nmarkets = [\"de-DE\"]\n"),
        file("a/b/deep/note.txt", "Note."),
        file("c/loose.txt", "Loose."),
        file("acampaign.toml", "x = 1"),
    ];
    let read: Vec<_> = Campaign::read_all(inputs, &Options::default())
        .into_iter()
        .map(|campaign| {
            let of = campaign.manifest.map_or("none".to_owned(), |m| m.file);
            let texts: Vec<_> = campaign.passages.into_iter().map(|p| p.text).collect();
            (of, texts.join(" "))
        })
        .collect();
    let wanted = [
        ("a/campaign.toml", "X"),
        ("a/b/campaign.toml", "Note."),
        ("none", "Loose."),
    ];
    assert_eq!(
        read,
        wanted.map(|(of, text)| (of.to_owned(), text.to_owned()))
    );
}

#[test]
fn hostile_manifests_end_soon() {
    for text in [
        "a = ".to_owned() + &"[".repeat(200_000),
        "[[text]]\n".repeat(20_000),
        "\0".repeat(9),
        "[campaign]\nmarkets = [".to_owned() + &"\"ja-JP\",".repeat(50_000) + "]",
        "x".repeat(2 << 20),
        "[a.".repeat(100_000),
    ] {
        assert!(!read(&text).skipped.is_empty());
    }
}

proptest! {
    #[test]
    fn no_manifest_makes_it_panic(text in "(\\PC|\n|\\[\\[text\\]\\]|key = |text = |\"){0,80}") {
        drop(read(&text));
    }
}
