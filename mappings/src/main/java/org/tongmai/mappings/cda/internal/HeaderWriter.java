package org.tongmai.mappings.cda.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Period;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tongmai.mappings.cda.CdaError;
import org.tongmai.standards.document.DataElement;
import org.tongmai.standards.document.DocumentField;
import org.tongmai.standards.document.DocumentTables;
import org.tongmai.standards.document.DocumentType;
import org.tongmai.standards.document.HeaderElement;
import org.tongmai.standards.error.Issue;

/** Writes the header: what is fixed, what the standard requires, and what the document type lists. */
final class HeaderWriter {
    private static final String SIGNER = "signer";

    private final DocumentTables tables;
    private final CdaMaps maps;
    private final PlaceWriter places;
    private final List<Issue> issues;

    HeaderWriter(DocumentTables tables, CdaMaps maps, PlaceWriter places, List<Issue> issues) {
        this.tables = tables;
        this.maps = maps;
        this.places = places;
        this.issues = issues;
    }

    void write(CdaElement root, DocumentType type, DocumentSource source) {
        Map<String, String> listed = new HashMap<>();
        for (DocumentField field : type.fieldsOf(DocumentField.HEADER)) {
            listed.put(field.entry(), field.name());
        }
        boolean signed = false;
        for (HeaderElement element : tables.header()) {
            if (element.name().startsWith(SIGNER + ".")) {
                if (!signed && listed.keySet().stream().anyMatch(name -> name.startsWith(SIGNER + "."))) {
                    signers(root, type, source);
                }
                signed = true;
            } else if (!element.fixed().isEmpty()) {
                fixed(root, element, element.fixedFor(type));
            } else if (listed.containsKey(element.name())
                    || element.cardinality().required()
                    || always(element, listed)) {
                one(root, element, source, listed.containsKey(element.name()));
            }
        }
    }

    /** Which version of what a document is, and whom it is about, stands in every document; a number beside its name. */
    private static boolean always(HeaderElement element, Map<String, String> listed) {
        String name = element.name();
        boolean number = name.endsWith("-id") && listed.containsKey(name.substring(0, name.length() - 3));
        return number || name.matches("document\\..*|parent\\..*|author\\..*|patient\\.(identity-card|gender)");
    }

    private static void fixed(CdaElement root, HeaderElement element, String value) {
        CdaPath.Hit hit = CdaPath.parse(element.xpath()).make(root);
        if (hit.attribute() != null) {
            hit.element().with(hit.attribute(), value);
        } else {
            hit.element().append(CdaElement.text(value));
        }
    }

    private void one(CdaElement root, HeaderElement element, DocumentSource source, boolean listed) {
        List<PlaceRow> rows = maps.places("header").rowsTo(element.name());
        PlaceWriter.Found found = PlaceWriter.find(rows, source::first);
        if (found != null) {
            places.write(CdaPath.parse(element.xpath()).make(root), found, dataElement(element));
            return;
        }
        if (rows.stream().anyMatch(row -> "age".equals(row.call())) && age(root, element, source)) {
            return;
        }
        String where = "/ClinicalDocument/" + element.xpath();
        if (element.cardinality().required()) {
            issues.add(Issue.of(CdaError.REQUIRED_MISSING, where, "expected " + element.title()));
        } else if (rows.isEmpty() && listed) {
            issues.add(Issue.of(CdaError.FIELD_NOT_HELD, where, element.title()));
        } else if (listed) {
            issues.add(Issue.of(CdaError.FIELD_ABSENT, where, element.title()));
        }
    }

    private DataElement dataElement(HeaderElement element) {
        return tables.dataElement(element.dataElement()).orElse(null);
    }

    private void signers(CdaElement root, DocumentType type, DocumentSource source) {
        PlaceMap map = maps.places(SIGNER);
        JsonNode all = source.first("Composition").path("attester");
        for (JsonNode attester : all) {
            CdaElement signer = root.append(CdaElement.of("authenticator"));
            for (HeaderElement element : tables.header()) {
                PlaceWriter.Found found = element.name().startsWith(SIGNER + ".")
                        ? PlaceWriter.find(map.rowsTo(element.name()), key -> (ObjectNode) attester)
                        : null;
                if (found != null) {
                    places.write(CdaPath.parse(element.xpath()).below().make(signer), found, null);
                }
            }
        }
        if (all.isEmpty()) {
            issues.add(Issue.of(CdaError.FIELD_ABSENT, "/ClinicalDocument/authenticator", "签名 of " + type.code()));
        }
    }

    /** Age on the day of the document 年龄: whole years, below one year months. */
    private boolean age(CdaElement root, HeaderElement element, DocumentSource source) {
        String birth = source.first("Patient").path("birthDate").asText();
        String day = source.first("Composition").path("date").asText();
        if (birth.length() != 10 || day.length() < 10) {
            return false;
        }
        try {
            Period period = Period.between(LocalDate.parse(birth), LocalDate.parse(day.substring(0, 10)));
            if (period.isNegative()) {
                return false;
            }
            boolean years = period.getYears() > 0;
            CdaElement age = CdaPath.parse(element.xpath()).make(root).element();
            age.with("value", Integer.toString(years ? period.getYears() : period.getMonths()));
            age.with("unit", years ? "岁" : "月");
            return true;
        } catch (DateTimeException noDay) {
            issues.add(Issue.of(CdaError.BAD_VALUE, "Patient.birthDate", "expected a date"));
            return false;
        }
    }
}
