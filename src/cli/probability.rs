//! Numbers from 0 to 1 as arguments.

use std::str::FromStr;

/// Reads one; of anything else the reason.
pub fn probability<N: FromStr + PartialOrd + From<u8>>(given: &str) -> Result<N, String> {
    let number: N = given.parse().map_err(|_| "not a number".to_owned())?;
    if (N::from(0)..=N::from(1)).contains(&number) {
        Ok(number)
    } else {
        Err("not between 0 and 1".to_owned())
    }
}
