//! Whatever the content, the audit ends and points into the files.

use milieu_audit::{render, run};
use milieu_content::{Campaign, Input, Options};
use proptest::prelude::*;

use crate::content::settings;
use crate::knowledge::kb;

#[test]
fn hostile_content_is_audited_in_no_time() {
    let json = |part: &str| format!("{{\"k\": \"{}\"}}", part.repeat(10_000)).into_bytes();
    for (source, target) in [
        ("white ribbon ", "白リボン"),
        ("%s", "%d"),
        ("{a} ", "l'{a} ' "),
        ("%s 4 gift set, ", "%d 4ギフト、"),
        ("%s 4 4-4 £4 ", "%d 4個4ギフト"),
        ("%s red cross ", "%d赤十字マーク"),
    ] {
        let inputs = vec![
            Input::new("en.json", json(source)),
            Input::new("ja.json", json(target)),
        ];
        let options = Options {
            source_locale: Some("en".parse().unwrap()),
            ..Options::default()
        };
        let campaign = Campaign::read(inputs, &options);
        let report = run(&kb(), &campaign, &["ja-JP".parse().unwrap()], &settings());
        assert!(
            render::text(&report, &campaign).contains("error"),
            "{source}"
        );
    }
}

proptest! {
    #[test]
    fn any_content_gives_a_report_that_points_at_its_own_words(
        source in "([ a{}#%'.]|white|ribbon|count|, plural, |other |one |白い|リボン|İ|\u{ad}|4|88|gifts?|pack|red cross|icon|赤十字|個){0,24}",
        target in "([ a{}#%'.,:-]|white|ribbon|count|, plural, |other |one |白い|リボン|İ|\u{ad}|4|８|ギフト|パッケージ|赤十字|個){0,24}",
    ) {
        let json = |text: &str| serde_json::json!({ "k": text }).to_string().into_bytes();
        let inputs = vec![
            Input::new("en.json", json(&source)),
            Input::new("ja.json", json(&target)),
            Input::new("note.txt", source.clone().into_bytes()),
        ];
        let options = Options { source_locale: Some("en".parse().unwrap()), ..Options::default() };
        let campaign = Campaign::read(inputs, &options);
        let markets = ["ja-JP", "de-DE"].map(|market| market.parse().unwrap());
        let report = run(&kb(), &campaign, &markets, &settings());
        for finding in report.findings.iter().chain(&report.unsure) {
            let at = &finding.location;
            let bytes = &campaign.files[&at.file].text[at.byte_start..at.byte_end];
            prop_assert_eq!(bytes.replace("\\\\", "\\").replace("\\\"", "\""), at.text.as_str());
        }
        prop_assert!(render::text(&report, &campaign).ends_with("skipped\n"));
    }
}
