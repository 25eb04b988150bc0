//! How often characters stand in personal names.

/// Counts of one character's uses in names of persons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CharacterUse {
    /// As a surname.
    pub surname: u32,
    /// As the first of two characters of a given name.
    pub first: u32,
    /// As the second.
    pub second: u32,
    /// As the only one.
    pub only: u32,
}

/// The uses of all characters, by their code.
#[derive(Debug)]
pub struct PersonCharacters {
    slots: Vec<u16>,
    uses: Vec<CharacterUse>,
}

const FIRST: u32 = 0x4E00;
const LAST: u32 = 0x9FFF;

impl PersonCharacters {
    pub(super) fn read() -> Self {
        let mut table =
            Self { slots: vec![0; (LAST - FIRST + 1) as usize], uses: vec![CharacterUse::default()] };
        for line in include_str!("../../../data/gazetteer/person_characters.tsv").lines() {
            let mut fields = line.split('\t');
            let character = fields.next().and_then(|field| field.chars().next());
            let mut number = || fields.next().and_then(|field| field.parse().ok()).unwrap_or(0);
            let counts = [number(), number(), number(), number()];
            if let Some(slot) = character.and_then(slot_of) {
                table.slots[slot] = u16::try_from(table.uses.len()).unwrap_or(0);
                let [surname, first, second, only] = counts;
                table.uses.push(CharacterUse { surname, first, second, only });
            }
        }
        table
    }

    /// The uses of one character; all zero where none are known.
    pub fn of(&self, character: char) -> CharacterUse {
        slot_of(character).map(|slot| self.uses[self.slots[slot] as usize]).unwrap_or_default()
    }
}

fn slot_of(character: char) -> Option<usize> {
    (FIRST..=LAST).contains(&(character as u32)).then(|| (character as u32 - FIRST) as usize)
}

#[cfg(test)]
mod tests {
    use crate::mentions::gazetteer::Gazetteer;

    #[test]
    fn knows_surnames_from_given_names() {
        let persons = Gazetteer::open().persons();
        assert!(persons.of('李').surname > 1000);
        assert!(persons.of('的').surname < 10);
        assert_eq!(persons.of('，').surname, 0);
    }
}
