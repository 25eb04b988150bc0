//! `jinxiu link index`: makes a source of a full dump.

use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::Output;
use crate::cli::terminal::Terminal;
use clap::ValueEnum;
use jinxiu::link::Catalogue;
use jinxiu::link::sources::{Dump, Edition};
use std::fs::File;
use std::io;
use std::path::PathBuf;

/// What dump it is.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    /// latest-truthy.nt.bz2
    Wikidata,
    /// allCountries.zip, or the file of one country
    Geonames,
}

/// Index what a full dump of Wikidata or GeoNames says of China, to be linked with by --index
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Kept of GeoNames: divisions down to counties and populated places of China with a Chinese name. \
Kept of Wikidata: items with a Chinese name that have a code of GB/T 2260 (P442), or that are an enterprise or another body \
of China by class (P31) and country (P17). The dump is read once, packed (bz2, gz, zip) or not. \
Example: jinxiu link index latest-truthy.nt.bz2 --as wikidata -o graph.wikidata"
)]
pub struct Args {
    /// The dump
    dump: PathBuf,
    /// What it is
    #[arg(long = "as", value_enum)]
    kind: Kind,
    /// The index, for example beside the store
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// The day of the dump, for the links that are made with it
    #[arg(long, value_name = "YYYY-MM-DD", default_value = "")]
    date: String,
}

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Outcome {
    let unreadable = |e| Failure::file(&args.dump, "cannot read", &e);
    let file = File::open(&args.dump).map_err(unreadable)?;
    let bytes = file.metadata().map_err(unreadable)?.len();
    let bar = terminal.progress(usize::try_from(bytes).ok(), "bytes");
    let dump = match args.kind {
        Kind::Wikidata => Dump::Wikidata,
        Kind::Geonames => Dump::Geonames,
    };
    let version = args.dump.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let edition = Edition { version, date: args.date.clone() };
    let catalogue = Catalogue::shipped();
    let mut indexed = Ok(0);
    let written = Output::named(Some(&args.output)).write(|out| {
        let input = (args.dump.as_path(), Box::new(bar.wrap_read(file)) as Box<dyn io::Read>);
        indexed = dump.index(input, catalogue.divisions(), edition, out);
        indexed.as_ref().map(|_| ()).map_err(|_| io::Error::other("the dump cannot be used"))
    });
    drop(bar);
    let rows = indexed?;
    written?;
    terminal.note(&format!("{}: {rows} records", args.output.display()));
    Ok(())
}
