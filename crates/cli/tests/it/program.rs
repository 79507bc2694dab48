//! Runs the real program, in a folder of its own, with nothing from the tester's settings.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;

use tempfile::TempDir;

pub(crate) const PASSWORD: &str = "correct horse battery";

pub(crate) const SLOTS: &str = r#"
[[slot]]
key = "home.hero"
type = "object"
goal = "click"
default = { title = "Welcome" }
[[slot.variant]]
key = "classic"
generic = true
[slot.variant.renderings]
"ja-JP" = { title = "ようこそ" }
"de-DE" = { title = "Willkommen" }
[[slot.variant]]
key = "warm"
[slot.variant.renderings]
"ja-JP" = { title = "おかえりなさい" }
"#;

/// What a run of the program left behind.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// Returns stdout of a run that went well.
    #[track_caller]
    pub(crate) fn ok(self) -> String {
        assert_eq!(self.code, 0, "{self:?}");
        self.stdout
    }

    /// Returns stderr of a run that ended with a code and no data.
    #[track_caller]
    pub(crate) fn refused(self, code: i32) -> String {
        assert_eq!((self.code, &*self.stdout), (code, ""), "{self:?}");
        self.stderr
    }
}

/// A folder in which the program runs; its settings are kept there too.
#[derive(Debug)]
pub(crate) struct Place {
    folder: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// A place with a workspace in `shop`: two markets, four people.
    pub(crate) fn with_shop() -> Self {
        let place = Self::new();
        place
            .run("workspace set --data shop --name Shop --markets de-DE,ja-JP")
            .ok();
        for (name, roles) in [
            ("owner", "--role owner"),
            ("editor", "--role editor --role reviewer"),
            ("haruka", "--role reviewer:ja-JP"),
            ("jonas", "--role reviewer:de-DE"),
        ] {
            let add = format!("user add {name} {roles} --data shop --password-stdin");
            place.run_with(&add, PASSWORD).ok();
        }
        place.write("slots.toml", SLOTS);
        place
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let file = self.path().join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, content).unwrap();
    }

    /// The program with arguments, which are split at blanks.
    pub(crate) fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_milieu"));
        command
            .args(line.split_whitespace())
            .current_dir(self.path())
            .env_clear()
            .env("XDG_CONFIG_HOME", self.path().join("config"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub(crate) fn run(&self, line: &str) -> Run {
        self.run_with(line, "")
    }

    /// Runs the program with text on its stdin.
    pub(crate) fn run_with(&self, line: &str, stdin: &str) -> Run {
        finish(self.command(line), stdin)
    }

    /// Starts a server on the workspace in `shop`.
    pub(crate) fn serve(&self) -> Server {
        let mut child = self
            .command("serve --data shop --listen 127.0.0.1:0")
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let address = lines.by_ref().map(Result::unwrap).find_map(|line| {
            let (_, address) = line.split_once("Milieu is ready at ")?;
            Some(address.trim_end_matches('/').to_owned())
        });
        let address = address.expect("an address");
        // A server whose stderr is full would stop.
        thread::spawn(move || lines.for_each(drop));
        Server { child, address }
    }
}

/// Runs a command to its end.
pub(crate) fn finish(mut command: Command, stdin: &str) -> Run {
    let mut child = command.spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    // A program that does not read its stdin may end before all is written.
    drop(pipe.write_all(stdin.as_bytes()));
    drop(pipe);
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run {
        code: output.status.code().unwrap_or(-1),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}

/// Reads the first line that a program writes, and then closes its stdout.
pub(crate) fn first_line_of(mut command: Command) -> (String, Run) {
    let mut child = command.spawn().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    stdout.read_line(&mut line).unwrap();
    drop(stdout);
    let mut stderr = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut stderr)
        .unwrap();
    let code = child.wait().unwrap().code().unwrap_or(-1);
    let run = Run {
        code,
        stdout: String::new(),
        stderr,
    };
    (line, run)
}

/// A server of its own process, killed at the end.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Writes every number as #, and every run of blanks as one: packs grow.
pub(crate) fn without_numbers(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            c if c.is_ascii_digit() && out.ends_with('#') => {}
            c if c.is_ascii_digit() => out.push('#'),
            ' ' if out.ends_with(' ') => {}
            c => out.push(c),
        }
    }
    out
}
