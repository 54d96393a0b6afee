package org.tongmai.adapters.fhir.internal.terminology;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.CodeSystem.CodeSystemContentMode;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.CodeSystem.PropertyType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.ConceptMap.ConceptMapGroupComponent;
import org.hl7.fhir.r4.model.ConceptMap.ConceptMapGroupUnmappedMode;
import org.hl7.fhir.r4.model.Enumerations.ConceptMapEquivalence;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.NamingSystem;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.tongmai.standards.terminology.CodeSystem;
import org.tongmai.standards.terminology.ConceptMap;
import org.tongmai.standards.terminology.Origin;
import org.tongmai.standards.terminology.ValueSet;

/** Shows tables as FHIR resources. The id is the table's name. */
final class TableResources {
    static final String MAP_URL = "urn:tongmai:concept-map:";

    private TableResources() {}

    /** The code system without its codes. */
    static org.hl7.fhir.r4.model.CodeSystem head(CodeSystem table) {
        org.hl7.fhir.r4.model.CodeSystem resource = new org.hl7.fhir.r4.model.CodeSystem();
        describe(resource, table.name(), table.origin());
        resource.setUrl(table.uri());
        resource.setContent(CodeSystemContentMode.fromCode(table.content().code()));
        resource.setCount(table.size());
        resource.setCaseSensitive(true);
        table.properties().forEach(property -> resource.addProperty()
                .setCode(property.name())
                .setDescription(property.description())
                .setType(PropertyType.fromCode(property.type())));
        return resource;
    }

    /** The code system with each code as it holds on the day, or as it held last. */
    static org.hl7.fhir.r4.model.CodeSystem whole(CodeSystem table, LocalDate day) {
        org.hl7.fhir.r4.model.CodeSystem resource = head(table);
        for (String code : table.codes()) {
            CodeSystem.Entry inForce = table.entry(code, day);
            List<CodeSystem.Entry> all = table.entries(code);
            CodeSystem.Entry entry = inForce != null ? inForce : all.get(all.size() - 1);
            ConceptDefinitionComponent concept =
                    resource.addConcept().setCode(code).setDisplay(entry.display());
            if (!entry.displayEnglish().isEmpty()) {
                concept.addDesignation().setLanguage("en").setValue(entry.displayEnglish());
            }
            concept.addProperty().setCode("status").setValue(new CodeType(entry.status()));
            table.properties().forEach(property -> {
                if (!entry.property(property.name()).isEmpty()) {
                    concept.addProperty().setCode(property.name()).setValue(value(property, entry));
                }
            });
        }
        return resource;
    }

    static Type value(CodeSystem.Property property, CodeSystem.Entry entry) {
        String text = entry.property(property.name());
        return switch (property.type()) {
            case "code" -> new CodeType(text);
            case "integer" -> new IntegerType(text);
            case "boolean" -> new org.hl7.fhir.r4.model.BooleanType(text);
            default -> new StringType(text);
        };
    }

    static org.hl7.fhir.r4.model.ValueSet head(ValueSet table) {
        org.hl7.fhir.r4.model.ValueSet resource = new org.hl7.fhir.r4.model.ValueSet();
        describe(resource, table.name(), table.origin());
        resource.setUrl(table.uri());
        table.systems().forEach(system -> resource.getCompose().addInclude().setSystem(system.uri()));
        return resource;
    }

    /** The concept map without its rows. */
    static org.hl7.fhir.r4.model.ConceptMap head(ConceptMap table) {
        org.hl7.fhir.r4.model.ConceptMap resource = new org.hl7.fhir.r4.model.ConceptMap();
        describe(resource, table.name(), table.origin());
        resource.setUrl(MAP_URL + table.name());
        return resource;
    }

    /** The concept map with the rows for everybody. */
    static org.hl7.fhir.r4.model.ConceptMap whole(ConceptMap table) {
        org.hl7.fhir.r4.model.ConceptMap resource = head(table);
        Map<String, List<Map.Entry<String, ConceptMap.Target>>> bySystem = new TreeMap<>();
        table.targets().entrySet().forEach(row -> bySystem.computeIfAbsent(
                        row.getValue().system(), s -> new ArrayList<>())
                .add(row));
        bySystem.forEach((system, rows) -> {
            ConceptMapGroupComponent group =
                    resource.addGroup().setSource(table.policy().sourceSystem());
            if (!system.isEmpty()) {
                group.setTarget(system);
            }
            for (Map.Entry<String, ConceptMap.Target> row : rows) {
                boolean none = row.getValue().code().isEmpty();
                var target = group.addElement().setCode(row.getKey()).addTarget();
                target.setEquivalence(none ? ConceptMapEquivalence.UNMATCHED : ConceptMapEquivalence.RELATEDTO);
                if (!none) {
                    target.setCode(row.getValue().code());
                    target.setDisplay(
                            row.getValue().display().isEmpty()
                                    ? null
                                    : row.getValue().display());
                }
            }
            if (table.policy().unmapped() == ConceptMap.Unmapped.DEFAULT) {
                group.getUnmapped()
                        .setMode(ConceptMapGroupUnmappedMode.FIXED)
                        .setCode(table.policy().fallback());
            }
        });
        return resource;
    }

    /** An OID as a NamingSystem. */
    static NamingSystem naming(CodeSystem oids, CodeSystem.Entry oid) {
        NamingSystem resource = new NamingSystem();
        resource.setId(oid.code());
        resource.setName(oid.display());
        resource.setStatus(oid.active() ? PublicationStatus.ACTIVE : PublicationStatus.RETIRED);
        resource.setKind(
                oid.property("kind").equals("identifier")
                        ? NamingSystem.NamingSystemType.IDENTIFIER
                        : NamingSystem.NamingSystemType.CODESYSTEM);
        resource.setDescription(oids.origin().source());
        resource.addUniqueId()
                .setType(NamingSystem.NamingSystemIdentifierType.OID)
                .setValue(oid.code())
                .setPreferred(true);
        return resource;
    }

    private static void describe(MetadataResource resource, String name, Origin origin) {
        resource.setId(name);
        resource.setName(name);
        resource.setTitle(origin.title().isEmpty() ? name : origin.title());
        resource.setStatus(PublicationStatus.ACTIVE);
        String standard = origin.standard().isEmpty() ? "" : origin.standard() + ' ' + origin.clause();
        resource.setDescription((standard.strip() + ". Source: " + origin.source() + " ["
                        + origin.certainty().mark() + "]")
                .replaceFirst("^\\. ", ""));
    }
}
