//! Which offices one person holds at a time, and which are those of the whole country.

use std::sync::LazyLock;

/// Endings of offices of one, what in a name says that several hold it, and national offices.
static WORDS: LazyLock<[Vec<&'static str>; 3]> = LazyLock::new(|| {
    let lines = || include_str!("../../data/names/offices.txt").lines();
    let after =
        |kind| lines().filter_map(move |line| line.strip_prefix(kind)).flat_map(str::split_whitespace);
    [after("ends ").collect(), after("several ").collect(), after("national ").collect()]
});

/// Whether an office is one that only one person holds at a time: 市长, but neither 副市长 nor 委员.
pub fn is_held_alone(office: &str) -> bool {
    let [ends, several, _] = &*WORDS;
    ends.iter().any(|end| office.ends_with(end)) && !several.iter().any(|word| office.contains(word))
}

/// Whether there is one office of that name in the whole country.
pub fn is_national_office(office: &str) -> bool {
    WORDS[2].contains(&office)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_of_a_body_is_one_and_its_deputies_are_several() {
        for office in ["市长", "市委书记", "管委会主任", "董事长"] {
            assert!(is_held_alone(office), "{office}");
        }
        assert!(is_national_office("总书记") && !is_national_office("书记"));
        for office in ["副市长", "常务副市长", "市委常委", "委员", "原市长", "名誉会长", "代表"]
        {
            assert!(!is_held_alone(office), "{office}");
        }
    }
}
