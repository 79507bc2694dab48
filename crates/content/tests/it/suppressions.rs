//! Comments say what is known and meant, and what they cover.

use milieu_content::format::{Languages, Limits, Reading, html, markdown};
use milieu_content::{Covers, Suppression};

fn covered<'f>(file: &'f str, suppression: &Suppression) -> &'f str {
    match &suppression.covers {
        Covers::Bytes(bytes) => &file[bytes.clone()],
        Covers::File => "(file)",
        Covers::Key(_) => "(key)",
    }
}

fn of_html(file: &str) -> Reading {
    html::read(
        "f.html",
        file.as_bytes(),
        Languages::default(),
        &Limits::default(),
    )
}

fn of_markdown(file: &str) -> Reading {
    markdown::read(
        "f.md",
        file.as_bytes(),
        Languages::default(),
        &Limits::default(),
    )
}

#[test]
fn a_comment_in_html_covers_the_next_element_or_the_rest_of_its_text() {
    for (file, wanted) in [
        (
            "<p>a</p><!-- milieu-ignore NUM001: x --> <div><p>b</p>c</div><p>d</p>",
            "<div><p>b</p>c</div>",
        ),
        (
            "<p>a <!-- milieu-ignore NUM001: x -->b <i>c</i></p><p>d</p>",
            "b <i>c</i>",
        ),
        (
            "<!-- milieu-ignore NUM001: x --><img alt=b><p>c",
            "<img alt=b>",
        ),
        ("<!-- milieu-ignore NUM001: x --><p>b<p>c", "<p>b"),
        ("<!-- milieu-ignore-file NUM001: x --><p>b", "(file)"),
        ("<p>a</p><!-- milieu-ignore NUM001: x -->", ""),
    ] {
        let reading = of_html(file);
        let [found] = reading.suppressions.as_slice() else {
            panic!("one in {file}")
        };
        assert_eq!(covered(file, found), wanted, "{file}");
        assert!(file[found.bytes.clone()].starts_with("<!--"));
    }
}

#[test]
fn a_comment_in_markdown_covers_the_next_block_or_the_rest_of_its_own() {
    for (file, wanted) in [
        (
            "a\n\n<!-- milieu-ignore NUM001: x -->\nb *c*\nd\n\ne",
            "b *c*\nd\n",
        ),
        (
            "<!-- milieu-ignore NUM001: x -->\n\n- a\n- b\n\nc",
            "- a\n- b\n\n",
        ),
        ("a <!-- milieu-ignore NUM001: x --> b\nc\n\nd", " b\nc\n"),
        (
            "<!-- milieu-ignore NUM001: x -->\n\n<p>a</p>\n\nb",
            "<p>a</p>\n",
        ),
        ("<!-- milieu-ignore NUM001: x -->\n# a\nb", "# a\n"),
    ] {
        let reading = of_markdown(file);
        let [found] = reading.suppressions.as_slice() else {
            panic!("one in {file}")
        };
        assert_eq!(covered(file, found), wanted, "{file}");
    }
}

#[test]
fn one_without_a_reason_is_told_and_not_obeyed() {
    for reading in [
        of_html("<p>a\n<!-- milieu-ignore NUM001 --> b"),
        of_markdown("a\n<!-- milieu-ignore NUM001 --> b"),
    ] {
        assert!(reading.suppressions.is_empty());
        assert_eq!(reading.skipped[0].place, Some((2, 1)));
        assert!(reading.skipped[0].message.contains("no reason is given"));
    }
}
