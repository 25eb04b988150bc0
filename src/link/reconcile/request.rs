//! A request as it was sent: the parts of its path and the fields of its query and form.

use percent_encoding::percent_decode_str;
use std::collections::BTreeMap;

/// Why a request is not answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It cannot be understood.
    #[error("{0}")]
    Malformed(String),
    /// What it asks for is not there.
    #[error("{0}")]
    Unknown(String),
    /// It asks for something that cannot be done here.
    #[error("only GET, POST and OPTIONS are answered")]
    Method,
    /// It sends a form in a syntax that is not understood.
    #[error("a form must be application/x-www-form-urlencoded, not {0}")]
    Form(String),
    /// It is too large.
    #[error("{0}")]
    TooLarge(String),
}

impl Refusal {
    /// The status of HTTP that says so.
    pub fn status(&self) -> u16 {
        match self {
            Self::Malformed(_) => 400,
            Self::Unknown(_) => 404,
            Self::Method => 405,
            Self::TooLarge(_) => 413,
            Self::Form(_) => 415,
        }
    }
}

/// A request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    path: Vec<String>,
    fields: BTreeMap<String, String>,
}

impl Request {
    /// Reads a target such as `/wikidata?queries=…` and the form that was sent with it, whose fields win.
    pub fn read(target: &str, form: &[u8]) -> Result<Self, Refusal> {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let form =
            std::str::from_utf8(form).map_err(|_| Refusal::Malformed("the form is not UTF-8".into()))?;
        let path = path.split('/').filter(|part| !part.is_empty()).map(decoded);
        let fields = query.split('&').chain(form.split('&')).filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Ok((decoded(&name.replace('+', " "))?, decoded(&value.replace('+', " "))?))
        });
        Ok(Self { path: path.collect::<Result<_, _>>()?, fields: fields.collect::<Result<_, _>>()? })
    }

    /// The parts of the path.
    pub(super) fn path(&self) -> Vec<&str> {
        self.path.iter().map(String::as_str).collect()
    }

    /// A field, if it was sent.
    pub(super) fn field(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(String::as_str)
    }

    /// A field that must be there.
    pub(super) fn needed(&self, name: &str) -> Result<&str, Refusal> {
        self.field(name).ok_or_else(|| Refusal::Malformed(format!("name the field {name}")))
    }

    /// A field that is a count; `usual` where it is not there.
    pub(super) fn count(&self, name: &str, usual: usize) -> Result<usize, Refusal> {
        let Some(text) = self.field(name) else { return Ok(usual) };
        text.parse().map_err(|_| Refusal::Malformed(format!("{name} must be a whole number, not '{text}'")))
    }
}

fn decoded(text: &str) -> Result<String, Refusal> {
    let decoded = percent_decode_str(text).decode_utf8();
    decoded.map(Into::into).map_err(|_| Refusal::Malformed("the address or form is not UTF-8".into()))
}
