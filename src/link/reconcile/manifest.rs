//! What a service says of itself.

use super::{Service, types};
use crate::ontology::NAMESPACE;
use serde_json::{Value, json};

/// How many queries a client should send at once.
const BATCH: usize = 50;
/// The size of the frame for previews, in pixels.
const FRAME: (u16, u16) = (430, 220);

/// The service manifest.
pub(super) fn manifest(service: &Service) -> Value {
    let (about, at) = (service.source.about(), service.address());
    let preview = format!("{at}/preview?id={{{{id}}}}");
    let path = |path: &str| json!({"service_url": at, "service_path": path});
    json!({
        "versions": ["0.1", "0.2"],
        "name": format!("{} (jinxiu)", about.title),
        "identifierSpace": about.namespace,
        "schemaSpace": NAMESPACE,
        "documentation": format!("{}/", service.root),
        "serviceVersion": env!("CARGO_PKG_VERSION"),
        "defaultTypes": types::types(service),
        "batchSize": BATCH,
        "view": {"url": preview},
        "preview": {"url": preview, "width": FRAME.0, "height": FRAME.1},
        "suggest": {
            "entity": path("/suggest/entity"),
            "type": path("/suggest/type"),
            "property": path("/suggest/property"),
        },
        "extend": {"propose_properties": path("/properties"), "property_settings": []},
    })
}
