//! JSON set out for reading, with every number and name as it came.

/// Indents JSON without reading its numbers, so that none changes.
pub(crate) fn pretty(json: &str) -> String {
    let mut out = String::with_capacity(json.len() * 2);
    let mut depth = 0_usize;
    let mut characters = json.trim().chars().peekable();
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.push_str(&"  ".repeat(depth));
    };
    while let Some(c) = characters.next() {
        match c {
            '"' => {
                out.push(c);
                while let Some(inside) = characters.next() {
                    out.push(inside);
                    match inside {
                        '\\' => out.extend(characters.next()),
                        '"' => break,
                        _ => {}
                    }
                }
            }
            '{' | '[' => {
                out.push(c);
                while characters.next_if(char::is_ascii_whitespace).is_some() {}
                if let Some(end) = characters.next_if(|c| matches!(c, '}' | ']')) {
                    out.push(end);
                    continue;
                }
                depth += 1;
                line(&mut out, depth);
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(&mut out, depth);
                out.push(c);
            }
            ',' => {
                out.push(c);
                line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            c if c.is_ascii_whitespace() => {}
            c => out.push(c),
        }
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_indented_and_its_numbers_are_kept() {
        let raw = r#"{"b":[1,0.10000000000000001, {}],"a":"x{,\"]: y","e":[ ]}"#;
        insta::assert_snapshot!(pretty(raw), @r#"
        {
          "b": [
            1,
            0.10000000000000001,
            {}
          ],
          "a": "x{,\"]: y",
          "e": []
        }
        "#);
    }

    #[test]
    fn it_is_what_the_library_writes() {
        let value = serde_json::json!({"a": [1, {"b": null}], "c": "ü\n\"", "d": [], "e": {}});
        let library = serde_json::to_string_pretty(&value).unwrap() + "\n";
        assert_eq!(pretty(&value.to_string()), library);
    }
}
