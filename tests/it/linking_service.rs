//! The reconciliation services over HTTP on loopback.

use crate::schema::Schemas;
use crate::shared;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, ChildStderr, Command, Stdio};

/// A running service, stopped when it is dropped.
struct Served {
    child: Child,
    /// What it says, kept open as long as it may speak.
    _words: BufReader<ChildStderr>,
    host: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("jinxiu"));
    command.args(["link", "serve"]).args(args).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

fn served(args: &[&str]) -> Served {
    let mut child = command(&[&["--port", "0"], args].concat()).spawn().unwrap();
    let mut line = String::new();
    let mut words = BufReader::new(child.stderr.take().unwrap());
    words.read_line(&mut line).unwrap();
    let host = line.split("http://").nth(1).and_then(|rest| rest.split('/').next());
    let host = host.unwrap_or_else(|| panic!("{line}")).to_owned();
    Served { child, _words: words, host }
}

/// What came back: the status, the head, the body.
#[derive(Debug)]
struct Got {
    status: u16,
    head: String,
    body: String,
}

impl Got {
    fn json(&self) -> Value {
        assert_eq!(self.status, 200, "{self:?}");
        serde_json::from_str(&self.body).unwrap()
    }
}

impl Served {
    /// Sends bytes as they are; the answer is taken as far as it comes.
    fn raw(&self, bytes: &[u8]) -> Got {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Got { status, head: head.to_lowercase(), body: body.to_owned() }
    }

    fn send(&self, method: &str, target: &str, (kind, body): (&str, &str)) -> Got {
        let length = body.len();
        self.raw(
            format!("{method} {target} HTTP/1.0\r\nHost: {}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n{body}", self.host)
                .as_bytes(),
        )
    }

    fn get(&self, target: &str) -> Got {
        self.send("GET", target, ("text/plain", ""))
    }

    fn post(&self, target: &str, field: &str, value: &Value) -> Got {
        self.send(
            "POST",
            target,
            ("application/x-www-form-urlencoded; charset=utf-8", &field_of(field, value)),
        )
    }
}

fn field_of(field: &str, value: &Value) -> String {
    format!("{field}={}", utf8_percent_encode(&value.to_string(), NON_ALPHANUMERIC))
}

fn queries() -> Value {
    json!({
        "q0": {"query": "太原市", "type": "Place", "limit": 3, "type_strict": "should"},
        "q1": {"query": "朝阳区", "properties": [{"pid": "within", "v": "长春市"}]},
        "q2": {"query": "没有这样的地方"},
    })
}

/// The folder of the API's schemas and examples; says so where it is not there.
fn specification() -> Option<PathBuf> {
    let folder = shared::folder().map(|f| f.join("opendata/linking/reconciliation-api-0.2"));
    let folder = folder.filter(|f| f.is_dir());
    if folder.is_none() {
        shared::skip("no schemas of the Reconciliation API beside the crate");
    }
    folder
}

#[test]
fn every_answer_fits_the_schemas_of_the_specification() {
    let Some(folder) = specification() else { return };
    let schemas = Schemas(folder.join("schemas"));
    let server = served(&[]);
    for name in ["gbt2260", "zones", "wikidata", "geonames", "gbt4754", "isic4"] {
        let at = |path: &str| format!("/{name}{path}");
        let first = server.get(&at("/suggest/entity?prefix=%E5%A4%AA")).json()["result"][0]["id"].clone();
        let ids = [json!("140100"), json!("1793510"), json!("Q72778"), first];
        let ids: Vec<Value> = ids.into_iter().filter(Value::is_string).collect();
        let wanted =
            ["within", "code", "iri", "kind", "latitude", "longitude", "label"].map(|id| json!({"id": id}));
        let extend = json!({"ids": ids, "properties": wanted});
        let answers = [
            ("manifest.json", server.get(&at(""))),
            ("reconciliation-result-batch.json", server.post(&at(""), "queries", &queries())),
            (
                "reconciliation-result-batch.json",
                server.get(&at(&format!("?{}", field_of("queries", &queries())))),
            ),
            ("suggest-entities-response.json", server.get(&at("/suggest/entity?prefix=%E5%A4%AA"))),
            ("suggest-types-response.json", server.get(&at("/suggest/type?prefix="))),
            ("suggest-properties-response.json", server.get(&at("/suggest/property?prefix="))),
            ("data-extension-property-proposal.json", server.get(&at("/properties?type=Place&limit=3"))),
            ("data-extension-response.json", server.post(&at(""), "extend", &extend)),
        ];
        for (schema, answer) in answers {
            let faults = schemas.faults(schema, &answer.json());
            assert!(faults.is_empty(), "{name}, {schema}: {faults:?}");
        }
    }
}

#[test]
fn the_checker_of_schemas_takes_and_refuses_the_examples_of_the_specification() {
    let Some(folder) = specification() else { return };
    let schemas = Schemas(folder.join("schemas"));
    let mut tried = 0;
    for kind in fs::read_dir(folder.join("examples")).unwrap().flatten() {
        let schema = format!("{}.json", kind.file_name().to_string_lossy());
        if !folder.join("schemas").join(&schema).exists() {
            continue;
        }
        for valid in [true, false] {
            let examples = fs::read_dir(kind.path().join(if valid { "valid" } else { "invalid" }));
            for example in examples.into_iter().flatten().flatten() {
                let name = example.path().display().to_string();
                // What it refers to stands in another specification.
                if name.contains("bad-authentication") {
                    continue;
                }
                let value = serde_json::from_str(&fs::read_to_string(example.path()).unwrap()).unwrap();
                let faults = schemas.faults(&schema, &value);
                assert_eq!(faults.is_empty(), valid, "{name}: {faults:?}");
                tried += 1;
            }
        }
    }
    assert!(tried > 20, "{tried}");
}

/// What the schemas ask for, without them.
#[test]
fn a_batch_is_answered_query_by_query_with_the_judgement_of_the_linker() {
    let server = served(&[]);
    let manifest = server.get("/wikidata").json();
    assert!(manifest["versions"].as_array().unwrap().contains(&json!("0.2")), "{manifest}");
    assert_eq!(manifest["identifierSpace"], "http://www.wikidata.org/entity/");
    let preview = manifest["preview"]["url"].as_str().unwrap().replace("{{id}}", "Q72778");
    let path = preview.split_once(&server.host).unwrap().1;
    let page = server.get(path);
    assert!(
        page.status == 200 && page.body.contains("太原市") && page.head.contains("text/html"),
        "{page:?}"
    );
    let posted = server.post("/gbt2260", "queries", &queries()).json();
    let got = server.get(&format!("/gbt2260?{}", field_of("queries", &queries()))).json();
    assert_eq!(posted, got);
    assert_eq!(posted["q0"]["result"][0]["id"], "140100");
    assert_eq!(
        (&posted["q1"]["result"][0]["id"], &posted["q1"]["result"][0]["match"]),
        (&json!("220104"), &json!(true))
    );
    assert_eq!(posted["q2"]["result"], json!([]));
}

#[test]
fn any_page_may_ask_and_every_answer_says_so() {
    let server = served(&[]);
    let asked = server.send("OPTIONS", "/gbt2260", ("text/plain", ""));
    assert!(asked.status == 204 && asked.head.contains("access-control-allow-headers: *"), "{asked:?}");
    for got in [server.get("/"), server.get("/gbt2260"), server.get("/nowhere"), asked] {
        assert!(got.head.contains("access-control-allow-origin: *"), "{got:?}");
        assert!(got.head.contains("nosniff"), "{got:?}");
    }
}

#[test]
fn what_is_hostile_is_refused_and_the_service_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let mapping = folder.path().join("own.toml");
    let columns = "[columns]\nid = \"nr\"\nname = \"called\"\n";
    let head = "name = \"own\"\nfile = \"own.csv\"\nlicence = \"own\"\nprefix = \"own\"\nnamespace = \"http://example.org/\"\nclasses = [\"Enterprise\"]\n";
    fs::write(&mapping, format!("{head}{columns}")).unwrap();
    fs::write(folder.path().join("own.csv"), "nr,called\n1,<script>alert(1)</script>\n").unwrap();
    let server = served(&["--mapping", mapping.to_str().unwrap()]);
    let form = "application/x-www-form-urlencoded";
    let page = server.get("/own/preview?id=1");
    assert!(page.body.contains("&lt;script&gt;") && !page.body.contains("<script"), "{page:?}");
    let page = server.get("/own/preview?id=%3Cscript%3E");
    assert!(page.status == 404 && page.head.contains("application/json"), "{page:?}");
    assert_eq!(server.send("POST", "/gbt2260", (form, "queries={\"q0\":")).status, 400);
    assert_eq!(server.send("POST", "/gbt2260", ("application/json", "{}")).status, 415);
    assert_eq!(server.send("DELETE", "/gbt2260", ("text/plain", "")).status, 405);
    let large = server.raw(b"POST /gbt2260 HTTP/1.0\r\nHost: localhost\r\nContent-Length: 18446744073709551615\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nqueries=");
    assert_eq!(large.status, 413, "{large:?}");
    let grown = "a".repeat((4 << 20) + 10);
    assert_eq!(server.send("POST", "/gbt2260", (form, &grown)).status, 413);
    let deep = format!("queries={}", "[".repeat(100_000));
    assert_eq!(server.send("POST", "/gbt2260", (form, &deep)).status, 400);
    server.raw(b"\x00\xff nonsense\r\n\r\n");
    let halves: Vec<TcpStream> = (0..8)
        .map(|_| {
            let mut half = TcpStream::connect(&server.host).unwrap();
            half.write_all(b"POST /gbt2260 HTTP/1.1\r\nContent-Le").unwrap();
            half
        })
        .collect();
    assert_eq!(server.get("/gbt2260/../../etc/passwd").status, 404);
    assert_eq!(
        server.get("/gbt2260").json()["name"].as_str().map(|name| name.ends_with("(jinxiu)")),
        Some(true)
    );
    drop(halves);
}

#[test]
fn a_signal_stops_it_with_the_code_that_says_so() {
    for (signal, code) in [("-INT", 130), ("-TERM", 143)] {
        let mut server = served(&[]);
        assert_eq!(server.get("/gbt2260").status, 200);
        let killed = Command::new("kill").args([signal, &server.child.id().to_string()]).status().unwrap();
        assert!(killed.success());
        assert_eq!(server.child.wait().unwrap().code(), Some(code), "{signal}");
    }
}

#[test]
fn a_port_that_is_taken_is_told() {
    let server = served(&[]);
    let port = server.host.rsplit(':').next().unwrap();
    let output = command(&["--port", port]).output().unwrap();
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && words.contains("cannot listen"), "{words}");
}
