package org.tongmai.standards.profile.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.ElementDefinition;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.tongmai.standards.canonical.FhirR4;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.identifier.IdentifierSystems;
import org.tongmai.standards.profile.CanonicalProfiles;
import org.tongmai.standards.profile.ProfileError;
import org.tongmai.standards.table.CsvTable;

/** Reads the three tables of the profiles and refuses what is wrong, all violations at once. */
public final class ProfileTables {
    private static final String ROOT = "/org/tongmai/standards/profiles/";
    private static final String PROFILES = "profiles.csv";
    private static final String ELEMENTS = "elements.csv";
    private static final String CONSTRAINTS = "constraints.csv";
    private static final Map<String, List<String>> HEADERS = Map.of(
            PROFILES, List.of("profile", "type", "title", "title_en", "source"),
            ELEMENTS,
                    List.of(
                            "profile",
                            "element",
                            "slice",
                            "min",
                            "max",
                            "value_set",
                            "strength",
                            "constraint",
                            "reason"),
            CONSTRAINTS, List.of("key", "severity", "human", "expression", "source"));

    private final List<Issue> violations = new ArrayList<>();
    private final Map<String, List<String>> heads = new LinkedHashMap<>();
    private final Map<String, ElementDefinition.ElementDefinitionConstraintComponent> constraints = new HashMap<>();
    private final Map<String, List<ElementRow>> rows = new TreeMap<>();

    private ProfileTables() {}

    public static Map<String, StructureDefinition> packaged(IdentifierSystems systems) {
        Map<String, String> files = new HashMap<>();
        for (String file : HEADERS.keySet()) {
            try (InputStream in = ProfileTables.class.getResourceAsStream(ROOT + file)) {
                files.put(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException("a packaged table could not be read", e);
            }
        }
        return read(systems, files);
    }

    /** The definitions by type. */
    public static Map<String, StructureDefinition> read(IdentifierSystems systems, Map<String, String> files) {
        ProfileTables tables = new ProfileTables();
        tables.each(files, PROFILES, tables::readProfile);
        tables.each(files, CONSTRAINTS, tables::readConstraint);
        ProfileWriter writer = new ProfileWriter(systems, tables.constraints);
        ElementCheck check = new ElementCheck(tables.heads, tables.constraints.keySet(), writer);
        Set<String> seen = new HashSet<>();
        tables.each(files, ELEMENTS, row -> {
            ElementRow element = ElementRow.of(row);
            check.violation(element).ifPresent(issue -> tables.refuse(issue.code(), ELEMENTS, row, issue.detail()));
            if (!seen.add(element.profile() + " " + element.element() + " " + element.slice())) {
                tables.refuse(ProfileError.DUPLICATE, ELEMENTS, row, "the element or slice has a row before");
            }
            tables.rows
                    .computeIfAbsent(element.profile(), key -> new ArrayList<>())
                    .add(element);
        });
        if (!tables.violations.isEmpty()) {
            throw new CodedException(tables.violations, null);
        }
        return tables.write(writer);
    }

    private Map<String, StructureDefinition> write(ProfileWriter writer) {
        Map<String, StructureDefinition> byType = new LinkedHashMap<>();
        heads.forEach((id, head) -> {
            List<ElementRow> sorted = new ArrayList<>(rows.getOrDefault(id, List.of()));
            sorted.sort((a, b) -> ElementPaths.compare(position(head, a), position(head, b)));
            byType.put(head.get(1), writer.write(head, sorted));
        });
        return byType;
    }

    /** The sort is stable: an element's own row is written before its slices in the table. */
    private static List<Integer> position(List<String> head, ElementRow row) {
        return row.element().isEmpty()
                ? List.of()
                : ElementPaths.position(head.get(1), row.element()).orElseThrow();
    }

    private void each(Map<String, String> files, String file, Consumer<CsvTable.Row> reader) {
        CsvTable table = CsvTable.read(file, files.getOrDefault(file, ""));
        List<String> header = HEADERS.get(file);
        if (!table.header().equals(header)) {
            violations.add(Issue.of(ProfileError.BAD_HEADER, file + ":1", "expected " + String.join(",", header)));
            return;
        }
        for (CsvTable.Row row : table.rows()) {
            if (row.cells().size() == header.size()) {
                reader.accept(row);
            } else {
                refuse(
                        ProfileError.WRONG_WIDTH,
                        file,
                        row,
                        "found " + row.cells().size() + " cells");
            }
        }
    }

    private void readProfile(CsvTable.Row row) {
        boolean known = FhirR4.context().getResourceTypes().contains(row.cell(1));
        if (!known || !row.cell(0).matches("[a-z][a-z-]*") || row.cell(4).isBlank()) {
            refuse(ProfileError.BAD_CELL, PROFILES, row, "expected a kebab-case id, a FHIR R4 type and a source");
            return;
        }
        boolean twice = heads.values().stream().anyMatch(head -> head.get(1).equals(row.cell(1)));
        if (heads.put(row.cell(0), row.cells()) != null || twice) {
            refuse(ProfileError.DUPLICATE, PROFILES, row, "the profile or its type stands twice");
        }
    }

    private void readConstraint(CsvTable.Row row) {
        boolean error = row.cell(1).equals("error");
        if (!error && !row.cell(1).equals("warning")
                || row.cell(3).isBlank()
                || row.cell(4).isBlank()) {
            refuse(ProfileError.BAD_CELL, CONSTRAINTS, row, "expected error or warning, an expression and a source");
            return;
        }
        ElementDefinition.ElementDefinitionConstraintComponent constraint =
                new ElementDefinition.ElementDefinitionConstraintComponent();
        constraint.setKey(row.cell(0)).setHuman(row.cell(2)).setExpression(row.cell(3));
        constraint.setSeverity(
                error ? ElementDefinition.ConstraintSeverity.ERROR : ElementDefinition.ConstraintSeverity.WARNING);
        constraint.setSource(CanonicalProfiles.BASE + "constraints");
        if (constraints.put(row.cell(0), constraint) != null) {
            refuse(ProfileError.DUPLICATE, CONSTRAINTS, row, "the key stands twice");
        }
    }

    private void refuse(ErrorCode code, String file, CsvTable.Row row, String detail) {
        violations.add(Issue.of(code, file + ":" + row.line(), detail));
    }
}
