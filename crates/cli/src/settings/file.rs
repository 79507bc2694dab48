//! The configuration file: TOML, where every mistake has a line and a column.

use std::net::SocketAddr;
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;
use toml::Spanned;

use super::{Given, Layer, LogFormat, Origin, variables};

/// The most bytes of a configuration.
const MOST_BYTES: u64 = 1024 * 1024;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    data: Option<Spanned<PathBuf>>,
    listen: Option<Spanned<SocketAddr>>,
    public_url: Option<Spanned<String>>,
    secure_cookies: Option<Spanned<bool>>,
    metrics: Option<Spanned<bool>>,
    stop_notice: Option<Spanned<u16>>,
    log: Option<Spanned<String>>,
    log_format: Option<Spanned<LogFormat>>,
    #[serde(default)]
    limits: Limits,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Limits {
    connections: Option<Spanned<usize>>,
    streams: Option<Spanned<usize>>,
    decisions: Option<Spanned<u32>>,
    events: Option<Spanned<u32>>,
    requests: Option<Spanned<u32>>,
}

/// Reads a configuration file.
#[allow(
    clippy::disallowed_methods,
    reason = "the program is a door: settings enter here"
)]
pub(crate) fn read_file(path: &Path) -> Result<Layer> {
    let failed = || format!("cannot read the configuration {}", path.display());
    let about = std::fs::metadata(path).with_context(failed)?;
    if MOST_BYTES < about.len() {
        bail!(
            "{} has more than a MiB: it is no configuration",
            path.display()
        );
    }
    let text = std::fs::read_to_string(path).with_context(failed)?;
    read(&path.display().to_string(), &text)
}

fn read(name: &str, text: &str) -> Result<Layer> {
    let file: File = toml::from_str(text).map_err(|error: toml::de::Error| {
        let (line, column) = place(text, error.span().map_or(0, |span| span.start));
        anyhow::anyhow!("{name}:{line}:{column}: {}", error.message())
    })?;
    let page = Page { name, text };
    let beside = Path::new(name).parent().unwrap_or(Path::new(""));
    Ok(Layer {
        // A path in a file is meant from where the file stands.
        data: page.take(file.data, |data| Ok(beside.join(data)))?,
        listen: page.take(file.listen, Ok)?,
        public_url: page.take(file.public_url, |url| variables::public_url(&url))?,
        secure_cookies: page.take(file.secure_cookies, Ok)?,
        metrics: page.take(file.metrics, Ok)?,
        stop_notice: page.take(file.stop_notice, variables::stop_notice)?,
        log: page.take(file.log, |log| variables::log(&log))?,
        log_format: page.take(file.log_format, Ok)?,
        connections: page.take(file.limits.connections, variables::limit)?,
        streams: page.take(file.limits.streams, variables::limit)?,
        decisions: page.take(file.limits.decisions, Ok)?,
        events: page.take(file.limits.events, Ok)?,
        requests: page.take(file.limits.requests, Ok)?,
    })
}

/// A file's text, for places in it.
struct Page<'p> {
    name: &'p str,
    text: &'p str,
}

impl Page<'_> {
    /// Checks a value and notes where it stands.
    fn take<T, U>(
        &self,
        said: Option<Spanned<T>>,
        check: impl Fn(T) -> Result<U, String>,
    ) -> Result<Option<Given<U>>> {
        let Some(said) = said else { return Ok(None) };
        let Range { start, .. } = said.span();
        let (line, column) = place(self.text, start);
        let value = check(said.into_inner())
            .map_err(|why| anyhow::anyhow!("{}:{line}:{column}: {why}", self.name))?;
        Ok(Some(Given::new(
            value,
            Origin::File(self.name.to_owned(), line),
        )))
    }
}

/// Returns line and column of a byte, both from 1.
fn place(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let column = before.get(start..).unwrap_or_default().chars().count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        read("m.toml", text).unwrap_err().to_string()
    }

    #[test]
    fn values_know_their_line() {
        let text = "# ours\nlisten = \"0.0.0.0:80\"\ndata = \"d\"\n[limits]\nstreams = 5\n";
        let layer = read("/etc/milieu/m.toml", text).unwrap();
        let streams = layer.streams.unwrap();
        assert_eq!(streams.value, 5);
        assert_eq!(streams.origin.to_string(), "/etc/milieu/m.toml:5");
        assert_eq!(layer.data.unwrap().value, Path::new("/etc/milieu/d"));
        assert!(layer.log.is_none());
    }

    #[test]
    fn mistakes_are_told_with_line_and_column() {
        let unknown = refused("listen = \"0.0.0.0:80\"\nport = 80\n");
        assert!(
            unknown.starts_with("m.toml:2:1: unknown field `port`"),
            "{unknown}"
        );
        let address = refused("  listen = \"here\"\n");
        assert!(address.starts_with("m.toml:1:12: "), "{address}");
        let broken = refused("data = \"x\n");
        assert!(broken.starts_with("m.toml:1:"), "{broken}");
        let url = refused("public_url = \"m.example\"\n");
        assert!(url.starts_with("m.toml:1:14: "), "{url}");
        let none = refused("[limits]\nstreams = 0\n");
        assert!(none.starts_with("m.toml:2:11: "), "{none}");
    }
}
