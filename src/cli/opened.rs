//! The `--store` argument, and stores opened by it.

use super::failure::{Exit, Failure};
use super::interrupt;
use jinxiu::store::{GatherError, QueryError, Store, StoreError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Which store.
#[derive(Debug, Clone, clap::Args)]
pub struct StoreArg {
    /// The folder of the store
    #[arg(short = 's', long = "store", value_name = "DIR")]
    pub path: PathBuf,
}

/// A store, or stores and RDF files to be asked as one.
#[derive(Debug, Clone, clap::Args)]
pub struct Sources {
    /// The folder of the store
    #[arg(short = 's', long = "store", value_name = "DIR")]
    store: Option<PathBuf>,
    /// Ask this RDF file, or another store, too; may be given again, and no --store is needed then
    #[arg(long, value_name = "PATH")]
    data: Vec<PathBuf>,
}

impl Sources {
    /// The folder of the one store that there is.
    pub fn folder(&self) -> Result<&Path, Failure> {
        self.store.as_deref().ok_or_else(|| Failure::said(Exit::Usage, "name a store by --store"))
    }

    /// Opens the store, or reads all sources into memory where there are several.
    pub fn open(&self) -> Result<Store, Failure> {
        match (&self.store, self.data.as_slice()) {
            (Some(store), []) => Ok(Store::open(store)?),
            (None, []) => Err(Failure::said(Exit::Usage, "name a store by --store, or data by --data")),
            (None, [store]) if store.is_dir() => Ok(Store::open(store)?),
            (store, data) => {
                let all: Vec<PathBuf> = store.iter().chain(data).cloned().collect();
                Ok(Store::gather(&all)?)
            }
        }
    }
}

impl From<GatherError> for Failure {
    fn from(error: GatherError) -> Self {
        match error {
            GatherError::Store(error) => error.into(),
            GatherError::Extension { .. } => Self::new(Exit::Usage, error),
            other => Self::new(Exit::Input, other),
        }
    }
}

impl StoreArg {
    /// Opens it for reading.
    pub fn open(&self) -> Result<Store, Failure> {
        Store::open(&self.path).map_err(Failure::from)
    }

    /// Opens it for writing.
    pub fn open_for_writing(&self, patience: Patience) -> Result<Store, StoreError> {
        patience.open(|| Store::open_for_writing(&self.path))
    }
}

/// How long to wait for a store that another process writes to.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct Patience {
    /// If another process writes to the store, wait for it so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    wait: u64,
}

impl Patience {
    /// Opens a store, again and again while another process writes to it and there is time.
    pub fn open(self, open: impl Fn() -> Result<Store, StoreError>) -> Result<Store, StoreError> {
        let end = Instant::now() + Duration::from_secs(self.wait);
        loop {
            match open() {
                Err(StoreError::Locked { .. }) if Instant::now() < end && !interrupt::is_asked() => {
                    std::thread::sleep(Duration::from_millis(100));
                }
                other => return other,
            }
        }
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
            QueryError::Syntax { .. } | QueryError::Prefix { .. } | QueryError::Function { .. } => {
                Exit::Input
            }
            QueryError::Service | QueryError::Endpoint(_) => Exit::Usage,
            QueryError::Timeout | QueryError::Bound(_) => Exit::Limit,
            QueryError::Evaluation(_) => Exit::Store,
        };
        Self::said(exit, line).showing(excerpt)
    }
}
