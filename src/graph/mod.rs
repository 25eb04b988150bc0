//! Mentions of one thing become one entity.
