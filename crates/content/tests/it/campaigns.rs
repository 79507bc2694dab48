//! Campaigns know which file translates which, and who reads what.

use milieu_content::{Campaign, Input, Options, SkippedBecause};

fn campaign(source: Option<&str>, files: &[(&str, &str)]) -> Campaign {
    let inputs = files
        .iter()
        .map(|(path, text)| Input::new(*path, text.as_bytes().to_vec()))
        .collect();
    let options = Options {
        source_locale: source.map(|locale| locale.parse().unwrap()),
        ..Options::default()
    };
    Campaign::read(inputs, &options)
}

fn seen(campaign: &Campaign, market: &str) -> Vec<String> {
    campaign
        .passages_for(&market.parse().unwrap())
        .into_iter()
        .map(|passage| passage.id.clone())
        .collect()
}

#[test]
fn files_named_by_locale_pair_by_key_within_a_folder() {
    let campaign = campaign(
        Some("en-US"),
        &[
            ("a/ja.json", r#"{"x": "エックス", "only": "日"}"#),
            ("a/en-US.json", r#"{"x": "X", "y": "Y"}"#),
            ("b/ja.json", r#"{"x": "べつ"}"#),
        ],
    );
    let pairs: Vec<_> = campaign
        .pairs()
        .into_iter()
        .map(|pair| format!("{} <- {}", pair.target.id, pair.source.id))
        .collect();
    assert_eq!(pairs, ["a/ja.json#x <- a/en-US.json#x"]);
}

#[test]
fn source_text_stands_in_where_a_translation_is_missing() {
    let campaign = campaign(
        Some("en"),
        &[
            ("en.json", r#"{"x": "X", "y": "Y"}"#),
            ("de.json", r#"{"x": "IX"}"#),
            ("note.txt", "A note."),
        ],
    );
    assert_eq!(
        seen(&campaign, "de-DE"),
        ["en.json#y", "de.json#x", "note.txt#1"]
    );
    assert_eq!(
        seen(&campaign, "ja-JP"),
        ["en.json#x", "en.json#y", "note.txt#1"]
    );
}

#[test]
fn without_a_source_locale_every_file_is_meant_for_every_market() {
    let campaign = campaign(
        None,
        &[("de.json", r#"{"x": "IX"}"#), ("app.json", r#"["Y"]"#)],
    );
    assert_eq!(seen(&campaign, "ja-JP").len(), 2);
    assert!(campaign.passages[1].locale.is_none(), "app is no language");
}

#[test]
fn a_format_without_reader_is_said_so() {
    let campaign = campaign(None, &[("hero.psd", "x")]);
    assert_eq!(campaign.skipped[0].because, SkippedBecause::UnknownFormat);
}
