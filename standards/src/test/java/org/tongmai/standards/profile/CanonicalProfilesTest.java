package org.tongmai.standards.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.ElementDefinition;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.identifier.IdentifierSystems;

class CanonicalProfilesTest {
    private static final IdentifierSystems SYSTEMS = IdentifierSystems.load();
    private static final String HEADER = "profile,element,slice,min,max,value_set,strength,constraint,reason\n";
    private static final Map<String, String> FILES = Map.of(
            "profiles.csv", "profile,type,title,title_en,source\npatient,Patient,患者,Patient,book\n",
            "constraints.csv", "key,severity,human,expression,source\ntm-a,error,A,true,book\n");

    @Test
    void identifiers_are_sliced_by_the_oid_of_their_system() {
        StructureDefinition patient = definition("Patient");
        ElementDefinition identifier = element(patient, "Patient.identifier");
        assertThat(identifier.getSlicing().getDiscriminatorFirstRep().getPath()).isEqualTo("system");
        assertThat(identifier.getMin()).isEqualTo(1);
        assertThat(element(patient, "Patient.identifier:identity-number.system")
                        .getFixed()
                        .primitiveValue())
                .isEqualTo("urn:oid:2.16.156.10011.1.3");
    }

    @Test
    void elements_stand_in_the_order_of_their_type() {
        List<String> paths = definition("Encounter").getDifferential().getElement().stream()
                .map(ElementDefinition::getPath)
                .distinct()
                .toList();
        assertThat(paths)
                .containsSubsequence(
                        "Encounter",
                        "Encounter.identifier",
                        "Encounter.subject",
                        "Encounter.participant.individual",
                        "Encounter.period",
                        "Encounter.location.location");
    }

    @Test
    void every_profile_has_a_url_by_type() {
        CanonicalProfiles profiles = CanonicalProfiles.load(SYSTEMS);
        assertThat(profiles.definitions()).hasSizeGreaterThanOrEqualTo(25).allSatisfy(definition -> assertThat(
                        profiles.url(definition.getType()))
                .contains(definition.getUrl()));
        assertThat(profiles.url("Basic")).isEmpty();
    }

    @Test
    void a_bad_table_is_refused_with_file_and_line() {
        Map<String, String> files = new HashMap<>(FILES);
        files.put(
                "elements.csv",
                HEADER + "patient,name,,1,,,,tm-a,\n"
                        + "patient,name,,1,,,,,\n"
                        + "patient,nonsense,,,,,,,\n"
                        + "patient,gender,,x,,,,,\n"
                        + "patient,gender.x,,,,,,,\n"
                        + "patient,identifier,no-system,,,,,,\n"
                        + "patient,address,,,,,,tm-z,\n"
                        + "nobody,name,,,,,,,\n"
                        + "patient,photo,,,,http://x,,,\n"
                        + "patient,photo\n");
        assertThatThrownBy(() -> CanonicalProfiles.load(SYSTEMS, files))
                .isInstanceOfSatisfying(CodedException.class, refused -> assertThat(refused.issues())
                        .extracting(Issue::location)
                        .containsExactly(
                                "elements.csv:3",
                                "elements.csv:4",
                                "elements.csv:5",
                                "elements.csv:6",
                                "elements.csv:7",
                                "elements.csv:8",
                                "elements.csv:9",
                                "elements.csv:10",
                                "elements.csv:11"));
    }

    @Test
    void profiles_and_constraints_are_refused_alike() {
        Map<String, String> files = Map.of(
                "profiles.csv", "profile,type,title,title_en,source\nx,Nothing,甲,A,book\np,Patient,乙,B,\n",
                "constraints.csv", "key,severity,human,expression,source\ntm-a,fatal,A,true,book\n",
                "elements.csv", "a,b\n");
        assertThatThrownBy(() -> CanonicalProfiles.load(SYSTEMS, files))
                .isInstanceOfSatisfying(CodedException.class, refused -> assertThat(refused.issues())
                        .extracting(Issue::location)
                        .containsExactly("profiles.csv:2", "profiles.csv:3", "constraints.csv:2", "elements.csv:1"));
    }

    private static StructureDefinition definition(String type) {
        return CanonicalProfiles.load(SYSTEMS).definitions().stream()
                .filter(definition -> definition.getType().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static ElementDefinition element(StructureDefinition definition, String id) {
        return definition.getDifferential().getElement().stream()
                .filter(element -> element.getId().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
