//! The closed vocabularies of an extraction, spelt as in the annotation guide and as local names in the ontology.

use serde::{Deserialize, Serialize};

macro_rules! terms {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant,)+ }

        impl $name {
            /// All of them, in the order of their declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The term as it is written in extractions and in the ontology.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }

            /// The term of that spelling.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

terms! {
    /// What kind of thing a mention names.
    Class {
        /// Country, province, city, district, county, town, basin, named region or city cluster.
        Place = "Place",
        /// Development zone, park, base or new town with a name.
        Zone = "Zone",
        /// Company, group, factory, bank, mine, cooperative.
        Enterprise = "Enterprise",
        /// Any other body.
        Organization = "Organization",
        /// A single named construction, investment, upgrade or engineering project.
        Project = "Project",
        /// Industry, sector, cluster or chain.
        Industry = "Industry",
        /// Strategy, plan, programme, reform, campaign, initiative or document with a name.
        Policy = "Policy",
        /// A named natural person.
        Person = "Person",
        /// An office or title that a person is said to hold.
        Position = "Position",
    }
}

terms! {
    /// How two things, or a project and its status, are related.
    Predicate {
        /// Stands or settles in a place or zone.
        LocatedIn = "locatedIn",
        /// Belongs to a larger thing of its kind.
        PartOf = "partOf",
        /// Is the capital of.
        CapitalOf = "capitalOf",
        /// Is owned, invested in or built by.
        DevelopedBy = "developedBy",
        /// Has reached a stage.
        Status = "status",
        /// Works in an industry.
        InIndustry = "inIndustry",
        /// Promotes an industry.
        Develops = "develops",
        /// Carries out a policy.
        Implements = "implements",
        /// Was issued by.
        IssuedBy = "issuedBy",
        /// Holds an office.
        HoldsPosition = "holdsPosition",
        /// Is an office in.
        PositionIn = "positionIn",
        /// Is a subsidiary of.
        SubsidiaryOf = "subsidiaryOf",
    }
}

terms! {
    /// The stage a project has reached, least advanced first.
    Status {
        /// 拟建, 规划
        Planned = "planned",
        /// 签约, 落地
        Signed = "signed",
        /// 开工, 奠基
        Started = "started",
        /// 加紧建设
        UnderConstruction = "underConstruction",
        /// 建成, 竣工
        Completed = "completed",
        /// 投产, 达产
        InProduction = "inProduction",
    }
}

terms! {
    /// What a figure measures of its indicator.
    Measure {
        /// The quantity itself.
        Level = "level",
        /// What was added to it.
        Increment = "increment",
        /// Its rate of change.
        Growth = "growth",
        /// Its part of a whole.
        Share = "share",
        /// Its place in an order.
        Rank = "rank",
        /// How many times an earlier value.
        Multiple = "multiple",
    }
}

terms! {
    /// How the stated value bounds the true one.
    Bound {
        /// As stated.
        Exact = "exact",
        /// More than stated.
        Over = "over",
        /// Less than stated.
        Under = "under",
        /// Near what is stated.
        About = "about",
    }
}

terms! {
    /// Whether a figure is a fact or an aim.
    Modality {
        /// A fact.
        Actual = "actual",
        /// An aim.
        Target = "target",
    }
}
