package org.tongmai.mappings.cda.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;
import org.tongmai.mappings.cda.CdaError;
import org.tongmai.standards.document.DataElement;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.terminology.ConceptMap;

/** Writes what a row finds to where a table says. */
final class PlaceWriter {
    private final DataTypeWriter types;
    private final List<Issue> issues;

    PlaceWriter(DataTypeWriter types, List<Issue> issues) {
        this.types = types;
        this.issues = issues;
    }

    /** The first value the rows of a place find, and the row that found it; null when there is none. */
    static Found find(List<PlaceRow> rows, Function<String, ObjectNode> resources) {
        for (PlaceRow row : rows) {
            if (row.from() == null) {
                continue;
            }
            for (ElementPath.Typed value : row.from().values(resources.apply(row.type()))) {
                if (!value.node().isValueNode() || !value.node().asText().isEmpty()) {
                    return new Found(row, value);
                }
            }
        }
        return null;
    }

    /** What a row found. */
    record Found(PlaceRow row, ElementPath.Typed value) {}

    /**
     * Writes it.
     *
     * @param wanted what the standard says of the data element, or null
     */
    void write(CdaPath.Hit hit, Found found, DataElement wanted) {
        if (found.row().code() != null && hit.attribute() == null) {
            coded(hit.element(), found, wanted);
        } else if (hit.attribute() == null && hit.element().name().equals("value")) {
            types.any(hit.element(), found.value(), wanted);
        } else {
            types.write(hit, found.value(), wanted);
        }
    }

    private void coded(CdaElement element, Found found, DataElement wanted) {
        CodeTable table = found.row().code();
        JsonNode node = found.value().node();
        if (node.isTextual()) {
            ConceptMap.Target target = table.target(node.asText());
            if (target == null) {
                issues.add(Issue.of(CdaError.CODE_UNMAPPED, element.xpath(), "expected a code of " + table.name()));
                return;
            }
            target(element, target, wanted);
            return;
        }
        for (JsonNode coding : node.path("coding")) {
            ConceptMap.Target target = coding.path("system").asText().equals(table.sourceSystem())
                    ? table.target(coding.path("code").asText())
                    : null;
            if (target != null) {
                target(element, target, wanted);
                return;
            }
        }
        types.write(new CdaPath.Hit(element, null), found.value(), wanted);
    }

    private static void target(CdaElement element, ConceptMap.Target target, DataElement wanted) {
        element.with("code", target.code());
        if (wanted != null && !wanted.codeSystem().isEmpty()) {
            element.with("codeSystem", wanted.codeSystem()).with("codeSystemName", wanted.codeSystemName());
        }
        if (!target.display().isEmpty()) {
            element.with("displayName", target.display());
        }
    }

    /** The value as people read it. */
    String text(Found found) {
        JsonNode node = found.value().node();
        if (found.row().code() != null && node.isTextual() && found.row().code().target(node.asText()) != null) {
            return found.row().code().target(node.asText()).display();
        }
        return types.text(found.value());
    }
}
