package org.tongmai.adapters.fhirvalidation;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.r4.model.CodeSystem;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.canonical.FhirR4;
import org.tongmai.standards.profile.KnownCodes;
import org.tongmai.standards.table.CsvTable;
import org.tongmai.standards.terminology.ConceptMap;
import org.tongmai.standards.terminology.Terminology;

/**
 * The lists of codes that maps judge by are those the validator judges by. {@code -DargLine=-Dcodes.write=true} writes
 * {@code standards/profiles/hl7-codes.csv} anew.
 */
class KnownCodesTest {
    private static final Path TABLE = Path.of("../../standards/profiles/hl7-codes.csv");
    private static final List<String> COMMON = List.of(
            CommonCodeSystemsTerminologyService.COUNTRIES_CODESYSTEM_URL,
            CommonCodeSystemsTerminologyService.CURRENCIES_CODESYSTEM_URL);

    /** Codes that are misprinted in the guide's tables; no sender writes them. */
    private static final Set<String> MISPRINTS =
            Set.of("\"Meal Related Timings\"", "\"U <spec>\"", "CHESTÂ", "KIDNÂ", "Â");

    @Test
    void the_known_codes_are_those_of_the_validator() throws IOException {
        Map<String, String> systems = new TreeMap<>();
        DefaultProfileValidationSupport fhir = new DefaultProfileValidationSupport(FhirR4.context());
        fhir.fetchCodeSystem("http://terminology.hl7.org/CodeSystem/v2-0001"); // loads them all
        fhir.fetchAllConformanceResources().forEach(each -> {
            if (each instanceof CodeSystem system
                    && system.getContent() == CodeSystem.CodeSystemContentMode.COMPLETE
                    && system.hasConcept()) {
                systems.put(system.getUrl(), codes(system));
            }
        });
        CommonCodeSystemsTerminologyService common = new CommonCodeSystemsTerminologyService(FhirR4.context());
        COMMON.forEach(url -> systems.put(url, codes((CodeSystem) common.fetchCodeSystem(url))));
        List<List<String>> rows = new ArrayList<>();
        systems.forEach((url, codes) -> rows.add(List.of(url, codes)));
        String expected = CsvTable.write(List.of("system", "codes"), rows);
        if (Boolean.getBoolean("codes.write")) {
            Files.writeString(TABLE, expected);
        }
        assertThat(Files.readString(TABLE)).isEqualTo(expected);
    }

    @Test
    void what_the_concept_maps_translate_into_are_codes_of_their_systems() {
        Terminology terminology = Terminology.load();
        KnownCodes known = KnownCodes.with(terminology);
        List<String> unknown = new ArrayList<>();
        for (ConceptMap map : terminology.conceptMaps().values()) {
            map.targets().forEach((source, target) -> {
                if (!target.code().isEmpty()
                        && !MISPRINTS.contains(target.code())
                        && known.lacks(target.system(), target.code())) {
                    unknown.add(map.name() + ": " + target.system() + "#" + target.code());
                }
            });
        }
        assertThat(unknown).isEmpty();
    }

    private static String codes(CodeSystem system) {
        List<String> codes = new ArrayList<>();
        collect(system.getConcept(), codes);
        return String.join("|", codes);
    }

    private static void collect(List<CodeSystem.ConceptDefinitionComponent> concepts, List<String> codes) {
        for (CodeSystem.ConceptDefinitionComponent concept : concepts) {
            codes.add(concept.getCode());
            collect(concept.getConcept(), codes);
        }
    }
}
