//! The findings that the README shows are what an audit says.

use milieu_audit::{render, run};
use milieu_content::{Campaign, Input, Options};

use crate::content::settings;
use crate::knowledge::shipped;

const README: &str = include_str!("../../../../README.md");

const FILES: [(&str, &str); 3] = [
    (
        "examples/audit/de-DE.json",
        include_str!("../../../../examples/audit/de-DE.json"),
    ),
    (
        "examples/audit/en-US.json",
        include_str!("../../../../examples/audit/en-US.json"),
    ),
    (
        "examples/audit/mail.txt",
        include_str!("../../../../examples/audit/mail.txt"),
    ),
];

#[test]
fn the_readme_shows_what_the_audit_says() {
    let inputs = FILES.map(|(path, text)| Input::new(path, text.as_bytes().to_vec()));
    let options = Options {
        source_locale: Some("en-US".parse().unwrap()),
        ..Options::default()
    };
    let campaign = Campaign::read(inputs.into(), &options);
    let markets = ["ja-JP".parse().unwrap(), "de-DE".parse().unwrap()];
    let said = render::text(
        &run(&shipped(), &campaign, &markets, &settings()),
        &campaign,
    );
    let (_, rest) = README.split_once("```text\n").expect("a block");
    let shown = rest.split_once("```").expect("its end").0;
    assert!(
        said.starts_with(shown),
        "the README shows\n{shown}\nand the audit says\n{said}"
    );
}
