//! How much the characters here look like a personal name.

use super::{Family, hash};
use crate::mentions::gazetteer::{CharacterUse, PersonCharacters};

pub(super) fn write(persons: &PersonCharacters, chars: &[char], family: &mut Family) {
    let uses: Vec<CharacterUse> = chars.iter().map(|c| persons.of(*c)).collect();
    let of = |at: usize, by: isize| {
        at.checked_add_signed(by).and_then(|at| uses.get(at)).copied().unwrap_or_default()
    };
    for at in 0..chars.len() {
        for by in [0isize, -1, -2] {
            let [surname, given, next] = [by, by + 1, by + 2].map(|by| of(at, by));
            if surname.surname == 0 {
                continue;
            }
            let code = by.unsigned_abs() as u32;
            let family_name = level(surname.surname);
            family.push(at, hash(30, &[code, family_name, level(given.first), level(next.second)]));
            family.push(at, hash(31, &[code, family_name, level(given.only)]));
        }
        let here = of(at, 0);
        family.push(at, hash(32, &[level(here.surname), level(here.first + here.second + here.only)]));
    }
}

/// A count in few steps.
fn level(count: u32) -> u32 {
    match count {
        0 => 0,
        1..=9 => 1,
        10..=49 => 2,
        50..=199 => 3,
        200..=999 => 4,
        _ => 5,
    }
}
