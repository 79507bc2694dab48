//! Starts the program, talks to it over HTTP, and ends what it started.

use std::io::{BufRead as _, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use serde_json::Value;
use ureq::Agent;
use ureq::http::Request;

/// Nothing waits longer than this.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// A running server; it is killed when it goes out of scope.
pub(crate) struct Running {
    child: Child,
    pub(crate) api: Api,
}

/// Starts `milieu demo` on a free port and returns what it tells about itself.
pub(crate) fn demo(folder: &Path, visitors: u32) -> (Running, Value) {
    let mut command = milieu(&["demo", "--format", "json", "--listen", "127.0.0.1:0"]);
    command.arg("--data").arg(folder);
    command.args(["--visitors", &visitors.to_string()]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    let line = first_line(child.stdout.take().unwrap(), |_| true);
    let told: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("not JSON: {line}"));
    let api = Api::at(told["url"].as_str().unwrap());
    (Running { child, api }, told)
}

/// Starts `milieu serve` on a free port.
pub(crate) fn serve(folder: &Path) -> Running {
    started(milieu(&["serve"]), folder)
}

/// Starts a command that ends in `milieu serve` on a folder and a free port.
pub(crate) fn started(mut command: Command, folder: &Path) -> Running {
    command
        .args(["--listen", "127.0.0.1:0", "--data"])
        .arg(folder);
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    let ready = "Milieu is ready at ";
    let line = first_line(child.stderr.take().unwrap(), move |line| {
        line.contains(ready)
    });
    let (_, url) = line.split_once(ready).unwrap();
    let api = Api::at(url.trim());
    Running { child, api }
}

pub(crate) fn milieu(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_milieu"));
    command.args(arguments);
    command
}

/// Waits for a line, then keeps reading so that the program never waits for a reader.
fn first_line(
    from: impl Read + Send + 'static,
    wanted: impl Fn(&str) -> bool + Send + 'static,
) -> String {
    let (found, line) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            if wanted(&line) {
                drop(found.send(line));
            }
        }
    });
    line.recv_timeout(PATIENCE).expect("the program gets ready")
}

impl Running {
    /// Ends the program as a power cut would.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Asks the program to end, and waits until it has.
    pub(crate) fn terminate(self) -> ExitStatus {
        self.ask_to_stop();
        self.wait()
    }

    /// Asks the program to end.
    pub(crate) fn ask_to_stop(&self) {
        let id = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &id]).status().unwrap();
        assert!(asked.success());
    }

    /// Waits until the program has ended.
    pub(crate) fn wait(mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A server's routes.
#[derive(Clone)]
pub(crate) struct Api {
    agent: Agent,
    pub(crate) url: String,
}

impl Api {
    pub(crate) fn at(url: &str) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            .build()
            .new_agent();
        Self {
            agent,
            url: url.trim_end_matches('/').to_owned(),
        }
    }

    /// Sends a request; `None` when the server is gone before it answers.
    pub(crate) fn try_call(
        &self,
        method: &str,
        path: &str,
        bearer: &str,
        body: &str,
    ) -> Option<(u16, Value)> {
        let request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.url))
            .header("Content-Type", "application/json")
            .header("Authorization", format!("Bearer {bearer}"))
            .body(body.to_owned())
            .unwrap();
        let mut answer = self.agent.run(request).ok()?;
        let status = answer.status().as_u16();
        let text = answer.body_mut().read_to_string().ok()?;
        Some((status, serde_json::from_str(&text).unwrap_or(Value::Null)))
    }

    pub(crate) fn call(
        &self,
        method: &str,
        path: &str,
        bearer: &str,
        body: &Value,
    ) -> (u16, Value) {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        self.try_call(method, path, bearer, &body)
            .expect("the server answers")
    }

    #[track_caller]
    pub(crate) fn get(&self, path: &str, bearer: &str) -> Value {
        let (status, value) = self.call("GET", path, bearer, &Value::Null);
        assert_eq!(status, 200, "{path}: {value}");
        value
    }

    /// Logs in and returns the session's secret.
    #[track_caller]
    pub(crate) fn log_in(&self, name: &str, password: &str) -> String {
        let body = serde_json::json!({"name": name, "password": password});
        let (status, value) = self.call("POST", "/api/v1/session", "", &body);
        assert_eq!(status, 200, "{value}");
        value["token"].as_str().unwrap().to_owned()
    }

    /// Returns every page of a list.
    pub(crate) fn list(&self, path: &str, bearer: &str) -> Vec<Value> {
        let (mut all, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = self.get(&format!("{path}{cursor}"), bearer);
            all.extend(page["items"].as_array().unwrap().iter().cloned());
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return all,
            }
        }
    }

    /// Returns a slot's report once it counts at least so many visitors.
    #[track_caller]
    pub(crate) fn report_of(&self, slot: &str, bearer: &str, visitors: u64) -> Value {
        let until = Instant::now() + PATIENCE;
        loop {
            let report = self.get(&format!("/api/v1/reports/ctr?slot={slot}"), bearer);
            let have = count(&report, "n");
            if visitors <= have {
                return report;
            }
            assert!(Instant::now() < until, "{have} of {visitors} visitors");
        }
    }
}

/// Adds up a column of a report over held-out and treated visitors of all markets.
pub(crate) fn count(report: &Value, column: &str) -> u64 {
    let rows = report["markets"].as_array().unwrap().iter();
    rows.filter(|row| row["kind"] == "holdout" || row["kind"] == "treated")
        .filter_map(|row| row[column].as_u64())
        .sum()
}
