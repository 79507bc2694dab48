//! Placeholders are found by parsing, in three ways of writing.

use milieu_content::message::{ChoiceKind, Message, Shown, Syntax};
use proptest::prelude::*;

/// Returns name, kind and the way it is shown of each placeholder.
fn found(text: &str) -> Vec<(String, Option<String>, Shown)> {
    Message::parse(text)
        .placeholders
        .into_iter()
        .map(|p| (p.name, p.kind, p.shown))
        .collect()
}

fn names(text: &str) -> Vec<String> {
    found(text).into_iter().map(|(name, ..)| name).collect()
}

fn words(text: &str) -> Vec<&str> {
    Message::parse(text)
        .words
        .into_iter()
        .map(|range| &text[range])
        .collect()
}

#[test]
fn a_plural_tells_what_it_shows_in_general() {
    let text = "{n, plural, offset:1 =0 {none} one {{who} has one} other {{who} has #}}!";
    let message = Message::parse(text);
    assert_eq!(message.problem, None);
    assert_eq!(message.choices.len(), 1);
    assert_eq!(message.choices[0].kind, ChoiceKind::Plural);
    assert_eq!(message.choices[0].branches, ["=0", "one", "other"]);
    let shown: Vec<_> = found(text).into_iter().map(|(n, _, s)| (n, s)).collect();
    let expected = [
        ("n", Shown::Chooses),
        ("who", Shown::Sometimes),
        ("who", Shown::Always),
        ("n", Shown::Always),
    ];
    assert_eq!(shown, expected.map(|(n, s)| (n.to_owned(), s)));
    assert_eq!(words(text), ["none", " has one", " has ", "!"]);
}

#[test]
fn choices_stand_in_each_other() {
    let text = "{g, select, female {{n, plural, one {her # gift} other {her # gifts}}} other {#}}";
    let message = Message::parse(text);
    assert_eq!(message.problem, None);
    let kinds: Vec<_> = message.choices.iter().map(|c| c.kind).collect();
    assert_eq!(kinds, [ChoiceKind::Plural, ChoiceKind::Select]);
    assert_eq!(words(text), ["her ", " gift", "her ", " gifts", "#"]);
}

#[test]
fn apostrophes_quote_only_what_icu_says() {
    assert_eq!(names("It's {name}'s"), ["name"]);
    assert_eq!(names("l''{name}"), ["name"]);
    assert_eq!(names("'{name}' {x}"), ["x"]);
    let french = Message::parse("Le prix de l'{name} est fixe");
    assert!(french.placeholders.is_empty());
    assert_eq!(french.quoted[0].name, "name");
    assert_eq!(french.quoted[0].span, 13..19);
    assert_eq!(words("{n, plural, other {'#' #}}"), ["'#' "]);
}

#[test]
fn formats_and_their_styles_are_one_placeholder() {
    let text = "On {day, date, ::yMMMd} at {t, time, 'o''clock {' h} for {0}";
    let expected = [("day", Some("date")), ("t", Some("time")), ("0", None)];
    let got: Vec<_> = found(text).into_iter().map(|(n, k, _)| (n, k)).collect();
    assert_eq!(
        got,
        expected.map(|(n, k)| (n.to_owned(), k.map(str::to_owned)))
    );
}

#[test]
fn broken_icu_says_where() {
    let problems: Vec<_> = [
        "{n, plural, one {# a} other {# b}",
        "{n, plural, one {# a}}",
        "{n, plural}",
        "Hello {name",
        "Hello name}",
        "{a b}",
        "{n, plural, one # other {#}}",
        "{n, plural, one {{who} a} other {{who} b}",
    ]
    .into_iter()
    .map(|text| {
        let problem = Message::parse(text).problem.expect(text);
        format!("{text}\n{}^ {}", " ".repeat(problem.at), problem.message)
    })
    .collect();
    insta::assert_snapshot!(problems.join("\n"));
}

#[test]
fn percent_signs_of_prose_are_words() {
    for prose in [
        "50% discount",
        "100 % de soie",
        "50%d",
        "5%% s",
        "100%",
        "% off",
        "20 % sale",
    ] {
        assert_eq!(names(prose), [""; 0], "{prose}");
    }
    let text = "%2$s of %1$d (%.2f, %-5ld, %@) %(who)s %{x}";
    let got: Vec<_> = found(text)
        .into_iter()
        .map(|(n, k, _)| format!("{n}:{}", k.unwrap_or_default()))
        .collect();
    assert_eq!(got, ["2:s", "1:d", "1:f", "2:d", "3:s", "who:s", "x:"]);
}

#[test]
fn handlebars_tags_are_read_with_their_blocks() {
    let text = "Hi {{ user.name }}{{#if member}}, {{{html}}}{{/if}}{{! note }} {{n, number}}";
    let got: Vec<_> = found(text)
        .into_iter()
        .map(|(n, k, _)| format!("{}{n}", k.map(|k| k + " ").unwrap_or_default()))
        .collect();
    assert_eq!(got, ["user.name", "#if member", "html", "/if ", "number n"]);
    assert_eq!(words(text), ["Hi ", ", ", " "]);
    assert_eq!(
        Message::parse("{{x}}").placeholders[0].syntax,
        Syntax::Handlebars
    );
}

#[test]
fn hostile_texts_are_read_in_no_time() {
    for part in [
        "{",
        "}",
        "{{",
        "%",
        "%s",
        "%{",
        "%(",
        "%(a",
        "'{",
        "{a",
        "{a,plural,one{",
        "{a} {",
    ] {
        let text = part.repeat(300_000 / part.len());
        assert!(Message::parse(&text).words.len() <= text.len(), "{part}");
    }
}

proptest! {
    #[test]
    fn placeholders_and_words_lie_inside_the_text_and_apart(
        text in r"(\PC|[{}#'%,]|plural|select|other|[ a]){0,30}",
    ) {
        let message = Message::parse(&text);
        let mut end = 0;
        for range in &message.words {
            prop_assert!(end <= range.start && range.start < range.end);
            prop_assert!(text.get(range.clone()).is_some());
            prop_assert!(message.is_words(range));
            end = range.end;
        }
        for placeholder in message.placeholders.iter().chain(&message.quoted) {
            prop_assert!(text.get(placeholder.span.clone()).is_some(), "{:?}", placeholder);
            prop_assert!(!message.is_words(&placeholder.span) || message.quoted.contains(placeholder));
        }
    }
}
