//! The kinds of known names.

use crate::document::Class;

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $text:literal => $class:expr,)+) => {
        /// What kind of name a gazetteer entry is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $($(#[$doc])* $variant,)+ }

        impl Kind {
            /// All of them, in the order of their declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The kind as it is written in the lists.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }

            /// The kind of that spelling.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)+ _ => None }
            }

            /// What a name of this kind denotes; nothing for parts of names.
            pub fn class(self) -> Option<Class> {
                match self { $(Self::$variant => $class,)+ }
            }
        }
    };
}

kinds! {
    /// Province, autonomous region, municipality; full or short.
    Province = "province" => Some(Class::Place),
    /// Prefecture-level city, prefecture, league.
    City = "city" => Some(Class::Place),
    /// County, district, county-level city, banner.
    County = "county" => Some(Class::Place),
    /// Town, township, subdistrict; always with its suffix.
    Town = "town" => Some(Class::Place),
    /// A province in one character.
    Abbreviation = "abbreviation" => Some(Class::Place),
    /// A name that a division bore once; its code is the year in which that ended.
    Former = "former" => Some(Class::Place),
    /// A country.
    Country = "country" => Some(Class::Place),
    /// A continent or part of the world.
    Continent = "continent" => Some(Class::Place),
    /// A city, state or island abroad.
    ForeignCity = "foreign-city" => Some(Class::Place),
    /// A named region, cluster of cities, basin.
    Region = "region" => Some(Class::Place),
    /// A belt, corridor or canal.
    Belt = "trade-belt" => Some(Class::Place),
    /// A river, lake or sea.
    Water = "water" => Some(Class::Place),
    /// A mountain or range.
    Mountain = "mountain" => Some(Class::Place),
    /// An island or archipelago.
    Island = "island" => Some(Class::Place),
    /// A desert or steppe.
    Desert = "desert" => Some(Class::Place),
    /// A development zone, new area or park.
    Zone = "zone" => Some(Class::Zone),
    /// What names of zones end in.
    ZoneSuffix = "zone-suffix" => None,
    /// An industry or sector.
    Industry = "industry" => Some(Class::Industry),
    /// What names of industries end in.
    IndustrySuffix = "industry-suffix" => None,
    /// An organ of party or state, or an international body.
    Organ = "organ" => Some(Class::Organization),
    /// A news medium.
    Media = "media" => Some(Class::Organization),
    /// A university.
    University = "university" => Some(Class::Organization),
    /// An association, institute or other body known nationwide.
    Association = "association" => Some(Class::Organization),
    /// Any other body.
    Organization = "organization" => Some(Class::Organization),
    /// An enterprise or brand.
    Company = "company" => Some(Class::Enterprise),
    /// A whole office or title.
    Position = "position" => Some(Class::Position),
    /// What may stand before an office.
    PositionPrefix = "position-prefix" => None,
    /// The word that an office ends in.
    PositionHead = "position-head" => None,
    /// A strategy, reform, campaign or initiative.
    Policy = "policy" => Some(Class::Policy),
    /// A five-year plan.
    Plan = "policy-plan" => Some(Class::Policy),
    /// What names of policies end in.
    PolicyHead = "policy-head" => None,
    /// What names of enterprises end in.
    CompanySuffix = "company-suffix" => None,
    /// What names of other bodies end in.
    OrganizationSuffix = "organization-suffix" => None,
    /// What names of projects end in.
    ProjectSuffix = "project-suffix" => None,
    /// What names of places end in.
    PlaceSuffix = "place-suffix" => None,
    /// A word that stands beside names of persons.
    NameCue = "name-cue" => None,
    /// A surname.
    Surname = "surname" => None,
}
