//! What the server runs with, and where each value comes from.
//!
//! A flag beats a variable, a variable beats the file, the file beats what is usual.
//! [`resolve`] is pure: flags, variables and file are its arguments.

mod file;
mod variables;

use std::fmt::{self, Display};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use milieu_server::Rate;

pub(crate) use file::read_file;
pub(crate) use variables::read_variables;

/// What is logged when nobody says.
pub(crate) const USUAL_LOG: &str = "info,fjall=warn,lsm_tree=warn";

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Nobody said anything.
    Usual,
    /// A line of the configuration file.
    File(String, usize),
    /// A variable of the environment.
    Variable(&'static str),
    /// An option of the command.
    Flag(&'static str),
}

impl Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usual => f.write_str("default"),
            Self::File(file, line) => write!(f, "{file}:{line}"),
            Self::Variable(name) => write!(f, "environment {name}"),
            Self::Flag(name) => write!(f, "flag {name}"),
        }
    }
}

/// A value and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Given<T> {
    pub(crate) value: T,
    pub(crate) origin: Origin,
}

impl<T> Given<T> {
    pub(crate) fn new(value: T, origin: Origin) -> Self {
        Self { value, origin }
    }
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// One object a line, for programs.
    Json,
}

/// What one source says; what is `None` is left to the next one.
#[derive(Debug, Default)]
pub(crate) struct Layer {
    pub(crate) data: Option<Given<PathBuf>>,
    pub(crate) listen: Option<Given<SocketAddr>>,
    pub(crate) public_url: Option<Given<String>>,
    pub(crate) secure_cookies: Option<Given<bool>>,
    pub(crate) metrics: Option<Given<bool>>,
    pub(crate) stop_notice: Option<Given<u16>>,
    pub(crate) log: Option<Given<String>>,
    pub(crate) log_format: Option<Given<LogFormat>>,
    pub(crate) connections: Option<Given<usize>>,
    pub(crate) streams: Option<Given<usize>>,
    pub(crate) decisions: Option<Given<u32>>,
    pub(crate) events: Option<Given<u32>>,
    pub(crate) requests: Option<Given<u32>>,
}

/// Every setting of `milieu serve`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Settings {
    pub(crate) data: Given<PathBuf>,
    pub(crate) listen: Given<SocketAddr>,
    pub(crate) public_url: Given<Option<String>>,
    pub(crate) secure_cookies: Given<bool>,
    pub(crate) metrics: Given<bool>,
    /// Seconds.
    pub(crate) stop_notice: Given<u16>,
    pub(crate) log: Given<String>,
    pub(crate) log_format: Given<LogFormat>,
    pub(crate) connections: Given<usize>,
    pub(crate) streams: Given<usize>,
    /// A second, for each key; 0 switches the limit off.
    pub(crate) decisions: Given<u32>,
    /// A second, for each key; 0 switches the limit off.
    pub(crate) events: Given<u32>,
    /// A second, for each key or login; 0 switches the limit off.
    pub(crate) requests: Given<u32>,
}

/// Joins what the sources say, the strongest first.
pub(crate) fn resolve(layers: [Layer; 3]) -> Settings {
    /// Takes the strongest value of one setting.
    macro_rules! strongest {
        ($layers:ident, $name:ident, $usual:expr) => {{
            let said = $layers.iter_mut().find_map(|layer| layer.$name.take());
            said.unwrap_or_else(|| Given::new($usual, Origin::Usual))
        }};
    }
    let mut layers = layers;
    let public_url = layers
        .iter_mut()
        .find_map(|layer| layer.public_url.take())
        .map_or(Given::new(None, Origin::Usual), |given| {
            Given::new(Some(given.value), given.origin)
        });
    // Whoever says that people come over HTTPS wants cookies that go nowhere else.
    let https = public_url
        .value
        .as_deref()
        .is_some_and(|url| url.starts_with("https://"));
    let usual = milieu_server::Settings::loopback();
    Settings {
        data: strongest!(layers, data, PathBuf::from("milieu-data")),
        listen: strongest!(layers, listen, SocketAddr::from(([127, 0, 0, 1], 8080))),
        public_url,
        secure_cookies: strongest!(layers, secure_cookies, https),
        metrics: strongest!(layers, metrics, usual.metrics),
        stop_notice: strongest!(layers, stop_notice, 0),
        log: strongest!(layers, log, USUAL_LOG.to_owned()),
        log_format: strongest!(layers, log_format, LogFormat::Text),
        connections: strongest!(layers, connections, usual.most_connections),
        streams: strongest!(layers, streams, usual.most_streams),
        decisions: strongest!(layers, decisions, usual.limits.decisions.per_second),
        events: strongest!(layers, events, usual.limits.events.per_second),
        requests: strongest!(layers, requests, usual.limits.api.per_second),
    }
}

/// A row of the configuration, for people and programs.
#[derive(Debug, serde::Serialize)]
pub(crate) struct Row {
    pub(crate) key: &'static str,
    pub(crate) value: serde_json::Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) origin: Option<String>,
}

impl Settings {
    /// Returns all settings under the names that the file has for them.
    pub(crate) fn rows(&self) -> Vec<Row> {
        fn row<T>(key: &'static str, given: &Given<T>, value: impl serde::Serialize) -> Row {
            Row {
                key,
                value: serde_json::to_value(value).unwrap_or_default(),
                origin: Some(given.origin.to_string()),
            }
        }
        let format = match self.log_format.value {
            LogFormat::Text => "text",
            LogFormat::Json => "json",
        };
        vec![
            row("data", &self.data, self.data.value.display().to_string()),
            row("listen", &self.listen, self.listen.value.to_string()),
            row("public_url", &self.public_url, &self.public_url.value),
            row(
                "secure_cookies",
                &self.secure_cookies,
                self.secure_cookies.value,
            ),
            row("metrics", &self.metrics, self.metrics.value),
            row("stop_notice", &self.stop_notice, self.stop_notice.value),
            row("log", &self.log, &self.log.value),
            row("log_format", &self.log_format, format),
            row(
                "limits.connections",
                &self.connections,
                self.connections.value,
            ),
            row("limits.streams", &self.streams, self.streams.value),
            row("limits.decisions", &self.decisions, self.decisions.value),
            row("limits.events", &self.events, self.events.value),
            row("limits.requests", &self.requests, self.requests.value),
        ]
    }

    /// Returns what the server itself is told.
    pub(crate) fn server(&self) -> milieu_server::Settings {
        let mut settings = milieu_server::Settings::loopback();
        settings.secure_cookies = self.secure_cookies.value;
        settings.metrics = self.metrics.value;
        settings.notice = Duration::from_secs(u64::from(self.stop_notice.value));
        settings.most_connections = self.connections.value;
        settings.most_streams = self.streams.value;
        settings.limits.decisions = Rate::of(self.decisions.value);
        settings.limits.events = Rate::of(self.events.value);
        settings.limits.api = Rate::of(self.requests.value);
        settings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(port: u16, origin: Origin) -> Layer {
        let listen = Some(Given::new(SocketAddr::from(([127, 0, 0, 1], port)), origin));
        Layer {
            listen,
            ..Layer::default()
        }
    }

    #[test]
    fn a_flag_beats_a_variable_and_a_variable_beats_the_file() {
        let flag = || layer(1, Origin::Flag("--listen"));
        let variable = || layer(2, Origin::Variable("MILIEU_LISTEN"));
        let file = || layer(3, Origin::File("m.toml".to_owned(), 4));
        for (layers, port, origin) in [
            ([flag(), variable(), file()], 1, "flag --listen"),
            (
                [Layer::default(), variable(), file()],
                2,
                "environment MILIEU_LISTEN",
            ),
            ([Layer::default(), Layer::default(), file()], 3, "m.toml:4"),
            (<[Layer; 3]>::default(), 8080, "default"),
        ] {
            let listen = resolve(layers).listen;
            assert_eq!(listen.value.port(), port);
            assert_eq!(listen.origin.to_string(), origin);
        }
    }

    #[test]
    fn https_makes_cookies_secure_unless_somebody_says_otherwise() {
        let file = |url: &str, secure| Layer {
            public_url: Some(Given::new(url.to_owned(), Origin::Usual)),
            secure_cookies: secure,
            ..Layer::default()
        };
        let secure = |file| {
            resolve([Layer::default(), Layer::default(), file])
                .secure_cookies
                .value
        };
        assert!(secure(file("https://m.example", None)));
        assert!(!secure(file("http://m.example", None)));
        let no = Given::new(false, Origin::Usual);
        assert!(!secure(file("https://m.example", Some(no))));
    }
}
