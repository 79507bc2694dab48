//! Broken packs: each mistake says file, line, column, value and next step.

use milieu_culture::pack::{self, MAX_BYTES, PackError, PackFile};

const TERRITORY: &str = r#"[territory]
id = "JP"
name = "Japan"
currency = "JPY"
reference_zone = "Asia/Tokyo"
source = "Unicode CLDR 48"
"#;

const LANGUAGE: &str = r#"[language]
id = "ja"
name = "Japanese"
native_name = "日本語"
direction = "ltr"
plurals = ["other"]
source = "Unicode CLDR 48"
[lexicon]
"colour/white" = ["白"]
"object/envelope" = ["封筒"]
"#;

const FOLKLORE: &str = r#"[[folklore]]
name = "Chevrolet Nova"
words = ["chevrolet", "nova"]
why = "the car sold well"
"#;

/// A sound market file; line 15 is the context, lines 17 to 24 the source.
const MARKET: &str = r#"[market]
id = "ja-JP"

[[claim]]
id = "jp.colour.white"
facet = "colour"
key = "white"
statement = "Many readers associate white envelopes with condolence."
kind = "practitioner"
strength = 2
expires = "2031-11-24"

[claim.scope]
markets = ["ja-JP"]
context = ["object/envelope"]

[[claim.evidence]]
title = "Envelopes"
publisher = "Funeral hall"
date = "undated page"
locator = "example.org"
read = "text"
seen = "Plain white envelopes."
"#;

pub(crate) fn base_files() -> Vec<PackFile> {
    [
        ("territories/JP.toml", TERRITORY),
        ("languages/ja.toml", LANGUAGE),
        ("topics/folklore.toml", FOLKLORE),
    ]
    .map(|(name, text)| pack::parse(name, text).unwrap())
    .to_vec()
}

/// Parses and merges a market file with what it needs around it.
fn errors(market: &str) -> Vec<PackError> {
    let file = match pack::parse("markets/ja-JP.toml", market) {
        Ok(file) => file,
        Err(error) => return vec![error],
    };
    let mut files = base_files();
    files.push(file);
    pack::merge("test", &files).err().unwrap_or_default()
}

/// Swaps one piece of the sound file and expects exactly one mistake.
fn error(from: &str, to: &str) -> PackError {
    assert!(MARKET.contains(from), "{from}");
    let mut errors = errors(&MARKET.replacen(from, to, 1));
    assert_eq!(errors.len(), 1, "{errors:#?}");
    errors.remove(0)
}

#[test]
fn the_sound_file_is_sound() {
    assert_eq!(errors(MARKET), []);
}

#[test]
fn each_mistake_names_its_place_value_and_next_step() {
    let cases = [
        ("\"colour\"", "\"color\""),
        ("\"white\"", "\"bone\""),
        ("jp.colour.white", "White!"),
        ("[\"object/envelope\"]", "[]"),
        ("object/envelope", "object/kimono"),
        ("object/envelope", "envelope"),
        ("markets = [\"ja-JP\"]", "territories = [\"ZZ\"]"),
        ("markets = [\"ja-JP\"]", "languages = [\"xx\"]"),
        ("markets = [\"ja-JP\"]", "markets = [\"xx-ZZ\"]"),
        ("markets = [\"ja-JP\"]\n", ""),
        ("Many readers associate", "The Japanese believe"),
        (
            "\"Plain white envelopes.\"",
            "\"As with the Chevrolet Nova.\"",
        ),
        ("\"Plain white envelopes.\"", "\" \""),
        (
            "\"Plain white envelopes.\"",
            "\"Seen.\"\ndirection = \"contradicts\"",
        ),
        ("\"practitioner\"", "\"law\""),
        ("\"practitioner\"", "\"rumour\""),
        ("expires = \"2031-11-24\"\n", ""),
        ("2031-11-24", "2031-13-24"),
        ("strength = 2", "strength = 7"),
        ("strength = 2", "strenght = 2"),
        ("read = \"text\"\n", ""),
        ("id = \"ja-JP\"", "id = \"Japan\""),
        ("id = \"ja-JP\"", "id = \"ja-US\""),
        ("[market]", "[market"),
    ];
    let mut lines = Vec::new();
    for (from, to) in cases {
        let found = if to.contains("ja-US") {
            errors(&MARKET.replacen(from, to, 1)).remove(0)
        } else {
            error(from, to)
        };
        assert_eq!(found.file, "markets/ja-JP.toml");
        lines.push(format!(
            "{}:{}: {}\n  hint: {}",
            found.line, found.column, found.message, found.hint
        ));
    }
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn a_claim_without_evidence_is_refused() {
    let bare = MARKET.split("[[claim.evidence]]").next().unwrap();
    let errors = errors(bare);
    assert_eq!(errors.len(), 1);
    assert!(errors[0].message.contains("missing field `evidence`"));
    assert!(errors[0].hint.contains("[[claim.evidence]]"));
}

#[test]
fn an_id_stands_once() {
    let claim = MARKET.split("[[claim]]").nth(1).unwrap();
    let errors = errors(&format!("{MARKET}\n[[claim]]{claim}"));
    assert_eq!(errors.len(), 1, "{errors:#?}");
    assert_eq!(errors[0].line, 26);
    assert!(
        errors[0]
            .message
            .contains("already stands in markets/ja-JP.toml")
    );
}

#[test]
fn a_territory_stands_once_and_in_a_file_of_its_name() {
    let mut files = base_files();
    files.push(pack::parse("territories/XX.toml", TERRITORY).unwrap());
    let errors = pack::merge("test", &files).unwrap_err();
    let messages: Vec<&str> = errors.iter().map(|e| e.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "the file describes territory \"JP\" but is named \"XX.toml\"",
            "territory \"JP\" is described twice",
        ]
    );
}

#[test]
fn columns_count_characters_not_bytes() {
    let text = LANGUAGE.replace("[\"白\"]", "[\"白\", \"白\"]");
    let file = pack::parse("languages/ja.toml", &text).unwrap();
    let errors = pack::merge("test", &[file]).unwrap_err();
    assert_eq!((errors[0].line, errors[0].column), (9, 24));
}

#[test]
fn all_mistakes_are_reported_at_once() {
    let text = MARKET
        .replacen("\"colour\"", "\"color\"", 1)
        .replacen("ja-JP\"]", "xx-ZZ\"]", 1);
    assert_eq!(errors(&text).len(), 2);
}

#[test]
fn a_file_beyond_the_limits_is_refused_unread() {
    let error = pack::parse("markets/big.toml", &"#".repeat(MAX_BYTES + 1)).unwrap_err();
    assert!(error.message.contains("are more than"), "{error}");
}

proptest::proptest! {
    #[test]
    fn no_text_makes_the_parser_panic(text in "\\PC{0,200}") {
        let _error = pack::parse("markets/x.toml", &text).err();
    }
}
