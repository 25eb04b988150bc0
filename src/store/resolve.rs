//! What is one thing across documents, worked out only around the names that a change touches.
//!
//! Names whose keys are equal are one thing, shown under the longest of them. A short name that a document gives to
//! one thing only (its other name there) is that thing elsewhere too, unless some document speaks of both. Decisions of
//! people go before all that. The outcome depends on which documents there are, never on the order in which they came.

use super::StoreError;
use super::state::State;
use super::terms::graph_of;
use crate::document::Class;
use crate::graph::{Decisions, Thing, identity_key, kept_apart, mention_of};
use crate::rdf::{in_both_scripts, vocabulary as v};
use oxigraph::model::{Literal, NamedNode, Term};
use std::collections::{BTreeMap, BTreeSet};

/// What something is merged into, and why.
pub(super) type Target = Option<(NamedNode, String)>;

/// A thing at which another arrives, and the reasons on the way.
type Arrived = (Thing, Vec<String>);

/// Works out targets at one moment.
pub(super) struct Resolver<'a> {
    pub(super) state: State<'a>,
    pub(super) decisions: &'a Decisions,
}

impl Resolver<'_> {
    fn thing(&self, node: &NamedNode) -> Option<Thing> {
        self.state.base().thing(node.as_str())
    }

    /// What a node is merged into.
    pub(super) fn target(&self, node: &NamedNode) -> Result<Target, StoreError> {
        let Some(start) = self.thing(node) else { return Ok(None) };
        let arrived = self.arrived(&start)?;
        Ok(arrived.map(|(end, reasons)| (self.state.base().iri_of(&end), reasons.join("; "))))
    }

    /// Where a thing arrives. Of two things that a decision parts only the first goes where both would.
    fn arrived(&self, start: &Thing) -> Result<Option<Arrived>, StoreError> {
        let Some((end, reasons)) = self.end(start)? else { return Ok(None) };
        for other in self.decisions.apart_from(start) {
            let taken = *other < *start
                && self.state.exists(&self.state.base().iri_of(other))?
                && self.arrived(other)?.is_some_and(|(there, _)| there == end);
            if *other == end || taken {
                return Ok(None);
            }
        }
        Ok(Some((end, reasons)))
    }

    /// Where the steps of a thing end, and why; nowhere if it makes none.
    fn end(&self, start: &Thing) -> Result<Option<Arrived>, StoreError> {
        let (mut seen, mut reasons) = (vec![start.clone()], Vec::new());
        while let Some(last) = seen.last().cloned()
            && let Some((next, reason)) = self.step(&last)?
        {
            if let Some(circle) = seen.iter().position(|t| *t == next) {
                let fixed = seen[circle..].iter().min().cloned().unwrap_or(next);
                seen.push(fixed);
                break;
            }
            reasons.push(reason);
            seen.push(next);
        }
        Ok(seen.pop().filter(|end| end != start).map(|end| (end, reasons)))
    }

    /// One step from a thing towards what it is merged into.
    fn step(&self, thing: &Thing) -> Result<Option<(Thing, String)>, StoreError> {
        if let Some(next) = self.decisions.goes_to(thing) {
            return Ok(Some((next, "decision".to_owned())));
        }
        let mates = self.mates(thing)?;
        let key = identity_key(thing.class, &thing.name);
        // 北京地区 is another name for what is 北京市; otherwise a thing is best known by the name that says most.
        let known_as = |m: &Thing| m.class != Class::Place || !m.name.ends_with("地区") || m.name == key;
        let fullest =
            mates.iter().max_by_key(|m| (known_as(m), m.name.chars().count(), std::cmp::Reverse(&m.name)));
        if let Some(fullest) = fullest
            && fullest != thing
            && !self.decisions.part(fullest, thing)
        {
            return Ok(Some((fullest.clone(), format!("same name in plain form: {key}"))));
        }
        self.full_name(thing, &mates)
    }

    /// The existing things of the same class and key, the thing itself among them if it exists.
    fn mates(&self, thing: &Thing) -> Result<BTreeSet<Thing>, StoreError> {
        let key = identity_key(thing.class, &thing.name);
        let plain = Thing { class: thing.class, name: key.clone() };
        let mut mates = BTreeSet::new();
        if identity_key(plain.class, &plain.name) == key
            && self.state.exists(&self.state.base().iri_of(&plain))?
        {
            mates.insert(plain);
        }
        let literal = Literal::new_simple_literal(format!("{}:{key}", thing.class.as_str()));
        let subjects = self.state.subjects(v::JX_IDENTITY_KEY, (&literal).into())?;
        mates.extend(subjects.iter().filter_map(|s| self.state.base().thing(s)));
        Ok(mates)
    }

    /// The one thing that some document also calls by this thing's name.
    fn full_name(
        &self,
        thing: &Thing,
        mates: &BTreeSet<Thing>,
    ) -> Result<Option<(Thing, String)>, StoreError> {
        let mut fits: BTreeMap<String, Thing> = BTreeMap::new();
        let mut names: BTreeSet<&str> = mates.iter().map(|m| m.name.as_str()).collect();
        names.insert(&thing.name);
        for name in names {
            for full in self.called(thing, name)? {
                let key = identity_key(full.class, &full.name);
                let longer =
                    fits.get(&key).is_none_or(|f| f.name.chars().count() < full.name.chars().count());
                if longer && !mates.contains(&full) {
                    fits.insert(key, full);
                }
            }
        }
        let (Some(full), 1) = (fits.values().next(), fits.len()) else { return Ok(None) };
        if self.objection(thing, full)?.is_some() {
            return Ok(None);
        }
        Ok(Some((full.clone(), format!("a document also calls {} {}", full.name, thing.name))))
    }

    /// Things of the class that some document also calls so.
    fn called(&self, thing: &Thing, name: &str) -> Result<Vec<Thing>, StoreError> {
        if kept_apart(thing.class, name, &format!("{name}{name}")).is_some() {
            return Ok(Vec::new());
        }
        let [literal, _] = in_both_scripts(name);
        let subjects = self.state.subjects(v::ALT_LABEL, (&literal).into())?;
        let things = subjects.iter().filter_map(|s| self.state.base().thing(s));
        Ok(things.filter(|t| t.class == thing.class && t != thing && mention_of(&t.name).is_none()).collect())
    }

    /// What speaks against taking a short name for a full one.
    pub(super) fn objection(&self, short: &Thing, full: &Thing) -> Result<Option<String>, StoreError> {
        if self.decisions.part(short, full) {
            return Ok(Some("a decision parts them".to_owned()));
        }
        if let Some(reason) = kept_apart(short.class, &short.name, &full.name) {
            return Ok(Some(reason.to_owned()));
        }
        let graphs = |thing: &Thing| -> Result<BTreeSet<String>, StoreError> {
            let node = self.state.base().iri_of(thing);
            let quads = self.state.named((Some(&node), Some(v::TYPE), None))?;
            Ok(quads.iter().filter_map(graph_of).map(|graph| graph.as_str().to_owned()).collect())
        };
        let (one, other) = (graphs(short)?, graphs(full)?);
        let both = one.intersection(&other).next().and_then(|g| self.state.base().document_of(g));
        Ok(both.map(|document| format!("{document} speaks of both")))
    }

    /// Everything whose target may change when the things touched come, go or get other names.
    pub(super) fn around(&self, touched: &BTreeSet<NamedNode>) -> Result<BTreeSet<NamedNode>, StoreError> {
        let base = self.state.base();
        let mut around = touched.clone();
        for node in touched {
            let Some(thing) = self.thing(node) else { continue };
            let mates = self.mates(&thing)?;
            around.extend(mates.iter().map(|m| base.iri_of(m)));
            around.extend(self.state.merged_into(node)?);
            if let Some(target) = self.state.target(node)? {
                around.extend(self.state.merged_into(&target)?);
                around.insert(target);
            }
            around.extend(self.shorter(node, &thing)?);
            around.extend(self.decisions.apart_from(&thing).map(|other| base.iri_of(other)));
            let decided = self.decisions.iter().flat_map(|d| d.things());
            around.extend(
                decided
                    .filter(|t| self.decisions.goes_to(t).is_some_and(|to| to == thing))
                    .map(|t| base.iri_of(t)),
            );
        }
        Ok(around)
    }

    /// Things whose name is another name of this one.
    fn shorter(&self, node: &NamedNode, thing: &Thing) -> Result<Vec<NamedNode>, StoreError> {
        if kept_apart(thing.class, "甲乙", "甲乙丙").is_some() {
            return Ok(Vec::new());
        }
        let names: BTreeSet<String> = self
            .state
            .named((Some(node), Some(v::ALT_LABEL), None))?
            .into_iter()
            .filter_map(|quad| match quad.object {
                Term::Literal(l) if l.language() == Some(crate::rdf::SIMPLIFIED) => {
                    Some(crate::text::fold_name(l.value()))
                }
                _ => None,
            })
            .collect();
        let mut shorter = Vec::new();
        for name in names {
            let thing = Thing { class: thing.class, name };
            let mates = self.mates(&thing)?;
            shorter.extend(mates.iter().chain([&thing]).map(|t| self.state.base().iri_of(t)));
        }
        Ok(shorter)
    }
}
