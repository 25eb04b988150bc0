//! As much of JSON Schema as the schemas of the Reconciliation API use.

use regex::Regex;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

/// The schemas of a folder.
pub struct Schemas(pub PathBuf);

impl Schemas {
    fn read(&self, name: &str) -> Value {
        serde_json::from_str(&fs::read_to_string(self.0.join(name)).unwrap()).unwrap()
    }

    /// Where a value does not fit a schema of the folder.
    pub fn faults(&self, name: &str, value: &Value) -> Vec<String> {
        let root = self.read(name);
        let mut faults = Vec::new();
        self.check((&root, &root), value, "$", &mut faults);
        faults
    }

    fn fits(&self, (root, schema): (&Value, &Value), value: &Value) -> bool {
        let mut faults = Vec::new();
        self.check((root, schema), value, "", &mut faults);
        faults.is_empty()
    }

    fn check(&self, (root, schema): (&Value, &Value), value: &Value, at: &str, faults: &mut Vec<String>) {
        let Value::Object(words) = schema else { return };
        for (word, rule) in words {
            let fits = |rule: &Value| self.fits((root, rule), value);
            let holds = match word.as_str() {
                "$ref" => {
                    self.referred(root, rule.as_str().unwrap(), (value, at), faults);
                    true
                }
                "type" => is(rule.as_str().unwrap(), value),
                "enum" => rule.as_array().unwrap().contains(value),
                "pattern" => value
                    .as_str()
                    .is_none_or(|text| Regex::new(rule.as_str().unwrap()).unwrap().is_match(text)),
                "required" => value.as_object().is_none_or(|object| {
                    rule.as_array().unwrap().iter().all(|key| object.contains_key(key.as_str().unwrap()))
                }),
                "oneOf" => rule.as_array().unwrap().iter().filter(|rule| fits(rule)).count() == 1,
                "anyOf" => rule.as_array().unwrap().iter().any(fits),
                "contains" => {
                    value.as_array().is_none_or(|all| all.iter().any(|one| self.fits((root, rule), one)))
                }
                "minItems" => value.as_array().is_none_or(|all| all.len() as u64 >= rule.as_u64().unwrap()),
                "uniqueItems" => {
                    value.as_array().is_none_or(|all| (1..all.len()).all(|n| !all[..n].contains(&all[n])))
                }
                "items" | "properties" | "patternProperties" | "additionalProperties" => {
                    self.parts((root, schema), (word, rule), (value, at), faults);
                    true
                }
                "$schema" | "$id" | "description" | "definitions" | "format" => true,
                other => panic!("{other} is not known"),
            };
            if !holds {
                faults.push(format!("{at}: {word} {rule}: {value}"));
            }
        }
    }

    fn parts(
        &self,
        (root, schema): (&Value, &Value),
        (word, rule): (&str, &Value),
        (value, at): (&Value, &str),
        faults: &mut Vec<String>,
    ) {
        if word == "items" {
            for (place, item) in value.as_array().into_iter().flatten().enumerate() {
                self.check((root, rule), item, &format!("{at}[{place}]"), faults);
            }
            return;
        }
        for (key, part) in value.as_object().into_iter().flatten() {
            let own = schema["properties"].get(key);
            let below = format!("{at}.{key}");
            match word {
                "properties" => {
                    if let Some(rule) = own {
                        self.check((root, rule), part, &below, faults);
                    }
                }
                "patternProperties" => {
                    for (pattern, rule) in rule.as_object().unwrap() {
                        if Regex::new(pattern).unwrap().is_match(key) {
                            self.check((root, rule), part, &below, faults);
                        }
                    }
                }
                _ if *rule == Value::Bool(false) && own.is_none() => {
                    faults.push(format!("{below}: not allowed"))
                }
                _ => {}
            }
        }
    }

    /// A schema of the same folder, or a part of the same one; those of other places are passed over.
    fn referred(&self, root: &Value, to: &str, (value, at): (&Value, &str), faults: &mut Vec<String>) {
        if let Some(part) = to.strip_prefix('#') {
            self.check((root, root.pointer(part).unwrap()), value, at, faults);
        } else if !to.contains("://") {
            let other = self.read(to);
            self.check((&other, &other), value, at, faults);
        }
    }
}

fn is(kind: &str, value: &Value) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        other => panic!("{other} is not known"),
    }
}
