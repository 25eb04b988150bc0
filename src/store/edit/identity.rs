//! What a change means for identity: what is merged into what, and which text is a reprint of which.

use super::super::StoreError;
use super::super::reprints::Reprints;
use super::super::resolve::{Resolver, Target};
use super::super::state::State;
use super::super::terms::{node_of, text_of};
use super::{Edit, MERGING};
use crate::rdf::{in_both_scripts, vocabulary as v};
use oxigraph::model::{Literal, NamedNode, Quad};
use oxigraph::store::Transaction;
use std::collections::{BTreeMap, BTreeSet};

impl Edit<'_> {
    /// The things whose target changes, with the new one. Of a name that came by an import as merged no document tells;
    /// it stays so as long as there is what it was merged into.
    pub(super) fn moved(&self, change: &Transaction<'_>) -> Result<BTreeMap<NamedNode, Target>, StoreError> {
        let (before, after) = (self.before(), State::changing(change, self.store));
        let old = Resolver { state: before, decisions: &self.store.decisions };
        let new = Resolver { state: after, decisions: self.decisions };
        let (mut done, mut moved) = (BTreeSet::new(), BTreeMap::new());
        let mut waiting = self.touched.clone();
        while !waiting.is_empty() {
            let mut around = old.around(&waiting)?;
            around.extend(new.around(&waiting)?);
            waiting.clear();
            for node in around {
                if !done.insert(node.clone()) {
                    continue;
                }
                let known = self.known(&node)?;
                let target = match &known {
                    _ if after.exists(&node)? => new.target(&node)?,
                    Some((target, _)) if !before.exists(&node)? && after.is_told(target, None)? => {
                        known.clone()
                    }
                    _ => None,
                };
                if target != known {
                    moved.insert(node.clone(), target);
                    waiting.insert(node);
                }
            }
        }
        Ok(moved)
    }

    /// What the store says that a node is merged into.
    fn known(&self, node: &NamedNode) -> Result<Target, StoreError> {
        let before = self.before();
        let Some(target) = before.target(node)? else { return Ok(None) };
        let pattern = (Some(node), Some(v::JX_MERGED_BECAUSE), None);
        let reasons = before.within(&self.store.base.identity(), pattern)?;
        let reason = reasons.first().and_then(|quad| text_of(&quad.object));
        Ok(Some((target, reason.unwrap_or_default().to_owned())))
    }

    /// The documents whose original changes, with the new one.
    pub(super) fn reprints(
        &self,
        change: &Transaction<'_>,
    ) -> Result<BTreeMap<String, Option<NamedNode>>, StoreError> {
        let after = State::changing(change, self.store);
        let mut reprints = Reprints::new(after);
        let mut around = Reprints::new(self.before()).around(&self.documents)?;
        around.extend(reprints.around(&self.documents)?);
        let mut changed = BTreeMap::new();
        for document in around {
            let node = NamedNode::new_unchecked(&document);
            let known = self
                .before()
                .within(&self.store.base.identity(), (Some(&node), Some(v::JX_REPRINT_OF), None))?;
            let known = known.into_iter().find_map(|q| node_of(q.object));
            let original = reprints.original(&document)?;
            if known != original {
                changed.insert(document, original);
            }
        }
        Ok(changed)
    }

    pub(super) fn note(
        &mut self,
        moved: &BTreeMap<NamedNode, Target>,
        reprints: &BTreeMap<String, Option<NamedNode>>,
    ) -> Result<(), StoreError> {
        self.noted.extend(self.touched.iter().cloned());
        self.noted.extend(reprints.keys().map(NamedNode::new_unchecked));
        for (node, target) in moved {
            self.noted.extend(self.before().target(node)?);
            self.noted.extend(target.iter().map(|(target, _)| target.clone()));
            self.noted.insert(node.clone());
        }
        Ok(())
    }

    pub(super) fn write_targets(
        &self,
        moved: &BTreeMap<NamedNode, Target>,
        change: &mut Transaction<'_>,
    ) -> Result<(), StoreError> {
        let identity = self.store.base.identity();
        for (node, target) in moved {
            MERGING.iter().try_for_each(|predicate| self.forget(node, *predicate, change))?;
            if let Some((target, reason)) = target {
                let reason = Literal::new_simple_literal(reason);
                change.insert(
                    Quad::new(node.clone(), v::JX_MERGED_INTO, target.clone(), identity.clone()).as_ref(),
                );
                change
                    .insert(Quad::new(node.clone(), v::JX_MERGED_BECAUSE, reason, identity.clone()).as_ref());
            }
        }
        Ok(())
    }

    pub(super) fn write_reprints(
        &self,
        reprints: &BTreeMap<String, Option<NamedNode>>,
        change: &mut Transaction<'_>,
    ) -> Result<(), StoreError> {
        let identity = self.store.base.identity();
        for (document, original) in reprints {
            let node = NamedNode::new_unchecked(document);
            self.forget(&node, v::JX_REPRINT_OF, change)?;
            if let Some(original) = original {
                change.insert(Quad::new(node, v::JX_REPRINT_OF, original.clone(), identity.clone()).as_ref());
            }
        }
        Ok(())
    }

    /// Gives a class and a name to what only decisions call so.
    pub(super) fn name_targets(&self, change: &mut Transaction<'_>) -> Result<(), StoreError> {
        for target in &self.noted {
            let wanted = self.description_of(target, change)?;
            for predicate in [v::TYPE, v::LABEL] {
                self.forget(target, predicate, change)?;
            }
            wanted.iter().for_each(|quad| change.insert(quad.as_ref()));
        }
        if !self.noted.is_empty() {
            change.insert(self.store.index_mark(&self.store.base.identity()).as_ref());
        }
        Ok(())
    }

    fn description_of(&self, target: &NamedNode, change: &Transaction<'_>) -> Result<Vec<Quad>, StoreError> {
        let after = State::changing(change, self.store);
        let Some(thing) = self.store.base.thing(target.as_str()) else { return Ok(Vec::new()) };
        if after.merged_into(target)?.is_empty() || after.is_told(target, Some(v::LABEL))? {
            return Ok(Vec::new());
        }
        let identity = self.store.base.identity();
        let name = self.decisions.given_name(&thing).unwrap_or(&thing.name);
        let labels = in_both_scripts(name).map(|l| Quad::new(target.clone(), v::LABEL, l, identity.clone()));
        let class = Quad::new(target.clone(), v::TYPE, v::own(thing.class.as_str()), identity.clone());
        Ok(labels.into_iter().chain([class]).collect())
    }
}
