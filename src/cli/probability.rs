//! Numbers from 0 to 1 as arguments.

/// Reads one; of anything else the reason.
pub fn probability(given: &str) -> Result<f32, String> {
    let number: f32 = given.parse().map_err(|_| "not a number".to_owned())?;
    if (0.0..=1.0).contains(&number) { Ok(number) } else { Err("not between 0 and 1".to_owned()) }
}
