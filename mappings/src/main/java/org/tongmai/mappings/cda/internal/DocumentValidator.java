package org.tongmai.mappings.cda.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tongmai.mappings.cda.CdaError;
import org.tongmai.mappings.internal.Timestamps;
import org.tongmai.standards.document.DataElement;
import org.tongmai.standards.document.DocumentField;
import org.tongmai.standards.document.DocumentSection;
import org.tongmai.standards.document.DocumentTables;
import org.tongmai.standards.document.DocumentType;
import org.tongmai.standards.document.HeaderElement;
import org.tongmai.standards.error.Issue;

/** Judges a shared document by the tables: header, sections, entries. Names nodes, never what stands in them. */
final class DocumentValidator {
    private static final int MOST_ISSUES = 1_000;
    private static final Map<String, Set<String>> COMPATIBLE = Map.of(
            "ST", Set.of("ST", "ED", "CD", "CE", "INT", "PQ"),
            "CD", Set.of("CD", "CE", "CV", "CO"),
            "PQ", Set.of("PQ", "REAL", "INT", "IVL_PQ"),
            "INT", Set.of("INT", "PQ", "REAL"),
            "TS", Set.of("TS", "IVL_TS"),
            "BL", Set.of("BL", "BN"),
            "MO", Set.of("MO", "PQ", "REAL"));

    private final DocumentTables tables;
    private final DocumentType type;
    private final List<Issue> issues = new ArrayList<>();

    DocumentValidator(DocumentTables tables, DocumentType type) {
        this.tables = tables;
        this.type = type;
    }

    List<Issue> validate(CdaElement root) {
        for (HeaderElement element : tables.header()) {
            header(root, element);
        }
        Map<String, Integer> sections = new HashMap<>();
        for (CdaPath.Hit hit :
                CdaPath.parse("component/structuredBody/component/section").select(root)) {
            section(hit.element(), sections);
        }
        return issues;
    }

    private void header(CdaElement root, HeaderElement element) {
        List<CdaPath.Hit> hits = CdaPath.parse(element.xpath()).select(root);
        String where = "/ClinicalDocument/" + element.xpath();
        boolean said = hits.stream()
                .anyMatch(hit -> !hit.text().isEmpty()
                        || !hit.element().attribute("code").isEmpty());
        if (element.cardinality().required() && !said) {
            issue(CdaError.REQUIRED_MISSING, where, "expected " + element.title());
            return;
        }
        if (hits.size() > 1
                && !element.cardinality().repeats()
                && !element.name().startsWith("author.")) {
            issue(CdaError.REPEATED, hits.get(1).xpath(), "expected one");
        }
        String fixed = element.fixedFor(type);
        for (CdaPath.Hit hit : hits) {
            if (!fixed.isEmpty()
                    && element.cardinality().required()
                    && !hit.text().equals(fixed)
                    && !title(element)) {
                issue(CdaError.FIXED_DIFFERS, hit.xpath(), "expected " + fixed);
            }
            if (element.type().equals("TS") && !time(hit.text())) {
                issue(CdaError.BAD_VALUE, hit.xpath(), "expected yyyyMMdd or yyyyMMddHHmmss");
            }
        }
    }

    /** Titles are written in several ways, for example with or without brackets. */
    private static boolean title(HeaderElement element) {
        return element.name().equals("document.title");
    }

    private static boolean time(String text) {
        Timestamps.Read read = Timestamps.dateTime(text, java.time.ZoneOffset.UTC);
        return text.isEmpty() || read != null && !read.trimmed();
    }

    private void section(CdaElement section, Map<String, Integer> seen) {
        DocumentSection known = known(section);
        if (section.child("title") == null
                || section.child("text") == null
                || section.child("text").content().isEmpty()) {
            issue(CdaError.NARRATIVE_MISSING, section.xpath(), "expected title and text");
        }
        if (known == null) {
            issue(
                    CdaError.SECTION_UNEXPECTED,
                    section.xpath(),
                    "expected one of " + type.sections().size() + " sections");
            return;
        }
        if (seen.merge(known.key(), 1, Integer::sum) > 1) {
            issue(CdaError.REPEATED, section.xpath(), "expected one section " + known.title());
        }
        Map<String, Integer> alone = new HashMap<>();
        for (CdaPath.Hit hit : CdaPath.parse("entry//observation").select(section)) {
            CdaElement code = hit.element().child("code");
            if (code != null && code.attribute("code").startsWith("DE")) {
                entry(hit.element(), code, known, alone);
            }
        }
    }

    private DocumentSection known(CdaElement section) {
        CdaElement code = section.child("code");
        for (String key : type.sections()) {
            DocumentSection known = tables.section(key);
            boolean same = code != null
                    && (known.code().isEmpty()
                            ? known.display().equals(code.attribute("displayName"))
                            : known.code().equals(code.attribute("code")));
            if (same) {
                return known;
            }
        }
        return null;
    }

    private void entry(CdaElement observation, CdaElement code, DocumentSection section, Map<String, Integer> alone) {
        String element = code.attribute("code");
        List<CdaPath.Hit> qualifier =
                CdaPath.parse("qualifier/name/@displayName").select(code);
        String name = qualifier.isEmpty() ? "" : qualifier.get(0).text();
        DocumentField field = null;
        boolean known = element.equals("DE05.01.024.00");
        for (DocumentField each : type.fieldsOf(section.key())) {
            known |= each.dataElement().equals(element) || mainOf(each, element);
            if (each.alone()
                    && each.dataElement().equals(element)
                    && (!each.qualified() || each.name().equals(name))) {
                field = each;
            }
        }
        if (!known) {
            String found = element.matches("DE[0-9.]{1,16}") ? element : "a code of another form";
            issue(CdaError.ENTRY_UNEXPECTED, code.xpath(), found + " is not of section " + section.title());
        }
        boolean top = observation.parent().name().equals("entry");
        if (field != null && top && !field.cardinality().repeats() && alone.merge(field.id(), 1, Integer::sum) > 1) {
            issue(CdaError.REPEATED, observation.xpath(), "expected one " + element);
        }
        for (CdaElement value : observation.children("value")) {
            tables.dataElement(element).ifPresent(wanted -> value(value, wanted));
        }
    }

    /** The element an entry is recognised by stands in it even where the document does not list it. */
    private boolean mainOf(DocumentField field, String element) {
        return !field.alone()
                && tables.places(field.entry()).stream()
                        .anyMatch(place -> place.name().matches("code|content|item|value")
                                && place.dataElement().equals(element));
    }

    private void value(CdaElement value, DataElement wanted) {
        if (value.attributes().containsKey("nullFlavor")) {
            return;
        }
        String found = value.attribute("xsi:type").replaceFirst("^.*:", "");
        if (!COMPATIBLE.get(wanted.type()).contains(found)) {
            issue(CdaError.TYPE_DIFFERS, value.xpath(), "found " + word(found) + ", expected " + wanted.type());
            return;
        }
        String system = value.attribute("codeSystem");
        if (wanted.type().equals("CD") && !wanted.codeSystem().isEmpty() && !system.startsWith(wanted.codeSystem())) {
            issue(CdaError.CODE_SYSTEM_DIFFERS, value.xpath(), "expected " + wanted.codeSystem());
        }
        boolean number = Set.of("PQ", "REAL", "INT", "MO").contains(found);
        if (number && !value.attribute("value").matches("[+-]?[0-9]*\\.?[0-9]+")) {
            issue(CdaError.BAD_VALUE, value.xpath(), "expected a number");
        }
        if (found.equals("TS") && !time(value.attribute("value"))) {
            issue(CdaError.BAD_VALUE, value.xpath(), "expected yyyyMMdd or yyyyMMddHHmmss");
        }
        if (found.equals("BL") && !value.attribute("value").matches("true|false|0|1|")) {
            issue(CdaError.BAD_VALUE, value.xpath(), "expected true or false");
        }
    }

    private static String word(String type) {
        return type.matches("[A-Z_]{1,12}") ? type : "none";
    }

    private void issue(CdaError error, String where, String detail) {
        if (issues.size() < MOST_ISSUES) {
            issues.add(Issue.of(error, where, detail));
        }
    }
}
