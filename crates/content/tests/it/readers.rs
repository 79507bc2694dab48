//! Readers keep every byte's place and survive any input.

use milieu_content::format::{Limits, Reading, json, plain};
use milieu_content::{Campaign, Input, Options, SkippedBecause};
use proptest::prelude::*;

fn read_json(text: &str) -> Reading {
    json::read("m.json", text.as_bytes(), None, &Limits::default())
}

/// Returns place, message and hint of the one thing that was skipped.
fn complaint(text: &str) -> String {
    let reading = read_json(text);
    assert_eq!(reading.passages.len(), 0, "{text}");
    assert_eq!(reading.skipped.len(), 1, "{text}");
    reading.skipped[0].to_string()
}

#[test]
fn keys_lead_to_strings_through_objects_and_arrays() {
    let text = r#"{"cart": {"title": "Cart", "n": 3, "on": true, "none": null},
        "steps": ["One", "", {"cta": "Go"}], "flat.key": "F"}"#;
    let found: Vec<_> = read_json(text)
        .passages
        .into_iter()
        .map(|passage| (passage.key.unwrap(), passage.text))
        .collect();
    let expected = [
        ("cart.title", "Cart"),
        ("steps.0", "One"),
        ("steps.2.cta", "Go"),
        ("flat.key", "F"),
    ];
    assert_eq!(found, expected.map(|(k, t)| (k.to_owned(), t.to_owned())));
}

#[test]
fn every_error_says_where_and_what_next() {
    let complaints: Vec<_> = [
        "{\"a\": \"x\",\n}",
        "{\"a\": \"白\" \"b\": 1}",
        "{'a': 1}",
        "{\"a\": \"x\\q\"}",
        "{\"a\": \"\\ud83c\"}",
        "{\"a\": \"\\ud83c\\u0041\"}",
        "{\"a\": \"\\u00g1\"}",
        "{\"a\": \"x\ny\"}",
        "{\"a\": \"x",
        "{\"a\": 1} x",
        "// words\n{}",
        "{\"a\": 1-2}",
        "",
    ]
    .into_iter()
    .map(complaint)
    .collect();
    insta::assert_snapshot!(complaints.join("\n"));
}

#[test]
fn a_key_said_twice_keeps_the_later_and_reports_the_earlier() {
    let reading = read_json("{\n\"a\": \"one\", \"a\": \"two\"}");
    assert_eq!(reading.passages.len(), 1);
    assert_eq!(reading.passages[0].text, "two");
    assert_eq!(reading.skipped[0].place, Some((2, 6)));
    assert_eq!(reading.skipped[0].because, SkippedBecause::Duplicate);
}

#[test]
fn what_is_no_text_is_refused_with_its_reason() {
    let limits = Limits {
        bytes: 10,
        ..Limits::default()
    };
    let because = |bytes: &[u8]| {
        let reading = plain::read("f.txt", bytes, None, &limits);
        assert!(reading.passages.is_empty());
        reading.skipped[0].because
    };
    assert_eq!(because(b"\x89PNG\0"), SkippedBecause::Binary);
    assert_eq!(because(b"caf\xe9"), SkippedBecause::Encoding);
    assert_eq!(because(b"\xff\xfea\0"), SkippedBecause::Encoding);
    assert_eq!(because(b"0123456789a"), SkippedBecause::TooLarge);
}

#[test]
fn depth_and_count_have_limits() {
    let deep = "[".repeat(200_000);
    let reading = read_json(&deep);
    assert_eq!(reading.skipped[0].because, SkippedBecause::TooLarge);
    let limits = Limits {
        passages: 2,
        ..Limits::default()
    };
    let many = json::read("m.json", br#"["a", "b", "c"]"#, None, &limits);
    assert_eq!(many.skipped[0].because, SkippedBecause::TooLarge);
    let paragraphs = plain::read("f.txt", b"a\n\nb\n\nc", None, &limits);
    assert_eq!(paragraphs.passages.len(), 2);
    assert_eq!(paragraphs.skipped[0].place, Some((5, 1)));
}

#[test]
fn a_long_line_of_twins_is_read_in_no_time() {
    let twins = "{".to_owned() + &r#""a":"x","#.repeat(99_000) + r#""a":"y"}"#;
    assert_eq!(read_json(&twins).skipped.len(), 99_000);
}

/// Writes a character the way a JSON author might: as it is or as an escape.
fn written(c: char, escaped: bool) -> String {
    let must = c < ' ' || c == '"' || c == '\\';
    if escaped || must {
        let mut units = [0; 2];
        let units = c.encode_utf16(&mut units).iter();
        units.fold(String::new(), |text, unit| text + &format!("\\u{unit:04x}"))
    } else {
        c.to_string()
    }
}

proptest! {
    #[test]
    fn the_bytes_of_any_part_decode_to_that_part(
        characters in proptest::collection::vec((any::<char>(), any::<bool>()), 1..40),
        from in 0_usize..40, length in 1_usize..40,
    ) {
        let text: String = characters.iter().map(|(c, _)| *c).collect();
        prop_assume!(!text.trim().is_empty());
        let body: String = characters.iter().map(|(c, escaped)| written(*c, *escaped)).collect();
        let file = format!("{{\"k\": [\"é\", \"{body}\"]}}");
        let reading = read_json(&file);
        let passage = &reading.passages[1];
        prop_assert_eq!(&passage.text, &text);
        let offsets: Vec<usize> =
            text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let start = from.min(offsets.len() - 2);
        let end = (start + length).min(offsets.len() - 1);
        let part = offsets[start]..offsets[end];
        let slice = &file[passage.bytes(part.clone())];
        let decoded: String = serde_json::from_str(&format!("\"{slice}\"")).unwrap();
        prop_assert_eq!(decoded, &text[part]);
    }

    #[test]
    fn a_paragraph_is_its_bytes(text in "[ a白\r\n\t]{0,60}") {
        for passage in plain::read("f", text.as_bytes(), None, &Limits::default()).passages {
            prop_assert_eq!(&text[passage.bytes(0..passage.text.len())], passage.text.as_str());
        }
    }

    #[test]
    fn no_bytes_break_a_reader(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        json in r#"[\[\]{},:"\\u0-9a-fD8dtrue白 ]{0,60}"#,
    ) {
        for (name, bytes) in [("f.txt", bytes.clone()), ("f.json", bytes), ("g.json", json.into_bytes())] {
            Campaign::read(vec![Input::new(name, bytes)], &Options::default());
        }
    }

    #[test]
    fn what_serde_json_reads_we_read(text in r#"[\[\]{},:"\\u0-9 ae.-]{0,24}"#) {
        let theirs = serde_json::from_str::<serde_json::Value>(&text).is_ok();
        let ours = read_json(&text).skipped.iter().all(|s| s.because == SkippedBecause::Duplicate);
        prop_assert!(ours || !theirs, "{}", text);
    }
}
