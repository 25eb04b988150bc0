//! `jinxiu link serve`: the linker as reconciliation services over HTTP.

use super::super::terminal::say;
use super::given::Brought;
use crate::cli::failure::{Exit, Failure, Outcome, plain};
use crate::cli::interrupt;
use jinxiu::link::Catalogue;
use jinxiu::link::reconcile::{Answer, Refusal, Request, answer};
use oxhttp::Server;
use oxhttp::model::header::{CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderName};
use oxhttp::model::{Body, HeaderValue, Method, Response, StatusCode};
use std::io::{self, Read};
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

/// How many clients are heard at once.
const CLIENTS: usize = 64;
/// How long a client may fall silent.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often it is looked whether to stop, and how long the last answers have to leave.
const PAUSE: Duration = Duration::from_millis(100);
/// The most bytes of a form.
const LARGEST: u64 = 4 << 20;
/// The form of OpenRefine and of the specification.
const FORM: &str = "application/x-www-form-urlencoded";
/// What every answer carries: any page may read it, and nothing in it is run. GET and POST need no leave by name.
const HEADERS: [(&str, &str); 4] = [
    ("access-control-allow-origin", "*"),
    ("access-control-allow-headers", "*"),
    ("x-content-type-options", "nosniff"),
    ("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'"),
];

/// A request as it comes from the network.
type Heard = oxhttp::model::Request<Body>;

/// Serve each source to OpenRefine and other clients of the Reconciliation Service API 0.2, until Ctrl-C
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Nobody is asked for a password: beyond loopback, whoever reaches the address may ask. Example: jinxiu link serve --port 8000"
)]
pub struct Args {
    #[command(flatten)]
    brought: Brought,
    /// The port; 0 takes a free one
    #[arg(long, default_value_t = 8000)]
    port: u16,
    /// The address, by default that of this machine alone
    #[arg(long, default_value = "127.0.0.1")]
    address: IpAddr,
}

/// Runs it.
pub fn run(args: &Args) -> Outcome {
    let catalogue = args.brought.catalogue()?;
    let wanted = SocketAddr::new(args.address, args.port);
    let answering = Arc::new(RwLock::new(()));
    let bound = listen(wanted, catalogue, Arc::clone(&answering)).map_err(|error| {
        let words = format!("{wanted}: cannot listen: {}; choose another --port or --address", plain(&error));
        Failure::said(Exit::Usage, words)
    })?;
    say(format_args!("listening on http://{bound}/, Ctrl-C stops"));
    let _unbroken = interrupt::writing();
    while !interrupt::is_asked() {
        std::thread::sleep(PAUSE);
    }
    let _answered = answering.write().unwrap_or_else(PoisonError::into_inner);
    std::thread::sleep(PAUSE);
    interrupt::outcome("what was asked is answered")
}

/// Answers in threads of its own from now on; gives the address, in which 0 has become the port that was free. Whoever
/// holds `answering` for reading has not finished an answer.
fn listen(wanted: SocketAddr, catalogue: Catalogue, answering: Arc<RwLock<()>>) -> io::Result<SocketAddr> {
    let bound = TcpListener::bind(wanted)?.local_addr()?;
    let respond = move |heard: &mut Heard| {
        let _answering = answering.read().unwrap_or_else(PoisonError::into_inner);
        respond(heard, bound, &catalogue)
    };
    Server::new(respond)
        .with_global_timeout(PATIENCE)
        .with_max_concurrent_connections(CLIENTS)
        .bind(bound)
        .spawn()?;
    Ok(bound)
}

fn respond(heard: &mut Heard, bound: SocketAddr, catalogue: &Catalogue) -> Response<Body> {
    let answered = match read(heard) {
        Ok(Some(request)) => answer(&request, &root(heard, bound), catalogue),
        Ok(None) => Answer { status: 204, media_type: "text/plain", body: String::new() },
        Err(refusal) => Answer::refusing(&refusal),
    };
    let body = if heard.method() == Method::HEAD { String::new() } else { answered.body };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() =
        StatusCode::from_u16(answered.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(answered.media_type));
    response
}

/// What is asked; nothing by a browser that only asks whether it may.
fn read(heard: &mut Heard) -> Result<Option<Request>, Refusal> {
    let method = heard.method().clone();
    let form = match method {
        Method::GET | Method::HEAD => Vec::new(),
        Method::POST => form(heard)?,
        Method::OPTIONS => return Ok(None),
        _ => return Err(Refusal::Method),
    };
    let target = heard.uri().path_and_query().map_or("/", |target| target.as_str());
    Request::read(target, &form).map(Some)
}

fn form(heard: &mut Heard) -> Result<Vec<u8>, Refusal> {
    let sent_as = header(heard, &CONTENT_TYPE).unwrap_or(FORM);
    let media_type = sent_as.split(';').next().unwrap_or_default().trim();
    if !media_type.eq_ignore_ascii_case(FORM) {
        return Err(Refusal::Form(media_type.to_owned()));
    }
    let announced = header(heard, &CONTENT_LENGTH).and_then(|length| length.parse().ok()).unwrap_or(0u64);
    let mut form = Vec::new();
    if announced <= LARGEST {
        let read = heard.body_mut().take(LARGEST + 1).read_to_end(&mut form);
        read.map_err(|_| Refusal::Malformed("the form ended early".to_owned()))?;
    }
    if announced.max(form.len() as u64) > LARGEST {
        hang_up(heard);
        let words = format!("the form has more than {LARGEST} bytes; send fewer queries at once");
        return Err(Refusal::TooLarge(words));
    }
    Ok(form)
}

/// Leaves the rest of a form unread, which ends the connection once it is answered.
fn hang_up(heard: &mut Heard) {
    *heard.body_mut() = Body::empty();
    heard.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
}

fn header<'h>(heard: &'h Heard, name: &HeaderName) -> Option<&'h str> {
    heard.headers().get(name).and_then(|value| value.to_str().ok())
}

/// The address by which the client called, so that it works behind a name or a proxy too.
fn root(heard: &Heard, bound: SocketAddr) -> String {
    let plain = |host: &&str| {
        !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b))
    };
    let host = header(heard, &HOST).filter(plain).map_or_else(|| bound.to_string(), str::to_owned);
    format!("http://{host}")
}
