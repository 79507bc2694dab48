//! Shapes of the document in words.

use serde_json::Value;

use super::{escaped, list, text};

/// A field of a shape.
pub(super) struct Field<'d> {
    pub(super) name: &'d str,
    pub(super) must: bool,
    pub(super) shape: &'d Value,
}

/// Returns the fields of an object, those of its parts included.
pub(super) fn fields(shape: &Value) -> Vec<Field<'_>> {
    let mut fields = Vec::new();
    let required: Vec<&str> = list(&shape["required"]).filter_map(Value::as_str).collect();
    for (name, shape) in shape["properties"].as_object().into_iter().flatten() {
        fields.push(Field {
            name,
            must: required.contains(&name.as_str()),
            shape,
        });
    }
    for part in list(&shape["allOf"]) {
        if part["$ref"].is_string() {
            fields.push(Field {
                name: "…",
                must: false,
                shape: part,
            });
        }
        fields.extend(self::fields(part));
    }
    fields
}

/// Says a shape in HTML: its type, its bounds, and links to the shapes it is made of.
pub(super) fn kind(shape: &Value) -> String {
    if let Some(name) = shape["$ref"]
        .as_str()
        .and_then(|path| path.rsplit('/').next())
    {
        let name = escaped(name);
        return format!("<a href=\"#shape-{name}\">{name}</a>");
    }
    for (parts, word) in [("oneOf", " or "), ("anyOf", " or "), ("allOf", " and ")] {
        let parts: Vec<String> = list(&shape[parts]).map(kind).collect();
        if !parts.is_empty() {
            return parts.join(word);
        }
    }
    let values: Vec<String> = list(&shape["enum"])
        .map(|value| match value.as_str() {
            Some(text) => format!("<code>{}</code>", escaped(text)),
            None => escaped(&value.to_string()),
        })
        .collect();
    if !values.is_empty() {
        return values.join(", ");
    }
    let types: Vec<String> = match &shape["type"] {
        Value::Array(types) => types
            .iter()
            .filter_map(Value::as_str)
            .map(|one| one_type(shape, one))
            .collect(),
        Value::String(one) => vec![one_type(shape, one)],
        _ => vec!["anything".to_owned()],
    };
    types.join(" or ")
}

fn one_type(shape: &Value, name: &str) -> String {
    let mut words = match name {
        "array" => format!("list of {}", kind(&shape["items"])),
        "object" if shape["additionalProperties"].is_object() => {
            format!("map to {}", kind(&shape["additionalProperties"]))
        }
        "string" => match text(shape, "format") {
            "" => "text".to_owned(),
            format => escaped(format),
        },
        "integer" => "whole number".to_owned(),
        "null" => return "null".to_owned(),
        other => escaped(other),
    };
    for (key, word) in [
        ("minimum", "from"),
        ("maximum", "to"),
        ("minItems", "at least"),
        ("maxItems", "at most"),
        ("minLength", "at least"),
        ("maxLength", "at most"),
        ("pattern", "matching"),
    ] {
        match &shape[key] {
            Value::Number(bound) => words = format!("{words}, {word} {bound}"),
            Value::String(pattern) => {
                words = format!("{words}, {word} <code>{}</code>", escaped(pattern));
            }
            _ => {}
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_shape_is_said_in_words() {
        for (shape, words) in [
            (json!({"type": ["string", "null"]}), "text or null"),
            (
                json!({"type": "array", "items": {"$ref": "#/components/schemas/Key"}, "maxItems": 3}),
                "list of <a href=\"#shape-Key\">Key</a>, at most 3",
            ),
            (
                json!({"type": "string", "enum": ["a", "b"]}),
                "<code>a</code>, <code>b</code>",
            ),
            (
                json!({"type": "integer", "minimum": 0}),
                "whole number, from 0",
            ),
            (json!({}), "anything"),
        ] {
            assert_eq!(kind(&shape), words);
        }
    }
}
