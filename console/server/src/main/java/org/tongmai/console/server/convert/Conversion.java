package org.tongmai.console.server.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.error.Issue;

/**
 * What a conversion answers.
 *
 * @param result a FHIR resource, or a text
 * @param issues what was noticed
 */
public record Conversion(JsonNode result, List<IssueView> issues) {
    /** A text, for example XML, with what was noticed. */
    public static Conversion text(byte[] utf8, List<Issue> issues) {
        return new Conversion(TextNode.valueOf(new String(utf8, StandardCharsets.UTF_8)), IssueView.of(issues));
    }

    /** A FHIR collection bundle of canonical resources, with what was noticed. */
    public static Conversion bundle(CanonicalBundle canonical) {
        ObjectNode bundle = JsonNodeFactory.instance.objectNode();
        bundle.put("resourceType", "Bundle").put("type", "collection");
        var entries = bundle.putArray("entry");
        canonical.resources().forEach(resource -> {
            ObjectNode entry = entries.addObject();
            entry.put("fullUrl", "urn:tongmai:" + resource.reference());
            entry.set("resource", resource.content());
        });
        return new Conversion(bundle, IssueView.of(canonical.issues()));
    }
}
