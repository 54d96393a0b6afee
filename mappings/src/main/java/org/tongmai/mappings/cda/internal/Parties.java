package org.tongmai.mappings.cda.internal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Makes the people and organisations a document names by number into resources, and refers to them. */
final class Parties {
    private final ImportRun run;
    private final CdaElement root;

    Parties(ImportRun run, CdaElement root) {
        this.run = run;
        this.root = root;
    }

    /** Makes the resource of a reference that has an identifier; one with a name alone stays a name. */
    void keep(ObjectNode reference, String type) {
        if (!(reference.get("identifier") instanceof ObjectNode identifier) || !identifier.hasNonNull("value")) {
            return;
        }
        ObjectNode party = JsonNodeFactory.instance.objectNode().put("resourceType", type);
        party.putArray("identifier").add(identifier.deepCopy());
        String name = reference.path("display").asText();
        if (!name.isEmpty() && type.equals("Organization")) {
            party.put("name", name);
        } else if (!name.isEmpty()) {
            party.putArray("name").addObject().put("text", name);
        }
        reference.put("reference", run.party(party, root));
    }
}
