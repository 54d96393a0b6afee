package org.tongmai.adapters.jms.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.tongmai.standards.canonical.CanonicalEvent;
import org.tongmai.standards.canonical.ResourceVersion;

/** Writes an event as JSON: who wants the data reads it at the FHIR API by reference and version. */
final class EventJson {
    private EventJson() {}

    static String of(CanonicalEvent event) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("messageId", Long.toString(event.messageId()));
        json.put("topic", event.topic());
        json.put("event", event.event());
        json.put("patientKey", event.patientKey());
        json.put("occurredAt", event.occurredAt().toString());
        ArrayNode resources = json.putArray("resources");
        for (ResourceVersion version : event.resources()) {
            resources
                    .addObject()
                    .put("reference", version.reference())
                    .put("versionId", Integer.toString(version.version()));
        }
        return json.toString();
    }
}
