//! A trie over sorted names, one array of nodes whose siblings lie side by side.

use super::Entry;
use std::ops::Range;

/// Characters above this are in no name.
const LAST: u32 = 0xFFFF;

/// One character of a name, after its parent's.
#[derive(Debug, Clone, Copy)]
struct Node {
    label: u16,
    children: u16,
    first_child: u32,
    first_entry: u32,
    entries: u32,
}

/// Names as paths of characters.
#[derive(Debug)]
pub(super) struct Trie {
    nodes: Vec<Node>,
    roots: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl Trie {
    /// The trie of entries sorted by name.
    pub(super) fn new(entries: &[Entry]) -> Self {
        let mut trie =
            Self { nodes: Vec::with_capacity(entries.len() * 3), roots: vec![NONE; LAST as usize + 1] };
        let mut level = vec![(NONE, 0..entries.len(), 0usize)];
        while !level.is_empty() {
            let mut next = Vec::with_capacity(level.len() * 2);
            for (parent, range, offset) in level {
                trie.add_children(entries, (parent, range, offset), &mut next);
            }
            level = next;
        }
        trie
    }

    fn add_children(
        &mut self,
        entries: &[Entry],
        (parent, range, offset): (u32, Range<usize>, usize),
        next: &mut Vec<(u32, Range<usize>, usize)>,
    ) {
        let first = self.nodes.len();
        let mut at = range.start;
        while at < range.end {
            let Some(label) = entries[at].name[offset..].chars().next() else {
                at += 1;
                continue;
            };
            let same = |entry: &Entry| entry.name[offset..].starts_with(label);
            let end = at + entries[at..range.end].iter().take_while(|entry| same(entry)).count();
            let deeper = offset + label.len_utf8();
            let whole = entries[at..end].iter().take_while(|entry| entry.name.len() == deeper).count();
            if label as u32 <= LAST {
                let id = index(self.nodes.len());
                self.nodes.push(Node {
                    label: label_of(label),
                    children: 0,
                    first_child: 0,
                    first_entry: index(at),
                    entries: index(whole),
                });
                if parent == NONE {
                    self.roots[label as usize] = id;
                }
                if at + whole < end {
                    next.push((id, at + whole..end, deeper));
                }
            }
            at = end;
        }
        if parent != NONE {
            let children = u16::try_from(self.nodes.len() - first).unwrap_or(u16::MAX);
            let node = &mut self.nodes[parent as usize];
            (node.first_child, node.children) = (index(first), children);
        }
    }

    /// Calls `found` with the length and the entries of each name that `chars` begin with, shortest first.
    pub(super) fn walk(&self, chars: &[char], mut found: impl FnMut(usize, Range<usize>)) {
        let Some(&first) = chars.first() else { return };
        let Some(&root) = self.roots.get(first as usize) else { return };
        if root == NONE {
            return;
        }
        let mut node = &self.nodes[root as usize];
        let mut length = 1;
        loop {
            if node.entries > 0 {
                let from = node.first_entry as usize;
                found(length, from..from + node.entries as usize);
            }
            let Some(&next) = chars.get(length) else { return };
            let Some(child) = self.child(node, next) else { return };
            node = child;
            length += 1;
        }
    }

    fn child(&self, node: &Node, next: char) -> Option<&Node> {
        let from = node.first_child as usize;
        let siblings = &self.nodes[from..from + node.children as usize];
        let label = u16::try_from(next as u32).ok()?;
        siblings.binary_search_by_key(&label, |sibling| sibling.label).ok().map(|at| &siblings[at])
    }
}

fn index(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(NONE)
}

fn label_of(label: char) -> u16 {
    u16::try_from(label as u32).unwrap_or_default()
}
