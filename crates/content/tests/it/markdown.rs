//! Markdown is read as people see it, with the bytes of each word.

use milieu_content::format::{Languages, Limits, Reading, markdown};

use crate::html::listed;

fn read(text: &str) -> Reading {
    markdown::read(
        "mail.md",
        text.as_bytes(),
        Languages::default(),
        &Limits::default(),
    )
}

const MAIL: &str = r#"---
subject: "A gift \"for her\""
title: Autumn # a note
draft: true
---
Before any heading.

# Hello {{name}}

Four *red* roses &amp; a\_card,
on one line with `code 4`. ![A white lily](lily.jpg "In bloom")

> Lovely, she said.

[Order now](https://example.com/4)

## Prices

- One
- [Home](/)
- Two

  still two

| Item | Price |
|---|---|
| Vase | 40 € |

## Terms

    code 4

```
more 4
```
<div class="note"><p>In <b>HTML</b></p><img src=x alt="A clock"></div>

Inline <b>bold</b><br>and <kbd>4</kbd> <img src=y alt="A knife"> end.
"#;

#[test]
fn a_mail_is_what_its_readers_see() {
    insta::assert_snapshot!(listed(&read(MAIL)));
}

#[test]
fn a_translation_of_the_same_structure_has_the_same_keys() {
    let source = read("# One\n\nText.\n\n## Two\n\n- a\n- b\n\n[Go](x)\n");
    let target = read("# Eins\n\nText mit\nUmbruch.\n\n## Zwei\n\n* a\n* b\n\n[Los](y)\n");
    let keys = |reading: &Reading| -> Vec<_> {
        reading
            .passages
            .iter()
            .map(|p| (p.key.clone(), p.role))
            .collect()
    };
    assert_eq!(keys(&source), keys(&target));
}

#[test]
fn hostile_texts_are_read_soon() {
    let cases = [
        ">".repeat(100_000),
        "- ".repeat(5_000),
        "[".repeat(100_000),
        "![".repeat(100_000),
        "*a **a ".repeat(50_000),
        "`".repeat(100_000),
        "<".repeat(1 << 20),
        "&".repeat(1 << 20),
        "# a\n".repeat(100_000),
        "a|b\n-|-\n".to_owned() + &"a|b\n".repeat(50_000),
        "---\ntitle: \"".to_owned() + &"\\".repeat(100_000),
        "<b>x</b>".repeat(20_000),
    ];
    for text in cases {
        drop(read(&text));
    }
}
