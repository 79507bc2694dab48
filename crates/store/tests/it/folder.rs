//! One folder, one process.

use milieu_store::{CheckpointFile, DataFolder, FolderError};

#[test]
fn a_held_folder_names_its_holder() {
    let place = tempfile::tempdir().unwrap();
    let mut held = DataFolder::hold(place.path()).unwrap();
    held.announce("the server at http://127.0.0.1:8080")
        .unwrap();
    let refused = DataFolder::hold(place.path()).unwrap_err();
    assert!(matches!(&refused, FolderError::Held { .. }));
    assert!(
        refused.to_string().contains("http://127.0.0.1:8080"),
        "{refused}"
    );
    drop(held);
    DataFolder::hold(place.path()).unwrap();
}

#[test]
fn a_folder_of_a_newer_version_is_left_alone() {
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join("FORMAT"), "99\n").unwrap();
    let refused = DataFolder::hold(place.path()).unwrap_err();
    assert!(matches!(refused, FolderError::Newer { found: 99, .. }));
}

#[test]
fn a_log_without_its_control_database_is_no_new_workspace() {
    let place = tempfile::tempdir().unwrap();
    drop(DataFolder::hold(place.path()).unwrap());
    std::fs::create_dir(place.path().join("log")).unwrap();
    for content in [None, Some("")] {
        if let Some(content) = content {
            std::fs::write(place.path().join("control.db"), content).unwrap();
        }
        let refused = DataFolder::hold(place.path()).unwrap_err();
        assert!(matches!(refused, FolderError::Incomplete { .. }));
    }
    std::fs::write(place.path().join("control.db"), "tables").unwrap();
    DataFolder::hold(place.path()).unwrap();
}

#[test]
fn a_damaged_checkpoint_is_none() {
    let place = tempfile::tempdir().unwrap();
    let file = CheckpointFile::new(place.path(), "ledger");
    assert_eq!(file.load().unwrap(), None);
    file.save(b"counts").unwrap();
    assert_eq!(file.load().unwrap().as_deref(), Some(&b"counts"[..]));
    let path = place.path().join("ledger");
    let mut bytes = std::fs::read(&path).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&path, bytes).unwrap();
    assert_eq!(file.load().unwrap(), None);
    std::fs::write(&path, b"cut").unwrap();
    assert_eq!(file.load().unwrap(), None);
}
