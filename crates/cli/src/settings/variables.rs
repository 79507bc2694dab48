//! Variables of the environment, and what a value must look like wherever it stands.

use std::path::PathBuf;
use std::str::FromStr;

use anyhow::Result;
use tracing_subscriber::EnvFilter;

use super::{Given, Layer, LogFormat, Origin};

/// The most seconds between the end of readiness and the end of listening.
const MOST_NOTICE: u16 = 600;

/// Reads the variables of the environment through `get`.
pub(crate) fn read_variables(get: impl Fn(&str) -> Option<String>) -> Result<Layer> {
    let reader = Reader { get };
    Ok(Layer {
        data: reader.take("MILIEU_DATA", |text| Ok(PathBuf::from(text)))?,
        listen: reader.take("MILIEU_LISTEN", |text| {
            parsed(text, "an address, as 127.0.0.1:8080")
        })?,
        public_url: reader.take("MILIEU_PUBLIC_URL", public_url)?,
        secure_cookies: reader.take("MILIEU_SECURE_COOKIES", yes_or_no)?,
        metrics: reader.take("MILIEU_METRICS", yes_or_no)?,
        stop_notice: reader.take("MILIEU_STOP_NOTICE", |text| {
            parsed(text, "a number of seconds").and_then(stop_notice)
        })?,
        log: reader.take("MILIEU_LOG", log)?,
        log_format: reader.take("MILIEU_LOG_FORMAT", |text| match text {
            "text" => Ok(LogFormat::Text),
            "json" => Ok(LogFormat::Json),
            other => Err(format!("\"{other}\" is neither text nor json")),
        })?,
        connections: reader.take("MILIEU_LIMITS_CONNECTIONS", |text| {
            parsed(text, "a number").and_then(limit)
        })?,
        streams: reader.take("MILIEU_LIMITS_STREAMS", |text| {
            parsed(text, "a number").and_then(limit)
        })?,
        decisions: reader.take("MILIEU_LIMITS_DECISIONS", |text| parsed(text, "a number"))?,
        events: reader.take("MILIEU_LIMITS_EVENTS", |text| parsed(text, "a number"))?,
        requests: reader.take("MILIEU_LIMITS_REQUESTS", |text| parsed(text, "a number"))?,
    })
}

struct Reader<G> {
    get: G,
}

impl<G: Fn(&str) -> Option<String>> Reader<G> {
    /// Checks a variable that is there, and names it when it is wrong.
    fn take<T>(
        &self,
        name: &'static str,
        check: impl Fn(&str) -> Result<T, String>,
    ) -> Result<Option<Given<T>>> {
        let Some(text) = (self.get)(name) else {
            return Ok(None);
        };
        let value = check(&text).map_err(|why| anyhow::anyhow!("the variable {name}: {why}"))?;
        Ok(Some(Given::new(value, Origin::Variable(name))))
    }
}

fn parsed<T: FromStr>(text: &str, what: &str) -> Result<T, String> {
    text.parse()
        .map_err(|_| format!("\"{text}\" is not {what}"))
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        other => Err(format!("\"{other}\" is neither true nor false")),
    }
}

/// Checks the address that people have for the dashboard.
pub(super) fn public_url(url: &str) -> Result<String, String> {
    let host = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    let good = host.is_some_and(|host| !host.is_empty() && !host.contains(['@', '?', '#', ' ']));
    if good {
        Ok(url.trim_end_matches('/').to_owned())
    } else {
        Err(format!(
            "\"{url}\" is not an address: write https://milieu.example"
        ))
    }
}

pub(super) fn stop_notice(seconds: u16) -> Result<u16, String> {
    if seconds <= MOST_NOTICE {
        Ok(seconds)
    } else {
        Err(format!("stop_notice is at most {MOST_NOTICE} seconds"))
    }
}

pub(super) fn limit(most: usize) -> Result<usize, String> {
    // A semaphore has no more permits than this.
    let highest = tokio::sync::Semaphore::MAX_PERMITS;
    if 0 < most && most <= highest {
        Ok(most)
    } else {
        Err("a limit is at least 1".to_owned())
    }
}

pub(super) fn log(filter: &str) -> Result<String, String> {
    match EnvFilter::try_new(filter) {
        Ok(_) => Ok(filter.to_owned()),
        Err(error) => Err(format!(
            "\"{filter}\" does not say what to log ({error}): write info or milieu_engine=debug"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOLD: [&str; 4] = [
        include_str!("../../../../deploy/Dockerfile"),
        include_str!("../../../../deploy/compose.yaml"),
        include_str!("../../../../deploy/milieu.service"),
        include_str!("../../../../deploy/milieu.toml"),
    ];

    #[test]
    fn every_variable_that_is_told_is_read() {
        let asked = std::cell::RefCell::new(Vec::new());
        read_variables(|name| {
            asked.borrow_mut().push(name.to_owned());
            None
        })
        .unwrap();
        let asked = asked.into_inner();
        let mut told = 0;
        let ends = |c: char| !c.is_ascii_uppercase() && c != '_';
        for name in TOLD.iter().flat_map(|text| text.split(ends)) {
            if name.starts_with("MILIEU_") {
                assert!(asked.iter().any(|one| one == name), "{name} is not read");
                told += 1;
            }
        }
        assert!(asked.len() <= told, "{told}");
    }

    fn read(name: &'static str, value: &'static str) -> Result<Layer> {
        read_variables(|asked| (asked == name).then(|| value.to_owned()))
    }

    #[test]
    fn a_wrong_variable_is_named() {
        for (name, value) in [
            ("MILIEU_LISTEN", "8080"),
            ("MILIEU_PUBLIC_URL", "milieu.example"),
            ("MILIEU_SECURE_COOKIES", "maybe"),
            ("MILIEU_STOP_NOTICE", "601"),
            ("MILIEU_LOG_FORMAT", "xml"),
            ("MILIEU_LIMITS_STREAMS", "0"),
            ("MILIEU_LOG", "a=b=c"),
        ] {
            let error = read(name, value).unwrap_err().to_string();
            assert!(
                error.starts_with(&format!("the variable {name}: ")),
                "{error}"
            );
        }
    }

    #[test]
    fn a_right_one_is_taken() {
        let layer = read("MILIEU_SECURE_COOKIES", "1").unwrap();
        let given = layer.secure_cookies.unwrap();
        assert!(given.value);
        assert_eq!(
            given.origin.to_string(),
            "environment MILIEU_SECURE_COOKIES"
        );
        assert!(layer.listen.is_none());
    }
}
