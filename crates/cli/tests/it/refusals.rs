//! Folders and ports that cannot be had.

use std::net::TcpListener;

use crate::program::{PASSWORD, Place};

#[test]
fn a_folder_that_is_not_there_is_not_begun_by_reading() {
    let place = Place::new();
    let said = place.run("slot list --data typo").refused(2);
    assert!(
        said.starts_with("error: there is no data folder typo: name one with --data"),
        "{said}"
    );
    assert!(!place.path().join("typo").exists());
}

#[test]
fn a_folder_that_a_server_holds_names_its_address() {
    let place = Place::with_shop();
    let server = place.serve();
    let said = place.run("slot list --data shop").refused(2);
    let held = format!(
        "error: data folder shop is in use by the server at {}: talk to that server with --server, or stop it\n",
        server.address
    );
    assert_eq!(said, held);
}

#[test]
fn a_port_that_is_taken_leaves_the_folder_alone() {
    let place = Place::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let said = place
        .run(&format!("serve --data shop --listen {address}"))
        .refused(2);
    let what = format!("error: cannot listen on {address}: choose another address with --listen: ");
    assert!(said.starts_with(&what), "{said}");
    assert!(!place.path().join("shop").exists());
}

#[test]
fn an_unknown_slot_or_metric_is_a_negative_answer() {
    let place = Place::with_shop();
    let slot = place.run("report ctr nope --data shop").refused(1);
    assert_eq!(slot, "error: there is no slot \"nope\" [not-found]\n");
    let metric = place.run("report joy home.hero --data shop").refused(1);
    assert_eq!(metric, "error: there is no metric \"joy\" [not-found]\n");
}

#[test]
fn a_token_of_another_workspace_is_refused() {
    let place = Place::with_shop();
    let said = place.run("decision explain nothing --data shop").refused(2);
    assert!(
        said.contains("paste a decisionId of this workspace [invalid]"),
        "{said}"
    );
}

#[test]
fn what_is_typed_wrong_is_a_usage_error() {
    let place = Place::new();
    for (line, said) in [
        (
            "slot list --data a --server http://b",
            "cannot be used with",
        ),
        (
            "user add x --role king --data shop",
            "there is no role \"king\"",
        ),
        ("workspace set --data shop", "required"),
        (
            "slot list --server localhost:8080",
            "is not a server's address: write http://",
        ),
        (
            "user add x --role owner --password-stdin --login y --data shop",
            "both read stdin",
        ),
        ("nonsense", "unrecognized subcommand"),
    ] {
        let stderr = place.run_with(line, PASSWORD).refused(2);
        assert!(stderr.contains(said), "{line}: {stderr}");
    }
}
