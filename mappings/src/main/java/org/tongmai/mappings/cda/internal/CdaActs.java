package org.tongmai.mappings.cda.internal;

import java.util.List;
import java.util.Map;
import org.tongmai.standards.document.DataElement;
import org.tongmai.standards.document.DocumentField;
import org.tongmai.standards.document.DocumentTables;

/** What CDA R2 wants of every act: its class and mood, and what its code is of. */
final class CdaActs {
    private static final String DATA_ELEMENTS = "2.16.156.10011.2.2.1";
    private static final Map<String, String> CLASSES = Map.of(
            "observation", "OBS", "procedure", "PROC", "substanceAdministration", "SBADM", "organizer", "CLUSTER");

    private CdaActs() {}

    /** Completes an act and all acts in it. */
    static void complete(CdaElement element) {
        String kind = CLASSES.get(element.name());
        if (kind != null) {
            element.attributes().putIfAbsent("classCode", kind);
            element.attributes().putIfAbsent("moodCode", "EVN");
        }
        if (element.name().equals("organizer") && element.child("statusCode") == null) {
            element.prepend(CdaElement.of("statusCode").with("code", "completed"));
        }
        for (CdaElement node : List.copyOf(element.nodes())) {
            if (!node.isText()) {
                complete(node);
            }
        }
    }

    /** Says what the code of an observation is, with the document's own name for it. */
    static void describe(CdaElement observation, DocumentField field, DataElement element) {
        CdaElement code = observation.child("code");
        if (code != null && code.attribute("code").equals(field.dataElement())) {
            name(code, field.name());
        }
    }

    /** Completes the acts in an entry and names their data elements. */
    static void describeAll(CdaElement element, DocumentTables tables) {
        complete(element);
        for (CdaElement node : element.nodes()) {
            if (node.isText()) {
                continue;
            }
            if (node.name().equals("code") && node.attribute("code").startsWith("DE")) {
                String code = node.attribute("code");
                name(node, tables.dataElement(code).map(DataElement::name).orElse(code));
            }
            describeAll(node, tables);
        }
    }

    private static void name(CdaElement code, String display) {
        code.attributes().putIfAbsent("codeSystem", DATA_ELEMENTS);
        code.attributes().putIfAbsent("codeSystemName", "卫生信息数据元目录");
        code.attributes().putIfAbsent("displayName", display);
    }
}
