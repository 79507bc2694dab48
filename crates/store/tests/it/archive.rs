//! An archive: read back as it was written, or refused.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use milieu_record::LogPosition;
use milieu_store::{ArchiveError, ArchiveWriter, Entries, Manifest, Part, Take, read_archive};

#[derive(Default)]
struct Parts {
    control: Vec<u8>,
    ledger: Vec<u8>,
    log: Vec<(u64, Vec<u8>)>,
    entries: Entries,
}

impl Take for Parts {
    fn take(&mut self, part: Part, bytes: &[u8]) -> Result<(), ArchiveError> {
        match part {
            Part::Control => self.control.extend_from_slice(bytes),
            Part::Ledger => self.ledger.extend_from_slice(bytes),
            Part::Log => self.entries.push(bytes, |position, entry| {
                self.log.push((position.0, entry.to_vec()));
                Ok(())
            })?,
        }
        Ok(())
    }
}

fn about() -> Manifest {
    Manifest {
        made_at: "2026-11-25T00:00:00Z".to_owned(),
        program: "0".to_owned(),
        workspace: "Test".to_owned(),
        events: 3,
        folder_format: 1,
        parts: Vec::new(),
        blake3: String::new(),
    }
}

fn archive(control: &[u8], entries: &[&[u8]]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut archive = ArchiveWriter::begin(&mut out).unwrap();
    archive.part(Part::Control, control).unwrap();
    archive.part(Part::Ledger, &b""[..]).unwrap();
    archive
        .log::<ArchiveError>(|take| {
            (0..)
                .zip(entries)
                .try_for_each(|(position, entry)| take(LogPosition(position), entry))
        })
        .unwrap();
    archive.finish(about()).unwrap();
    out
}

fn refused(bytes: &[u8]) -> ArchiveError {
    read_archive(bytes, &mut Parts::default()).unwrap_err()
}

#[test]
fn what_was_written_is_read_back() {
    // Longer than a frame, and not in its measure.
    let control: Vec<u8> = (0..700_001_u32).flat_map(u32::to_le_bytes).collect();
    let long = vec![7; 300_000];
    let bytes = archive(&control, &[b"one", b"", &long]);
    let mut parts = Parts::default();
    let manifest = read_archive(&*bytes, &mut parts).unwrap();
    parts.entries.finish().unwrap();
    assert!(parts.control == control && parts.ledger.is_empty());
    let log: Vec<(u64, &[u8])> = parts
        .log
        .iter()
        .map(|(at, entry)| (*at, &**entry))
        .collect();
    assert!(log == [(0, &b"one"[..]), (1, b""), (2, &*long)]);
    assert_eq!(manifest.parts.len(), 3);
}

#[test]
fn every_cut_and_every_changed_byte_is_noticed() {
    let whole = archive(b"control", &[b"one", b"two"]);
    read_archive(&*whole, &mut Parts::default()).unwrap();
    for end in 0..whole.len() {
        refused(&whole[..end]);
    }
    for at in 0..whole.len() {
        for bit in 0..8 {
            let mut changed = whole.clone();
            changed[at] ^= 1 << bit;
            refused(&changed);
        }
    }
}

/// An archive's start, and frames as somebody else might write them.
fn forged(frames: &[(u8, &[u8])]) -> Vec<u8> {
    let mut out = b"milieu backup 1\n".to_vec();
    for (kind, bytes) in frames {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
        packed.write_all(bytes).unwrap();
        let packed = packed.finish().unwrap();
        let short = |length: usize| u32::try_from(length).unwrap().to_be_bytes();
        out.push(*kind);
        out.extend(short(bytes.len()));
        out.extend(short(packed.len()));
        out.extend(packed);
    }
    out
}

#[test]
fn a_bomb_is_stopped_before_it_fills_the_disk() {
    let nothing = vec![0; 1024 * 1024];
    let frames: Vec<(u8, &[u8])> = (0..200).map(|_| (1, &*nothing)).collect();
    let error = refused(&forged(&frames));
    assert!(matches!(error, ArchiveError::Bomb(50)), "{error}");
    let long = vec![0; 1024 * 1024 + 1];
    let error = refused(&forged(&[(1, &*long)]));
    assert!(error.to_string().contains("a frame is too long"), "{error}");
}

#[test]
fn parts_out_of_order_or_unknown_are_refused() {
    let error = refused(&forged(&[(3, b""), (1, b"x")]));
    assert!(error.to_string().contains("out of order"), "{error}");
    let error = refused(&forged(&[(9, b"x")]));
    assert!(error.to_string().contains("unknown part"), "{error}");
}

#[test]
fn an_entry_longer_than_any_is_refused_before_it_is_kept() {
    let mut entries = Entries::default();
    let mut head = vec![0; 8];
    head.extend(u32::MAX.to_be_bytes());
    assert!(entries.push(&head, |_, _| Ok(())).is_err());
}
