//! What a shell and its user expect: completions, pages, colours, pipes.

use std::process::{Command, Stdio};

use crate::program::{Place, Run, finish, first_line_of};

fn with(place: &Place, line: &str, variables: &[(&str, &str)]) -> Run {
    let mut command = place.command(line);
    command.envs(variables.iter().copied());
    finish(command, "")
}

#[test]
fn every_shell_gets_completions_that_name_the_commands() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = place.run(&format!("completions {shell}")).ok();
        for word in ["audit", "backup", "doctor", "completions"] {
            assert!(script.contains(word), "{shell} lacks {word}");
        }
        place.write(&format!("{shell}.script"), &script);
    }
    for shell in ["bash", "zsh", "fish"] {
        let parsed = Command::new(shell)
            .args(["-n", &format!("{shell}.script")])
            .current_dir(place.path())
            .stderr(Stdio::inherit())
            .status();
        // Only shells that are here can be asked; bash is on every machine that builds this.
        match parsed {
            Ok(status) => assert!(status.success(), "{shell} cannot parse its completions"),
            Err(_) => assert_ne!(shell, "bash"),
        }
    }
}

#[test]
fn every_command_has_a_page_for_man() {
    let place = Place::new();
    let page = place.run("man").ok();
    assert!(page.contains(".TH milieu 1"), "{page}");
    assert_eq!(place.run("man --into pages").ok(), "");
    let page = std::fs::read_to_string(place.path().join("pages/milieu-key-make.1")).unwrap();
    assert!(page.contains("shown this once"), "{page}");
}

#[test]
fn a_pipe_gets_no_colours_unless_they_are_asked_for() {
    let place = Place::new();
    let wrong = "explain NOPE";
    let coloured = |text: &str| text.contains('\u{1b}');
    for (line, variables, wanted) in [
        (wrong, &[][..], false),
        (wrong, &[("CLICOLOR_FORCE", "1")][..], true),
        (
            wrong,
            &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")][..],
            false,
        ),
        (
            "explain NOPE --color always",
            &[("NO_COLOR", "1")][..],
            true,
        ),
        (
            "--color=never explain NOPE",
            &[("CLICOLOR_FORCE", "1")][..],
            false,
        ),
    ] {
        let run = with(&place, line, variables);
        assert_eq!(coloured(&run.stderr), wanted, "{line} {variables:?}");
        assert_eq!(run.code, 1);
    }
    let table = with(&place, "market list --color always", &[]).ok();
    assert!(table.starts_with("\u{1b}[1m"), "{table}");
    let json = with(&place, "market list --format json --color always", &[]).ok();
    assert!(!coloured(&json), "{json}");
    assert!(coloured(&with(&place, "--help --color always", &[]).ok()));
    assert!(!coloured(&with(&place, "--help", &[]).ok()));
}

#[test]
fn a_reader_who_has_seen_enough_ends_the_program_quietly() {
    let place = Place::new();
    for line in ["claim list -m ja-JP", "market list", "completions bash"] {
        let (first, run) = first_line_of(place.command(line));
        assert!(!first.is_empty(), "{line}");
        assert_eq!((run.code, &*run.stderr), (0, ""), "{line}");
    }
}

#[test]
fn a_slip_of_the_finger_gets_a_suggestion() {
    let place = Place::new();
    let said = place.run("markt list").refused(2);
    assert!(said.contains("'market'"), "{said}");
    let said = place.run("market show ja-JP --formt json").refused(2);
    assert!(said.contains("'--format'"), "{said}");
}
