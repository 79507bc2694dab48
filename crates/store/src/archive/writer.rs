//! Writes an archive from its start to its end, never back.

use std::io::{self, Read, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::{ArchiveError, FORMAT, FRAME, MANIFEST, Manifest, Part, PartSum, START};
use crate::TakeEntry;

/// An archive in the making.
#[derive(Debug)]
pub struct ArchiveWriter<W: Write> {
    out: Hashed<W>,
    parts: Vec<PartSum>,
}

impl<W: Write> ArchiveWriter<W> {
    /// Begins an archive.
    pub fn begin(out: W) -> Result<Self, ArchiveError> {
        let hash = blake3::Hasher::new();
        let mut out = Hashed { out, hash };
        writeln!(out, "{START}{FORMAT}")?;
        let parts = Vec::new();
        Ok(Self { out, parts })
    }

    /// Writes a part from what is read to its end.
    pub fn part(&mut self, part: Part, mut from: impl Read) -> Result<(), ArchiveError> {
        let mut frames = Frames::new(part);
        let mut bytes = vec![0; FRAME];
        loop {
            match from.read(&mut bytes) {
                Ok(0) => break,
                Ok(read) => {
                    let read = bytes.get(..read).unwrap_or_default();
                    frames.push(read, &mut self.out)?;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        self.parts.push(frames.finish(&mut self.out)?);
        Ok(())
    }

    /// Writes the log: `give` is called with what takes an entry and its position.
    pub fn log<E: From<ArchiveError>>(
        &mut self,
        give: impl FnOnce(&mut TakeEntry<'_, E>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut frames = Frames::new(Part::Log);
        let out = &mut self.out;
        give(&mut |position, entry| {
            let length = u32::try_from(entry.len()).unwrap_or(u32::MAX);
            frames.push(&position.0.to_be_bytes(), out)?;
            frames.push(&length.to_be_bytes(), out)?;
            frames.push(entry, out)?;
            Ok(())
        })?;
        let sum = frames.finish(&mut self.out)?;
        self.parts.push(sum);
        Ok(())
    }

    /// Writes the manifest, which makes the archive whole.
    pub fn finish(mut self, about: Manifest) -> Result<Manifest, ArchiveError> {
        let manifest = Manifest {
            parts: self.parts,
            blake3: self.out.hash.finalize().to_hex().to_string(),
            ..about
        };
        let json = serde_json::to_vec(&manifest).map_err(io::Error::other)?;
        let mut bytes = blake3::hash(&json).as_bytes().to_vec();
        bytes.extend_from_slice(&json);
        head(MANIFEST, bytes.len(), bytes.len(), &mut self.out)?;
        self.out.write_all(&bytes)?;
        self.out.flush()?;
        Ok(manifest)
    }
}

/// The frames of one part.
struct Frames {
    part: Part,
    waiting: Vec<u8>,
    bytes: u64,
    hash: blake3::Hasher,
}

impl Frames {
    fn new(part: Part) -> Self {
        Self {
            part,
            waiting: Vec::with_capacity(FRAME),
            bytes: 0,
            hash: blake3::Hasher::new(),
        }
    }

    fn push(&mut self, mut bytes: &[u8], out: &mut impl Write) -> Result<(), ArchiveError> {
        self.bytes += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.hash.update(bytes);
        while !bytes.is_empty() {
            let room = FRAME.saturating_sub(self.waiting.len()).min(bytes.len());
            let (now, later) = bytes.split_at(room);
            self.waiting.extend_from_slice(now);
            bytes = later;
            if self.waiting.len() == FRAME {
                frame(self.part.kind(), &self.waiting, out)?;
                self.waiting.clear();
            }
        }
        Ok(())
    }

    fn finish(self, out: &mut impl Write) -> Result<PartSum, ArchiveError> {
        if !self.waiting.is_empty() {
            frame(self.part.kind(), &self.waiting, out)?;
        }
        Ok(PartSum {
            part: self.part,
            bytes: self.bytes,
            blake3: self.hash.finalize().to_hex().to_string(),
        })
    }
}

fn frame(kind: u8, bytes: &[u8], out: &mut impl Write) -> Result<(), ArchiveError> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes)?;
    let packed = packed.finish()?;
    head(kind, bytes.len(), packed.len(), out)?;
    Ok(out.write_all(&packed)?)
}

fn head(kind: u8, bytes: usize, packed: usize, out: &mut impl Write) -> Result<(), ArchiveError> {
    let short = |length: usize| u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes();
    out.write_all(&[kind])?;
    out.write_all(&short(bytes))?;
    Ok(out.write_all(&short(packed))?)
}

/// Hashes what is written.
#[derive(Debug)]
struct Hashed<W> {
    out: W,
    hash: blake3::Hasher,
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or(bytes));
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
