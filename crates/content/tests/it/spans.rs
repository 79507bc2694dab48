//! For every character of every passage, the bytes it is mapped to say it.

use milieu_content::format::{Languages, Limits, html, markdown};
use milieu_content::{Passage, SourceMap};
use proptest::prelude::*;

/// Says whether bytes of a file can say a character of a text.
fn says(bytes: &str, c: char) -> bool {
    let plain = bytes.chars().eq([c]);
    let known = [
        ("&amp;", '&'),
        ("&lt;", '<'),
        ("&eacute;", 'é'),
        ("&#x767D;", '白'),
        ("&#128512;", '😀'),
        ("&quot;", '"'),
    ];
    let reference = known
        .iter()
        .any(|(name, said)| *name == bytes && *said == c);
    // White space stands for what is no prose, too.
    plain || reference || (c == ' ' && !bytes.is_empty())
}

fn check(file: &str, passages: &[Passage]) -> Result<(), TestCaseError> {
    let mut ids: Vec<&str> = passages.iter().map(|passage| passage.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    prop_assert_eq!(ids.len(), passages.len(), "ids tell passages apart");
    for passage in passages {
        prop_assert_eq!(passage.text.trim(), &passage.text);
        let mut before = 0;
        for (at, c) in passage.text.char_indices() {
            let bytes = passage.bytes(at..at + c.len_utf8());
            let written = file.get(bytes.clone());
            prop_assert!(
                written.is_some_and(|written| says(written, c)),
                "{:?} of {:?} is said by {:?} in {:?}",
                c,
                passage.text,
                written,
                file
            );
            prop_assert!(before <= bytes.start, "in order");
            before = bytes.start;
        }
    }
    prop_assert!(passages.iter().all(|p| p.map != SourceMap::default()));
    Ok(())
}

fn parts(choices: &'static [&'static str]) -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(choices), 0..40).prop_map(|p| p.concat())
}

const HTML: &[&str] = &[
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<a href=x>",
    "</a>",
    "<li>",
    "<ul>",
    "</ul>",
    "<br>",
    "<td>",
    "<img alt='é &amp; &quot;b' src=x>",
    "<img alt=plain&lt;x>",
    "<code>",
    "</code>",
    "<div id=a>",
    "<div title = \"a\n  b\">",
    "</div>",
    "<script>x</script>",
    "<!-- c -->",
    "word",
    "白い",
    " ",
    "\n",
    "\r\n",
    "\t",
    "&amp;",
    "&lt;",
    "&eacute;",
    "&#x767D;",
    "&#128512;",
    "& ",
    "a",
    "<span lang=ja>",
    "</span>",
    "<h1>",
    "</h1>",
    "<button>",
    "</button>",
    "<input type=submit value=Go>",
    "{name}",
];

const MARKDOWN: &[&str] = &[
    "# ",
    "## ",
    "\n",
    "\n\n",
    "> ",
    "- ",
    "1. ",
    "*",
    "**",
    "_",
    "`",
    "[",
    "](x)",
    "![",
    "](y \"t\")",
    "&amp;",
    "&lt;",
    "&eacute;",
    "&#x767D;",
    "\\*",
    "\\",
    "word",
    "白い",
    " ",
    "  \n",
    "|",
    "\n|-|-|\n",
    "<b>",
    "</b>",
    "<br>",
    "<img alt=é>",
    "<div>\n",
    "</div>\n\n",
    "<!-- c -->",
    "---\n",
    "title: a\n",
    "    ",
    "```\n",
    "~~",
    "\r\n",
    "\t",
    "<http://x.y>",
    "{{name}}",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn bytes_of_html_say_the_text(file in parts(HTML)) {
        let reading = html::read("f", file.as_bytes(), Languages::default(), &Limits::default());
        check(&file, &reading.passages)?;
    }

    #[test]
    fn bytes_of_markdown_say_the_text(file in parts(MARKDOWN)) {
        let reading = markdown::read("f", file.as_bytes(), Languages::default(), &Limits::default());
        check(&file, &reading.passages)?;
    }

    #[test]
    fn no_text_breaks_them(file in "(\\PC|[\n<>&#*`\\[\\]()!\"'=/-]){0,120}") {
        for read in [html::read, markdown::read] {
            drop(read("f", file.as_bytes(), Languages::default(), &Limits::default()));
        }
    }
}
