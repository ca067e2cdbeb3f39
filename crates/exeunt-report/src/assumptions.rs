//! The page that lists every assumption: one HTML file that needs nothing beside it.

use exeunt_model::Scenario;
use exeunt_model::scenario::Assumption;

const STYLE: &str = "\
body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;\
color:#1b1f24;background:#fff}\
table{border-collapse:collapse;width:100%}\
th,td{text-align:start;vertical-align:top;padding:.25rem .75rem .25rem 0;\
border-bottom:1px solid #d5dae0}\
th[scope=row]{font-weight:400;white-space:nowrap;width:14rem}\
@media(prefers-color-scheme:dark){body{color:#e6e9ed;background:#15181c}\
th,td{border-color:#363c44}}";

/// Returns a page with all assumptions by table, in the order of the scenario's files.
pub fn html(scenario: &Scenario) -> String {
    let title = format!("Assumptions: {}", scenario.operation.title);
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n\
         <p>{assumed} of {rows} rows are assumed in whole or part. Each says what is assumed and why; \
         the other rows name the source in which they were read.</p>\n",
        title = escape(&title),
        assumed = scenario.assumptions.len(),
        rows = scenario.n_graded_rows,
    );
    for (table, rows) in by_table(&scenario.assumptions) {
        page += &format!("<h2>{} ({})</h2>\n<table>\n", escape(table), rows.len());
        page += "<tr><th scope=\"col\">row</th><th scope=\"col\">assumed</th></tr>\n";
        for row in rows {
            page += &format!(
                "<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n",
                escape(&row.row),
                escape(&row.text)
            );
        }
        page += "</table>\n";
    }
    page += "</body>\n</html>\n";
    page
}

/// Groups by table, tables in the order in which they first come up.
fn by_table(assumptions: &[Assumption]) -> Vec<(&str, Vec<&Assumption>)> {
    let mut tables: Vec<(&str, Vec<&Assumption>)> = Vec::new();
    for row in assumptions {
        match tables.iter_mut().find(|(table, _)| *table == row.table) {
            Some((_, rows)) => rows.push(row),
            None => tables.push((&row.table, vec![row])),
        }
    }
    tables
}

/// Escapes text for element content and quoted attributes.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}
