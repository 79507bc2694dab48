//! The reference of the API as one page: written from the document, without any script.

mod schema;

use std::sync::OnceLock;

use serde_json::Value;

use crate::openapi;
use schema::{fields, kind};

/// The page's style sheet.
pub(crate) const STYLE: &str = include_str!("style.css");

/// Returns the page; it is written once.
pub(crate) fn page() -> &'static str {
    static PAGE: OnceLock<String> = OnceLock::new();
    PAGE.get_or_init(|| {
        let document: Value = serde_json::from_str(openapi::json()).unwrap_or_default();
        write(&document)
    })
}

/// An operation where it stands in the document.
struct Operation<'d> {
    method: &'d str,
    path: &'d str,
    about: &'d Value,
}

impl Operation<'_> {
    fn id(&self) -> &str {
        text(self.about, "operationId")
    }
}

fn write(document: &Value) -> String {
    let mut page = Page(String::with_capacity(512 * 1024));
    let version = text(&document["info"], "version");
    let tags: Vec<&Value> = list(&document["tags"]).collect();
    let operations = operations(document);
    let of = |tag: &Value| -> Vec<&Operation<'_>> {
        let name = text(tag, "name");
        let has = |operation: &&Operation<'_>| {
            list(&operation.about["tags"]).any(|own| own.as_str() == Some(name))
        };
        operations.iter().filter(has).collect()
    };
    page.raw(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>Milieu API</title><link rel=\"stylesheet\" href=\"/api/v1/reference/style.css\">\
         <link rel=\"icon\" href=\"data:,\"></head><body>\
         <a class=\"back\" href=\"#main\">Skip the list of routes</a><nav aria-label=\"Routes\">\
         <a class=\"home\" href=\"/\">Milieu</a>",
    );
    page.line("<p class=\"version\">API, version {}</p>", &[version]);
    for tag in &tags {
        page.line("<h2>{}</h2><ul>", &[text(tag, "name")]);
        for operation in of(tag) {
            let Operation { method, path, .. } = *operation;
            page.line(
                "<li><a href=\"#{}\"><span class=\"method {}\">{}</span><code>{}</code></a></li>",
                &[
                    operation.id(),
                    method,
                    &method.to_uppercase(),
                    shorter(path),
                ],
            );
        }
        page.raw("</ul>");
    }
    page.raw("<h2>Shapes</h2><ul><li><a href=\"#shapes\">All shapes</a></li></ul></nav>\n");
    page.raw("<main id=\"main\"><h1>Milieu API</h1>");
    page.prose(text(&document["info"], "description"));
    page.raw("<p><a href=\"/api/v1/openapi.json\">This page as OpenAPI 3.1</a></p>");
    for tag in &tags {
        let about = [text(tag, "name"), text(tag, "description")];
        page.line("<section><h2>{}</h2><p>{}</p>\n", &about);
        for operation in of(tag) {
            page.operation(operation);
        }
        page.raw("</section>");
    }
    page.raw("<section id=\"shapes\"><h2>Shapes</h2><p>What is sent and answered.</p>");
    let shapes = document
        .pointer("/components/schemas")
        .and_then(Value::as_object);
    for (name, shape) in shapes.into_iter().flatten() {
        page.shape(name, shape);
    }
    page.raw("</section></main></body></html>\n");
    page.0
}

fn operations(document: &Value) -> Vec<Operation<'_>> {
    let paths = document["paths"].as_object().into_iter().flatten();
    paths
        .flat_map(|(path, item)| {
            let methods = item.as_object().into_iter().flatten();
            methods.map(move |(method, about)| Operation {
                method,
                path,
                about,
            })
        })
        .collect()
}

/// A path as the list shows it, where every route begins alike.
fn shorter(path: &str) -> &str {
    path.strip_prefix("/api/v1").unwrap_or(path)
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// A page in the writing.
struct Page(String);

impl Page {
    fn raw(&mut self, html: &str) {
        self.0.push_str(html);
    }

    /// Writes HTML with each `{}` filled by a text, which cannot become HTML.
    fn line(&mut self, html: &str, texts: &[&str]) {
        let mut texts = texts.iter();
        for (index, part) in html.split("{}").enumerate() {
            if 0 < index {
                let text = texts.next().copied().unwrap_or_default();
                self.0.push_str(&escaped(text));
            }
            self.0.push_str(part);
        }
    }

    /// Writes paragraphs; what stands in backticks is code.
    fn prose(&mut self, text: &str) {
        for paragraph in text.split("\n\n").filter(|text| !text.is_empty()) {
            self.raw("<p>");
            self.inline(paragraph);
            self.raw("</p>");
        }
    }

    fn inline(&mut self, text: &str) {
        for (index, part) in text.split('`').enumerate() {
            let form = if index % 2 == 0 {
                "{}"
            } else {
                "<code>{}</code>"
            };
            self.line(form, &[part]);
        }
    }

    fn operation(&mut self, operation: &Operation<'_>) {
        let Operation {
            method,
            path,
            about,
        } = *operation;
        let id = operation.id();
        self.line(
            "<article id=\"{}\"><h3><span class=\"method {}\">{}</span>\
             <a href=\"#{}\"><code>{}</code></a></h3><p class=\"summary\">{}</p>",
            &[
                id,
                method,
                &method.to_uppercase(),
                id,
                path,
                text(about, "summary"),
            ],
        );
        self.prose(text(about, "description"));
        self.line("<p class=\"who\">{}</p>", &[&who(about)]);
        self.parameters(about);
        self.request(about);
        self.answers(about);
        self.line(
            "<pre><code>{}</code></pre></article>\n",
            &[&curl(operation)],
        );
    }

    fn parameters(&mut self, about: &Value) {
        let mut parameters = list(&about["parameters"]).peekable();
        if parameters.peek().is_none() {
            return;
        }
        self.raw("<h4>Parameters</h4><table>");
        for parameter in parameters {
            let must = parameter["required"] == true;
            self.name(text(parameter, "name"), must);
            self.line("{}, ", &[text(parameter, "in")]);
            self.raw(&kind(&parameter["schema"]));
            self.raw("</td><td>");
            self.inline(text(parameter, "description"));
            self.raw("</td></tr>");
        }
        self.raw("</table>");
    }

    /// Begins a row: a name, and a star when it must be there.
    fn name(&mut self, name: &str, must: bool) {
        self.line("<tr><th scope=\"row\"><code>{}</code>", &[name]);
        if must {
            self.raw(" <span class=\"must\" title=\"required\">*</span>");
        }
        self.raw("</th><td>");
    }

    fn request(&mut self, about: &Value) {
        let body = &about["requestBody"];
        let contents = body["content"].as_object().into_iter().flatten();
        for (media, content) in contents {
            self.line("<h4>Body, <code>{}</code></h4><p>", &[media]);
            self.raw(&kind(&content["schema"]));
            self.raw(" ");
            self.inline(text(body, "description"));
            self.raw("</p>");
        }
    }

    fn answers(&mut self, about: &Value) {
        self.raw("<h4>Answers</h4><table>");
        let answers = about["responses"].as_object().into_iter().flatten();
        for (status, answer) in answers {
            self.name(status, false);
            let contents = answer["content"].as_object().into_iter().flatten();
            for (_, content) in contents {
                self.raw(&kind(&content["schema"]));
            }
            self.raw("</td><td>");
            self.inline(text(answer, "description"));
            self.raw("</td></tr>");
        }
        self.raw("</table>");
    }

    fn shape(&mut self, name: &str, shape: &Value) {
        self.line(
            "<article id=\"shape-{}\"><h3><a href=\"#shape-{}\"><code>{}</code></a></h3>",
            &[name, name, name],
        );
        self.prose(text(shape, "description"));
        let fields = fields(shape);
        if fields.is_empty() {
            self.raw("<p>");
            self.raw(&kind(shape));
            self.raw("</p></article>\n");
            return;
        }
        self.raw("<table>");
        for field in fields {
            self.name(field.name, field.must);
            self.raw(&kind(field.shape));
            self.raw("</td><td>");
            self.inline(text(field.shape, "description"));
            self.raw("</td></tr>");
        }
        self.raw("</table></article>\n");
    }
}

/// Says who may ask.
fn who(about: &Value) -> String {
    let Some(ways) = about["security"].as_array() else {
        return "With a login or a key.".to_owned();
    };
    let names: Vec<&str> = ways
        .iter()
        .filter_map(|way| way.as_object()?.keys().next())
        .map(|name| match name.as_str() {
            "write_key" => "a write key as Basic user name",
            "bearer" => "a key as Authorization: Bearer",
            "key" => "a key as X-API-Key",
            "session" => "a browser's session",
            other => other,
        })
        .collect();
    if names.is_empty() {
        "Without a login or a key.".to_owned()
    } else {
        format!("With {}.", names.join(", or "))
    }
}

/// Writes the request as a command.
fn curl(operation: &Operation<'_>) -> String {
    let mut command = String::from("curl");
    let open = operation.about["security"].as_array().is_some_and(|ways| {
        ways.iter()
            .all(|way| way.as_object().is_some_and(serde_json::Map::is_empty))
    });
    let mut add = |part: String| command.push_str(&part);
    if operation.method != "get" {
        add(format!(" -X {}", operation.method.to_uppercase()));
    }
    if !open {
        add(" -H \"Authorization: Bearer $MILIEU_TOKEN\"".to_owned());
    }
    let contents = operation
        .about
        .pointer("/requestBody/content")
        .and_then(Value::as_object);
    if let Some(media) = contents.and_then(|contents| contents.keys().next()) {
        add(format!(" -H \"Content-Type: {media}\" --data-binary @body"));
    }
    add(format!(" \"$MILIEU_SERVER{}\"", operation.path));
    command
}

/// Writes a text so that it stays one.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_link_inside_the_page_has_its_place() {
        let page = page();
        let mut links = page.split("href=\"#").skip(1);
        assert!(
            links.all(|rest| {
                let id = rest.split('"').next().unwrap_or_default();
                page.contains(&format!("id=\"{id}\""))
            }),
            "a link leads nowhere"
        );
    }

    #[test]
    fn what_the_document_says_cannot_become_html() {
        let hostile = "<script>alert(1)</script>\"'";
        let document = json!({
            "info": {"version": hostile, "description": hostile},
            "tags": [{"name": hostile, "description": hostile}],
            "paths": {hostile: {"get": {
                "tags": [hostile], "operationId": hostile, "summary": hostile,
                "parameters": [{"name": hostile, "in": hostile, "schema": {"enum": [hostile]}}],
                "responses": {"200": {"description": hostile}},
            }}},
            "components": {"schemas": {hostile: {"properties": {hostile: {"type": hostile}}}}},
        });
        let page = write(&document);
        assert!(
            !page.contains("<script") && !page.contains("\"'\""),
            "{page}"
        );
    }
}
