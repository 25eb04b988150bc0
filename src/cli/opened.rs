//! The `--store` argument, and stores opened by it.

use super::failure::{Exit, Failure};
use jinxiu::store::{QueryError, Store, StoreError};
use std::path::PathBuf;

/// Which store.
#[derive(Debug, Clone, clap::Args)]
pub struct StoreArg {
    /// The folder of the store
    #[arg(short = 's', long = "store", value_name = "DIR")]
    pub path: PathBuf,
}

impl StoreArg {
    /// Opens it for reading.
    pub fn open(&self) -> Result<Store, Failure> {
        Store::open(&self.path).map_err(Failure::from)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::new(Exit::Store, error)
    }
}

impl From<QueryError> for Failure {
    fn from(error: QueryError) -> Self {
        let whole = error.to_string();
        let (line, excerpt) = whole.split_once('\n').unwrap_or((&whole, ""));
        let exit = match error {
            QueryError::Syntax { .. } | QueryError::Prefix { .. } => Exit::Input,
            QueryError::Timeout => Exit::Limit,
            QueryError::Evaluation(_) => Exit::Store,
        };
        Self::said(exit, line).showing(excerpt)
    }
}
