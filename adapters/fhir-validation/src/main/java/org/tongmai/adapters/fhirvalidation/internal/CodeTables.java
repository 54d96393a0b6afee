package org.tongmai.adapters.fhirvalidation.internal;

import ca.uhn.fhir.context.FhirContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.Enumerations;
import org.hl7.fhir.r4.model.ValueSet;
import org.tongmai.standards.terminology.Terminology;

/**
 * The code tables of {@code standards} as FHIR code systems and value sets. A code counts whatever its dates: a resource
 * of last year is judged too, and says nowhere by which list. Lists nobody has supplied are not there, so their codes
 * are not judged.
 */
final class CodeTables extends PrePopulatedValidationSupport {
    CodeTables(FhirContext context, Terminology terminology) {
        super(context);
        terminology.codeSystems().values().forEach(table -> {
            if (table.content() != org.tongmai.standards.terminology.CodeSystem.Content.NOT_PRESENT) {
                addCodeSystem(codeSystem(table));
            }
        });
        terminology.valueSets().values().forEach(table -> addValueSet(valueSet(table)));
    }

    private static CodeSystem codeSystem(org.tongmai.standards.terminology.CodeSystem table) {
        CodeSystem system = new CodeSystem();
        system.setId(table.name());
        system.setUrl(table.uri()).setName(table.name()).setStatus(Enumerations.PublicationStatus.ACTIVE);
        system.setContent(
                CodeSystem.CodeSystemContentMode.fromCode(table.content().code()));
        system.setCaseSensitive(true);
        for (String code : table.codes()) {
            List<org.tongmai.standards.terminology.CodeSystem.Entry> entries = table.entries(code);
            system.addConcept()
                    .setCode(code)
                    .setDisplay(entries.get(entries.size() - 1).display());
        }
        return system;
    }

    private static ValueSet valueSet(org.tongmai.standards.terminology.ValueSet table) {
        ValueSet set = new ValueSet();
        set.setId(table.name());
        set.setUrl(table.uri()).setName(table.name()).setStatus(Enumerations.PublicationStatus.ACTIVE);
        Map<String, ValueSet.ConceptSetComponent> bySystem = new HashMap<>();
        table.expand(null).forEach(member -> bySystem.computeIfAbsent(
                        member.system().uri(),
                        uri -> set.getCompose().addInclude().setSystem(uri))
                .addConcept()
                .setCode(member.entry().code())
                .setDisplay(member.entry().display()));
        return set;
    }
}
