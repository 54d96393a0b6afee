package org.tongmai.console.server.convert;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.tongmai.mappings.Lineage;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.error.Issue;

/**
 * What a conversion answers.
 *
 * @param result a FHIR resource, or a text
 * @param issues what was noticed
 * @param lineage where each element came from; null, and left out of the answer, where nobody asked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Conversion(JsonNode result, List<IssueView> issues, List<Lineage> lineage) {
    /** A text, for example XML, with what was noticed. */
    public static Conversion text(byte[] utf8, List<Issue> issues) {
        return new Conversion(TextNode.valueOf(new String(utf8, StandardCharsets.UTF_8)), IssueView.of(issues), null);
    }

    /**
     * A FHIR bundle of canonical resources, with what was noticed. Its envelope is the Bundle among them, its first entry
     * then the MessageHeader (FHIR R4, Messaging); without one it is a collection.
     */
    public static Conversion bundle(CanonicalBundle canonical) {
        ObjectNode bundle = JsonNodeFactory.instance.objectNode().put("resourceType", "Bundle");
        List<CanonicalResource> resources = new ArrayList<>(canonical.resources());
        resources.stream()
                .filter(resource -> resource.type().equals("Bundle"))
                .findFirst()
                .ifPresentOrElse(
                        envelope -> {
                            bundle.setAll(envelope.content());
                            resources.remove(envelope);
                        },
                        () -> bundle.put("type", "collection"));
        resources.sort((a, b) -> Boolean.compare(isHeader(b), isHeader(a)));
        ArrayNode entries = bundle.putArray("entry");
        resources.forEach(resource -> {
            ObjectNode entry = entries.addObject();
            entry.put("fullUrl", "urn:tongmai:" + resource.reference());
            entry.set("resource", resource.content());
        });
        return new Conversion(bundle, IssueView.of(canonical.issues()), null);
    }

    private static boolean isHeader(CanonicalResource resource) {
        return resource.type().equals("MessageHeader");
    }

    /** The same with further issues before its own. */
    Conversion noticing(List<Issue> noticed) {
        List<IssueView> all = new ArrayList<>(IssueView.of(noticed));
        all.addAll(issues);
        return new Conversion(result, all, lineage);
    }

    /** The same with where each element came from. */
    Conversion explainedBy(List<Lineage> origins) {
        return new Conversion(result, issues, origins);
    }
}
