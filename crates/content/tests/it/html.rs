//! HTML is read as people see it, with the bytes of each word.

use milieu_content::format::{Languages, Limits, Reading, html};
use milieu_content::{Locale, SkippedBecause};

fn read(text: &str) -> Reading {
    html::read(
        "page.html",
        text.as_bytes(),
        Languages::default(),
        &Limits::default(),
    )
}

/// Lists passages as `key role locale: text`.
pub(crate) fn listed(reading: &Reading) -> String {
    let line = |passage: &milieu_content::Passage| {
        let locale = passage.locale.as_ref().map(|l| format!(" {l}"));
        let role = serde_json::to_value(passage.role).unwrap();
        format!(
            "{} {}{}: {}",
            passage.key.as_deref().unwrap(),
            role.as_str().unwrap(),
            locale.unwrap_or_default(),
            passage.text
        )
    };
    let lines: Vec<_> = reading.passages.iter().map(line).collect();
    lines.join("\n")
}

const PAGE: &str = r##"<!doctype html>
<html lang="en-US"><head><title>Autumn &amp; gifts</title>
<meta name="description" content="Gifts for autumn"><meta name=viewport content="width=1">
<style>p { color: white }</style><script>var four = "4";</script></head>
<body>
<header><nav><ul><li><a href="/">Home</a><li><a href="/x">New <b>in</b></a></ul></nav></header>
<section id="hero"><h1>Wrapped
  for <em>you</em></h1>
<p>Pay with <code>4711</code> or <a href="#">later</a>.<br>Free &mdash; always.
<p>Second
<img src=hero.jpg alt='A red clock'>
<a class="btn btn--big" href="#">Buy now</a> today
<blockquote><p>Lovely.</p></blockquote></section>
<form><label>Name <input placeholder="Your name" title=Required></label>
<button aria-label="Send the form"><span>Send</span></button><input type=submit value="Go"></form>
<p hidden>Nobody sees 4</p><template><p>nor this</p></template>
<p lang="fr">Bonjour <span lang="ja">こんにちは</span> encore</p>
</body></html>"##;

#[test]
fn a_page_is_what_its_readers_see() {
    insta::assert_snapshot!(listed(&read(PAGE)));
}

#[test]
fn what_is_broken_is_read_as_browsers_do() {
    let text =
        "<p>One<p>Two</i></b></p></div><td>Three<li>Four<li>Five<b>, six</b></li>a < b <3 &amp x";
    let found: Vec<_> = read(text).passages.into_iter().map(|p| p.text).collect();
    assert_eq!(
        found,
        ["One", "Two", "Three", "Four", "Five, six", "a < b <3 & x"]
    );
}

#[test]
fn the_name_of_a_file_is_believed_before_its_language() {
    let named: Locale = "ja-JP".parse().unwrap();
    let languages = Languages {
        named: Some(&named),
        otherwise: None,
    };
    let text = br#"<html lang="en"><p>x</p>"#;
    let reading = html::read("ja-JP.html", text, languages, &Limits::default());
    assert_eq!(reading.passages[0].locale, Some(named.clone()));
    assert_eq!(reading.skipped[0].because, SkippedBecause::Contradiction);
    let otherwise = Languages {
        named: None,
        otherwise: Some(&named),
    };
    let reading = html::read("page.html", text, otherwise, &Limits::default());
    assert_eq!(
        reading.passages[0].locale.as_ref().unwrap().to_string(),
        "en"
    );
}

#[test]
fn hostile_pages_are_read_soon_and_told() {
    let deep = "<div>".repeat(200_000) + "x";
    let reading = read(&deep);
    assert_eq!(reading.passages.len(), 1);
    assert_eq!(reading.skipped[0].because, SkippedBecause::TooLarge);
    assert_eq!(reading.skipped.len(), 1);
    let cases = [
        "<".repeat(10 << 20),
        "<p ".repeat(300_000),
        "</p>".repeat(300_000),
        "<b>".repeat(200_000) + &"</i>".repeat(200_000),
        "<li><b>".repeat(100_000),
        "&".repeat(1 << 20),
        "&amp;".repeat(100_000),
        "<!--".repeat(300_000),
        format!("<p title=\"{}\">x", "a &lt; ".repeat(100_000)),
        format!("<p {}>x", "a=1 ".repeat(200_000)),
        "<p>x".repeat(120_000),
        "<svg><title>".repeat(50_000),
        "<p lang=de><p lang=fr>".repeat(50_000),
    ];
    for text in cases {
        drop(read(&text));
    }
    assert_eq!(read("<p>a\0b").skipped[0].because, SkippedBecause::Binary);
}
