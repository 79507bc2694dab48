//! Reads an archive within bounds; what it gives counts only once its end was seen.

use std::io::{self, Read};

use flate2::read::ZlibDecoder;

use super::{ArchiveError, FORMAT, MANIFEST, MOST_FRAME, Manifest, Part, PartSum, START};

/// What an archive may unpack to, beside a small one's share: real ones stay below ten.
const MOST_RATIO: u64 = 50;
const SMALL: u64 = 64 * 1024 * 1024;
/// The most bytes of the manifest.
const MOST_MANIFEST: usize = 64 * 1024;

/// Takes the bytes of parts as they are read.
pub trait Take {
    /// Takes the next bytes of a part.
    fn take(&mut self, part: Part, bytes: &[u8]) -> Result<(), ArchiveError>;
}

/// Reads an archive to its end and gives every part's bytes to `sink`.
///
/// Whatever was given must be thrown away when this fails.
pub fn read_archive(from: impl Read, sink: &mut impl Take) -> Result<Manifest, ArchiveError> {
    let mut from = Counted {
        from,
        read: 0,
        hash: blake3::Hasher::new(),
    };
    read_start(&mut from)?;
    let mut parts: Vec<(PartSum, blake3::Hasher)> = Vec::new();
    let mut unpacked = 0;
    loop {
        let before = from.hash.clone();
        let (kind, bytes) = read_frame(&mut from)?;
        unpacked += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if SMALL.saturating_add(from.read.saturating_mul(MOST_RATIO)) < unpacked {
            return Err(ArchiveError::Bomb(MOST_RATIO));
        }
        if kind == MANIFEST {
            let manifest = read_manifest(&bytes)?;
            if manifest.blake3 != before.finalize().to_hex().as_str() {
                return Err(damaged("its bytes are not what was written"));
            }
            check(&manifest, parts)?;
            return match from.read(&mut [0])? {
                0 => Ok(manifest),
                _ => Err(damaged("something stands behind its end")),
            };
        }
        let part = Part::ALL.into_iter().find(|part| part.kind() == kind);
        let part = part.ok_or_else(|| damaged("it has an unknown part"))?;
        let last = parts.last().map(|(sum, _)| sum.part);
        if last.is_some_and(|last| part < last) {
            return Err(damaged("its parts are out of order"));
        }
        if last != Some(part) {
            parts.push((empty(part), blake3::Hasher::new()));
        }
        if let Some((sum, hash)) = parts.last_mut() {
            sum.bytes += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            hash.update(&bytes);
        }
        sink.take(part, &bytes)?;
    }
}

fn read_start(from: &mut impl Read) -> Result<(), ArchiveError> {
    let mut start = [0; START.len()];
    match from.read_exact(&mut start) {
        Ok(()) if start == START.as_bytes() => {}
        Err(error) if error.kind() != io::ErrorKind::UnexpectedEof => return Err(error.into()),
        _ => return Err(ArchiveError::Foreign),
    }
    let mut number = String::new();
    loop {
        let [byte] = exactly(from)?;
        match byte {
            b'\n' => break,
            b'0'..=b'9' if number.len() < 9 => number.push(char::from(byte)),
            _ => return Err(ArchiveError::Foreign),
        }
    }
    let found: u32 = number.parse().map_err(|_| ArchiveError::Foreign)?;
    if FORMAT < found {
        let known = FORMAT;
        return Err(ArchiveError::Newer { found, known });
    }
    Ok(())
}

fn read_frame(from: &mut impl Read) -> Result<(u8, Vec<u8>), ArchiveError> {
    let [kind] = exactly(from)?;
    let length = read_length(from)?;
    let packed = read_length(from)?;
    let mut bytes = vec![0; packed];
    from.read_exact(&mut bytes).map_err(cut_off)?;
    if kind == MANIFEST {
        return if packed == length {
            Ok((kind, bytes))
        } else {
            Err(damaged("its manifest has two lengths"))
        };
    }
    let mut unpacked = Vec::with_capacity(length);
    let limit = u64::try_from(length).unwrap_or(u64::MAX).saturating_add(1);
    ZlibDecoder::new(&*bytes)
        .take(limit)
        .read_to_end(&mut unpacked)
        .map_err(|error| damaged(&error.to_string()))?;
    if unpacked.len() == length {
        Ok((kind, unpacked))
    } else {
        Err(damaged("a frame has another length than it says"))
    }
}

fn read_length(from: &mut impl Read) -> Result<usize, ArchiveError> {
    let length = usize::try_from(u32::from_be_bytes(exactly(from)?)).unwrap_or(usize::MAX);
    if length <= MOST_FRAME {
        Ok(length)
    } else {
        Err(damaged("a frame is too long"))
    }
}

fn read_manifest(bytes: &[u8]) -> Result<Manifest, ArchiveError> {
    let (hash, json) = bytes
        .split_first_chunk::<32>()
        .ok_or_else(|| damaged("its manifest is too short"))?;
    if MOST_MANIFEST < json.len() || blake3::hash(json).as_bytes() != hash {
        return Err(damaged("its manifest is not what was written"));
    }
    serde_json::from_slice(json).map_err(|error| damaged(&format!("its manifest: {error}")))
}

/// Compares what was read with what the manifest promises. An empty part has no frames.
fn check(manifest: &Manifest, parts: Vec<(PartSum, blake3::Hasher)>) -> Result<(), ArchiveError> {
    let mut read: Vec<PartSum> = Vec::new();
    for (sum, hash) in parts {
        let blake3 = hash.finalize().to_hex().to_string();
        read.push(PartSum { blake3, ..sum });
    }
    let order: Vec<Part> = manifest.parts.iter().map(|sum| sum.part).collect();
    if order != Part::ALL {
        return Err(damaged("a part is missing"));
    }
    let promised = manifest.parts.iter().filter(|sum| 0 < sum.bytes);
    if promised.eq(&read) {
        Ok(())
    } else {
        Err(damaged("a part is not what was written"))
    }
}

fn empty(part: Part) -> PartSum {
    PartSum {
        part,
        bytes: 0,
        blake3: String::new(),
    }
}

fn exactly<const N: usize>(from: &mut impl Read) -> Result<[u8; N], ArchiveError> {
    let mut bytes = [0; N];
    from.read_exact(&mut bytes).map_err(cut_off)?;
    Ok(bytes)
}

fn cut_off(error: io::Error) -> ArchiveError {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => ArchiveError::CutOff,
        _ => error.into(),
    }
}

fn damaged(what: &str) -> ArchiveError {
    ArchiveError::Damaged(what.to_owned())
}

/// Counts and hashes what was read.
struct Counted<R> {
    from: R,
    read: u64,
    hash: blake3::Hasher,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(bytes)?;
        self.hash.update(bytes.get(..read).unwrap_or_default());
        self.read += u64::try_from(read).unwrap_or(u64::MAX);
        Ok(read)
    }
}
