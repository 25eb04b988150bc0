//! Ctrl-C and the system's request to end: a writing run stops after the text at hand and leaves a whole store, any other
//! ends at once and leaves no half-written file.

use super::failure::{Exit, Failure, Outcome};
use super::terminal::say;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicI32, AtomicUsize, Ordering};

static RECEIVED: AtomicI32 = AtomicI32::new(0);
static WRITERS: AtomicUsize = AtomicUsize::new(0);
static UNFINISHED: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Begins to listen. A second signal ends a writing run too; its store is mended by the next one. The end is a bare one:
/// what a clean exit takes down may still be in use by the thread that works.
pub fn listen() {
    let Ok(mut signals) = Signals::new([SIGINT, SIGTERM]) else { return };
    std::thread::spawn(move || {
        for signal in signals.forever() {
            let again = RECEIVED.swap(signal, Ordering::SeqCst) != 0;
            if again || WRITERS.load(Ordering::SeqCst) == 0 {
                forget_unfinished();
                signal_hook::low_level::exit(128 + signal);
            }
            say("jinxiu: stopping in good order; the same again stops at once");
        }
    });
}

fn forget_unfinished() {
    if let Ok(mut path) = UNFINISHED.lock()
        && let Some(path) = path.take()
    {
        let _ = std::fs::remove_file(path);
    }
}

/// While it lives, the run ends only where [`stop`] is asked.
pub struct Writing(());

/// Says that a store is being written.
pub fn writing() -> Writing {
    WRITERS.fetch_add(1, Ordering::SeqCst);
    Writing(())
}

impl Drop for Writing {
    fn drop(&mut self) {
        WRITERS.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Whether the run has been asked to stop.
pub fn is_asked() -> bool {
    RECEIVED.load(Ordering::SeqCst) != 0
}

/// The failure that says so, once everything is in order.
pub fn outcome(done: &str) -> Outcome {
    let exit = match RECEIVED.load(Ordering::SeqCst) {
        0 => return Ok(()),
        SIGTERM => Exit::Terminated,
        _ => Exit::Interrupted,
    };
    Err(Failure::said(exit, format_args!("stopped; {done}")))
}

/// Notes a file that is to be removed if the run is ended before it is whole; `None` when it is.
pub fn unfinished(path: Option<&Path>) {
    if let Ok(mut unfinished) = UNFINISHED.lock() {
        *unfinished = path.map(Path::to_owned);
    }
}
