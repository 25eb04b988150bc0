//! What of the offers about one text can be proved.

use super::allowed;
use super::lines::{End, Item, Offer, RestsOn};
use crate::document::{
    Class, Entity, Evidence, Extraction, Object, Observation, Predicate, Relation, Span, Status,
};
use crate::text::{Text, View, fold_name};
use serde_json::Value;

/// Who offers, and how far that is trusted.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    /// What stands as the finder of each statement.
    pub name: String,
    /// From 0 to 1.
    pub confidence: f32,
}

/// An offer that is not taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Refused {
    /// The line of the file, from 1.
    pub line: usize,
    /// Why.
    pub reason: String,
    /// What was offered.
    pub content: Value,
}

/// Keeps what stands in the text and may be so; gives the rest back with the reason.
pub fn check(document: &str, text: &Text, offers: Vec<Offer>, origin: &Origin) -> (Extraction, Vec<Refused>) {
    let extraction =
        Extraction { id: document.to_owned(), text_sha256: text.sha256.clone(), ..Extraction::default() };
    let mut proof = Proof { text, origin, extraction };
    let mut refused = Vec::new();
    for offer in offers {
        if let Err(reason) = proof.take(&offer) {
            refused.push(Refused { line: offer.line, reason, content: offer.content });
        }
    }
    (proof.extraction, refused)
}

struct Proof<'a> {
    text: &'a Text,
    origin: &'a Origin,
    extraction: Extraction,
}

impl Proof<'_> {
    fn take(&mut self, offer: &Offer) -> Result<(), String> {
        match &offer.item {
            Item::Thing(end, places) => {
                let class = class_of(end)?;
                let named = places.iter().filter(|place| self.says(**place, &offer.content)).copied();
                let named: Vec<(usize, usize)> = named.collect();
                if named.is_empty() {
                    return Err(format!("{} does not stand at any of the places given", end.name));
                }
                self.entity(end, class, &named);
                Ok(())
            }
            Item::Relation { subject, predicate, object, rests_on } => {
                self.relation((subject, object), predicate, rests_on)
            }
            Item::Figure(end, places) => self.figure(end, places, &offer.content),
        }
    }

    /// Whether a place names what is offered, by its name or one of its aliases.
    fn says(&self, (start, end): (usize, usize), content: &Value) -> bool {
        if start >= end || end > self.text.chars.len() {
            return false;
        }
        let there = fold_name(&self.text.quote(start, end));
        let aliases = content["aliases"].as_array().into_iter().flatten();
        aliases.chain([&content["name"]]).filter_map(Value::as_str).any(|name| fold_name(name) == there)
    }

    fn relation(
        &mut self,
        (subject, object): (&End, &End),
        predicate: &str,
        rests_on: &RestsOn,
    ) -> Result<(), String> {
        let span = self.words(rests_on)?;
        let property =
            Predicate::parse(predicate).ok_or_else(|| format!("the ontology has no relation {predicate}"))?;
        let one = self.end(subject, &allowed::subjects(property), span)?;
        let other = if property == Predicate::Status {
            let stage = Status::parse(object.name.trim_start_matches("jx:"));
            Object::Status(stage.ok_or_else(|| format!("{} is no stage of a project", object.name))?)
        } else {
            Object::Entity(self.end(object, &allowed::objects(property), span)?)
        };
        let evidence = vec![self.evidence(span)];
        self.extraction.relations.push(Relation {
            subject: one,
            predicate: property,
            object: other,
            evidence,
        });
        Ok(())
    }

    fn figure(&mut self, end: &End, places: &[(usize, usize)], content: &Value) -> Result<(), String> {
        let span = self.words(&RestsOn::Places(places.to_vec()))?;
        let subject = self.end(end, Class::ALL, span)?;
        let mut content = content.clone();
        content["subject"] = subject.into();
        let mut figure: Observation =
            serde_json::from_value(content).map_err(|e| format!("no figure: {e}"))?;
        if !self.text.chars[span.start..span.end]
            .iter()
            .any(|c| c.is_numeric() || "零一二三四五六七八九十百千万亿半两".contains(*c))
        {
            return Err("no number stands in the words given".to_owned());
        }
        figure.evidence = vec![self.evidence(span)];
        self.extraction.observations.push(figure);
        Ok(())
    }

    fn evidence(&self, span: Span) -> Evidence {
        Evidence { span, found_by: self.origin.name.clone(), confidence: self.origin.confidence }
    }

    /// Where the words stand in the text.
    fn words(&self, rests_on: &RestsOn) -> Result<Span, String> {
        match rests_on {
            RestsOn::Quote(quote) => {
                let found = self.places(quote);
                found
                    .first()
                    .copied()
                    .map(Span::from)
                    .ok_or_else(|| "the quotation does not stand in the text".to_owned())
            }
            RestsOn::Places(places) => {
                let sound = places.iter().find(|(start, end)| start < end && *end <= self.text.chars.len());
                sound.copied().map(Span::from).ok_or_else(|| "no place within the text is given".to_owned())
            }
        }
    }

    /// Every place where some words stand, whatever the script, the width and the blanks.
    fn places(&self, words: &str) -> Vec<(usize, usize)> {
        let wanted = View::new(&words.trim().chars().collect::<Vec<_>>()).chars;
        let view = &self.text.view;
        if wanted.is_empty() || wanted.len() > view.len() {
            return Vec::new();
        }
        let starts =
            (0..=view.len() - wanted.len()).filter(|start| view.chars[*start..].starts_with(&wanted));
        starts.map(|start| view.to_text(start, start + wanted.len())).collect()
    }

    /// The thing at one end of a relation, of a class that may stand there, named in the words or elsewhere in the text.
    fn end(&mut self, end: &End, classes: &[Class], span: Span) -> Result<String, String> {
        let class = match &end.class {
            Some(_) => class_of(end)?,
            None => self
                .known(end, classes)
                .or_else(|| <[Class; 1]>::try_from(classes).ok().map(|[only]| only))
                .ok_or_else(|| {
                    format!(
                        "{} may be of several classes here; give one of {}",
                        end.name,
                        allowed::words(classes)
                    )
                })?,
        };
        if !classes.contains(&class) {
            return Err(format!("{} is a {class}; here may stand: {}", end.name, allowed::words(classes)));
        }
        let mut places = self.places(&end.name);
        if places.is_empty() {
            return Err(format!("{} does not stand in the text", end.name));
        }
        if places.iter().any(|(start, stop)| *start >= span.start && *stop <= span.end) {
            places.retain(|(start, stop)| *start >= span.start && *stop <= span.end);
        }
        Ok(self.entity(end, class, &places))
    }

    /// The class of a name that was offered before.
    fn known(&self, end: &End, classes: &[Class]) -> Option<Class> {
        let known = self.extraction.entities.iter().find(|e| fold_name(&e.name) == fold_name(&end.name));
        known.map(|e| e.class).filter(|class| classes.contains(class))
    }

    /// The id of a thing, which is added where it is new.
    fn entity(&mut self, end: &End, class: Class, places: &[(usize, usize)]) -> String {
        let mentions = places.iter().map(|place| self.evidence(Span::from(*place))).collect::<Vec<_>>();
        let name = fold_name(&end.name);
        let known = self.extraction.entities.iter_mut().find(|e| e.class == class && e.canonical == name);
        if let Some(entity) = known {
            entity.mentions.extend(mentions);
            entity.mentions.sort_by_key(|m| m.span);
            entity.mentions.dedup_by_key(|m| m.span);
            return entity.id.clone();
        }
        let id = format!("e{}", self.extraction.entities.len() + 1);
        let entity = Entity {
            id: id.clone(),
            class,
            name: end.name.clone(),
            aliases: Vec::new(),
            mentions,
            canonical: name,
            code: None,
        };
        self.extraction.entities.push(entity);
        id
    }
}

fn class_of(end: &End) -> Result<Class, String> {
    let name = end.class.as_deref().unwrap_or_default();
    Class::parse(name.trim_start_matches("jx:")).ok_or_else(|| match name {
        "" => format!("{} has no class", end.name),
        _ => format!("the ontology has no class {name} of things"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::offered::read;

    const TEXT: &str =
        "甲市實施工業強市戰略，發展 裝備製造業。丁生產線由乙集團建設，已簽約。2021年生產總值5000億元。";

    fn offered(lines: &str) -> (Extraction, Vec<String>) {
        let (offers, mut refused) = read(lines);
        let origin = Origin { name: "model:test".to_owned(), confidence: 0.5 };
        let (extraction, more) = check("a", &Text::new(TEXT), offers, &origin);
        refused.extend(more);
        (extraction, refused.into_iter().map(|r| format!("{}: {}", r.line, r.reason)).collect())
    }

    #[test]
    fn a_row_is_kept_whose_words_stand_in_the_text_in_either_script() {
        let (found, refused) = offered(
            r#"{"document":"a","subject":"甲市","subject_type":"Place","predicate":"develops","object":"装备制造业","quote":"甲市实施工业强市战略,发展装备制造业"}"#,
        );
        assert_eq!(refused, [""; 0]);
        assert_eq!((found.entities.len(), found.relations.len()), (2, 1));
        assert_eq!(found.relations[0].evidence[0].span, Span { start: 0, end: 19 });
        assert_eq!(found.entities[1].class, Class::Industry);
    }

    #[test]
    fn each_fault_is_named() {
        let row = |changes: &[(&str, &str)]| {
            let mut row = serde_json::json!({"document": "a", "subject": "丁生产线", "subject_type": "Project",
                "predicate": "developedBy", "object": "乙集团", "object_type": "Enterprise", "quote": "丁生产线由乙集团建设"});
            changes.iter().for_each(|(key, value)| row[*key] = (*value).into());
            offered(&row.to_string()).1.join("\n")
        };
        assert_eq!(row(&[]), "");
        assert!(row(&[("quote", "丁生产线是乙集团的")]).contains("the quotation does not stand"));
        assert!(row(&[("predicate", "owns")]).contains("no relation owns"));
        assert!(row(&[("object", "丙集团")]).contains("丙集团 does not stand in the text"));
        assert!(
            row(&[("object_type", "Person")])
                .contains("乙集团 is a Person; here may stand: Enterprise, Organization")
        );
        assert!(row(&[("subject_type", "Thing")]).contains("no class Thing"));
        assert!(row(&[("predicate", "status"), ("object", "ready")]).contains("ready is no stage"));
        assert_eq!(row(&[("predicate", "status"), ("object", "signed")]), "");
        assert!(offered("{\"a\":1}").1[0].starts_with("1: neither a row"));
        assert!(offered("nonsense").1[0].starts_with("1: no JSON"));
    }

    #[test]
    fn an_extraction_is_taken_apart() {
        let (found, refused) = offered(
            r#"{"id":"a","entities":[{"id":"e1","type":"Place","name":"甲市","mentions":[[0,2]]},{"id":"e2","type":"Place","name":"乙市","mentions":[[0,2]]}],"relations":[{"subject":"e2","predicate":"partOf","object":"e1","evidence":[[0,2]]}],"observations":[{"subject":"e1","indicator":"生产总值","measure":"level","value":5e11,"unit":"CNY","period":"2021","evidence":[[34,48]]}]}"#,
        );
        assert_eq!(found.entities.len(), 1);
        assert_eq!(found.observations.len(), 1, "{refused:?}");
        assert_eq!(refused.len(), 2, "{refused:?}");
    }
}
