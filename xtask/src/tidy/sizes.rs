//! Files stay short enough to be proofread, functions short enough for one look.

use crate::house::House;

/// A file beyond this should be split; it is listed in the report.
const SPLIT: usize = 500;
/// A file beyond this fails.
const MOST: usize = 800;
/// The median file has at most this many lines.
const MEDIAN: usize = 150;
/// A function beyond this fails.
const MOST_IN_FUNCTION: usize = 60;

/// Functions that may be longer, as path, name and reason.
const LONG_FUNCTIONS: &[(&str, &str, &str)] = &[];
/// Catalogues of one shape that may be longer, as path and reason.
const CATALOGUES: &[(&str, &str)] = &[];

/// A file and its lines without tests.
#[derive(Debug, PartialEq, Eq)]
struct FileSize<'h> {
    path: &'h str,
    lines: usize,
}

/// A function and its lines of code.
#[derive(Debug, PartialEq, Eq)]
struct FunctionSize<'h> {
    path: &'h str,
    name: &'h str,
    line: usize,
    lines: usize,
}

/// Says which files and functions are too long.
pub(crate) fn complaints(house: &House) -> Vec<String> {
    let files = files(house);
    let mut complaints = Vec::new();
    for FileSize { path, lines } in &files {
        if MOST < *lines && !CATALOGUES.iter().any(|(known, _)| known == path) {
            complaints.push(format!(
                "{path} has {lines} lines: split it, at most {MOST}"
            ));
        }
    }
    if let Some(median) = median(&files)
        && MEDIAN < median
    {
        complaints.push(format!(
            "the median file has {median} lines: at most {MEDIAN}"
        ));
    }
    for FunctionSize {
        path,
        name,
        line,
        lines,
    } in functions(house)
    {
        let listed = LONG_FUNCTIONS
            .iter()
            .any(|(file, function, _)| *file == path && *function == name);
        if MOST_IN_FUNCTION < lines && !listed {
            complaints.push(format!(
                "{path}:{line}: {name} has {lines} lines of code: at most {MOST_IN_FUNCTION}"
            ));
        }
    }
    complaints.extend(stale_exceptions(house));
    complaints
}

/// An exception for a file that is gone would hide the next of its name.
fn stale_exceptions(house: &House) -> Vec<String> {
    let functions = LONG_FUNCTIONS.iter().map(|(path, _, _)| *path);
    let files = CATALOGUES.iter().map(|(path, _)| *path);
    functions
        .chain(files)
        .filter(|path| house.text(path).is_none())
        .map(|path| format!("xtask/src/tidy/sizes.rs lists {path}, which is gone"))
        .collect()
}

fn sources(house: &House) -> impl Iterator<Item = (&str, &str)> {
    ["crates/", "bench/", "xtask/"]
        .into_iter()
        .flat_map(|folder| house.below(folder, ".rs"))
        .filter(|(path, _)| path.contains("/src/"))
}

/// Returns the part of a file in front of its unit tests.
fn without_tests(text: &str) -> &str {
    let start = text.find("\n#[cfg(test)]\nmod tests {");
    start.and_then(|start| text.get(..=start)).unwrap_or(text)
}

fn files(house: &House) -> Vec<FileSize<'_>> {
    let mut files: Vec<_> = sources(house)
        .map(|(path, text)| FileSize {
            path,
            lines: without_tests(text).lines().count(),
        })
        .collect();
    files.sort_by(|a, b| b.lines.cmp(&a.lines).then_with(|| a.path.cmp(b.path)));
    files
}

fn median(longest_first: &[FileSize<'_>]) -> Option<usize> {
    longest_first
        .get(longest_first.len() / 2)
        .map(|file| file.lines)
}

fn functions(house: &House) -> Vec<FunctionSize<'_>> {
    let mut functions: Vec<_> = sources(house)
        .flat_map(|(path, text)| functions_of(path, without_tests(text)))
        .collect();
    functions.sort_by(|a, b| b.lines.cmp(&a.lines).then_with(|| a.path.cmp(b.path)));
    functions
}

/// Finds functions by their indentation, which `cargo fmt --check` guarantees.
///
/// Counted are the lines of the body with code on them.
fn functions_of<'h>(path: &'h str, text: &'h str) -> Vec<FunctionSize<'h>> {
    let lines: Vec<&str> = text.lines().collect();
    let mut functions = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let Some(name) = function_name(line) else {
            continue;
        };
        let indent = line.len() - line.trim_start().len();
        let closes =
            |line: &&&str| line.len() == indent + 1 && line.ends_with('}') && line.trim() == "}";
        let rest = || lines.iter().skip(index);
        // A declaration in a trait, or a body on one line, ends before any such brace.
        let opens = rest()
            .take_while(|line| !line.trim_end().ends_with([';', '}']))
            .find(|line| line.ends_with('{'));
        if opens.is_none() {
            continue;
        }
        let body = rest()
            .skip_while(|line| !line.ends_with('{'))
            .skip(1)
            .take_while(|line| !closes(line));
        let code = |line: &&&str| !line.trim().is_empty() && !line.trim_start().starts_with("//");
        functions.push(FunctionSize {
            path,
            name,
            line: index + 1,
            lines: body.filter(code).count(),
        });
    }
    functions
}

fn function_name(line: &str) -> Option<&str> {
    const BEFORE: [&str; 6] = [
        "pub",
        "pub(crate)",
        "pub(super)",
        "const",
        "async",
        "unsafe",
    ];
    let mut rest = line.trim_start();
    while let Some((word, tail)) = rest.split_once(' ') {
        if word == "fn" {
            return tail.split(['(', '<']).next();
        }
        if !BEFORE.contains(&word) {
            return None;
        }
        rest = tail;
    }
    None
}

/// Prints the median, the largest files and the largest functions.
pub(crate) fn report(house: &House) -> String {
    let files = files(house);
    let lines: usize = files.iter().map(|file| file.lines).sum();
    let median = median(&files).unwrap_or_default();
    let beyond = files.iter().filter(|file| SPLIT < file.lines).count();
    let mut text = vec![format!(
        "{} files, {lines} lines without tests, median {median}, {beyond} beyond {SPLIT}\n\nlargest files",
        files.len()
    )];
    for FileSize { path, lines } in files.iter().take(10) {
        text.push(format!("{lines:>5} {path}"));
    }
    text.push("\nlargest functions, in lines of code".to_owned());
    for FunctionSize {
        path,
        name,
        line,
        lines,
    } in functions(house).iter().take(10)
    {
        text.push(format!("{lines:>5} {name} ({path}:{line})"));
    }
    text.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_do_not_count() {
        let text = format!(
            "fn a() {{}}\n\n#[cfg(test)]\nmod tests {{\n{}}}\n",
            "    // x\n".repeat(900)
        );
        let house = House::of([("crates/a/src/lib.rs", text.as_str())]);
        assert_eq!(files(&house)[0].lines, 2);
        assert_eq!(complaints(&house), Vec::<String>::new());
    }

    #[test]
    fn a_long_file_and_a_high_median_are_told() {
        let text = "// x\n".repeat(801);
        let found = complaints(&House::of([("crates/a/src/lib.rs", text.as_str())]));
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("lib.rs has 801 lines"), "{found:?}");
        assert!(found[1].contains("median file has 801"), "{found:?}");
    }

    #[test]
    fn a_long_function_is_told_with_its_place() {
        let body = "        step();\n\n        // said why\n".repeat(61);
        let text = format!(
            "impl A {{\n    pub(crate) async fn long<T>(\n        t: T,\n    ) {{\n{body}    }}\n}}\n"
        );
        let found = complaints(&House::of([("crates/a/src/lib.rs", text.as_str())]));
        let told = "crates/a/src/lib.rs:2: long has 61 lines of code: at most 60";
        assert_eq!(found.last().map(String::as_str), Some(told));
    }

    #[test]
    fn declarations_and_inner_braces_end_no_function() {
        let text = "trait A {\n    fn said(&self);\n    fn one(&self) { 1 }\n    fn two(&self) {\n        if x {\n            y();\n        }\n    }\n}\n";
        let sizes: Vec<_> = functions_of("a.rs", text)
            .into_iter()
            .map(|f| (f.name, f.lines))
            .collect();
        assert_eq!(sizes, [("two", 3)]);
    }
}
