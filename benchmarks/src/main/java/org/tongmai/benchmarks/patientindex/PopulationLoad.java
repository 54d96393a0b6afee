package org.tongmai.benchmarks.patientindex;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.tongmai.adapters.patientindex.PatientIndexBulkLoad;
import org.tongmai.console.domain.patientindex.PatientIndexService;
import org.tongmai.console.domain.patientindex.PatientIndexService.PatientChange;
import org.tongmai.standards.patientindex.IndexedRecord;

/** Writes the population into both schemas by COPY, a chunk at a time, so that memory does not grow with it. */
final class PopulationLoad {
    /** Every so many people were in hospital: a stay, a diagnosis and results. */
    static final int WITH_STAY = 10;

    static final int OBSERVATIONS = 6;

    private static final int CHUNK = 10_000;
    private static final String HOSPITAL = "EAST";

    private final IndexDatabase database;
    private final SyntheticPeople people;
    private final PatientIndexService index;

    PopulationLoad(IndexDatabase database, SyntheticPeople people, PatientIndexService index) {
        this.database = database;
        this.people = people;
        this.index = index;
    }

    static String patientId(long number) {
        return "e-" + number;
    }

    void run(long count) throws SQLException, IOException {
        List<String> indexes = database.withoutIndexes();
        try (Connection connection = database.pool.getConnection()) {
            PatientIndexBulkLoad records = new PatientIndexBulkLoad(connection);
            CanonicalCopy canonical = new CanonicalCopy(connection);
            for (long from = 0; from < count; from += CHUNK) {
                List<IndexedRecord> chunk = new ArrayList<>(CHUNK);
                for (long number = from; number < Math.min(count, from + CHUNK); number++) {
                    SyntheticPerson person = people.person(number);
                    ObjectNode patient = person.patient(patientId(number), HOSPITAL);
                    chunk.add(index.prepare(new PatientChange(patientId(number), 1, patient), number + 1));
                    patient(canonical, patient, person);
                    if (number % WITH_STAY == 0) {
                        stay(canonical, number);
                    }
                }
                records.copy(chunk);
                canonical.flush();
            }
            database.execute(indexes);
            records.finish();
            canonical.finish();
        }
    }

    private static void patient(CanonicalCopy canonical, ObjectNode patient, SyntheticPerson person) {
        canonical.add(patient);
        patient.path("identifier")
                .forEach(each -> canonical.text(
                        "Patient.identifier",
                        each.path("value").asText(),
                        each.path("system").asText()));
        for (String parameter : List.of("Patient.family", "Patient.name")) {
            canonical.text(parameter, person.family(), "");
        }
        for (String parameter : List.of("Patient.given", "Patient.name")) {
            canonical.text(parameter, person.given(), "");
        }
        canonical.text("Patient.name", person.family() + person.given(), "");
        canonical.text("Patient.gender", person.gender(), "");
        canonical.day(
                "Patient.birthdate",
                person.birth().atStartOfDay(ZoneOffset.ofHours(8)).toInstant().toEpochMilli());
    }

    private static void stay(CanonicalCopy canonical, long number) {
        String patient = "Patient/" + patientId(number);
        clinical(canonical, resource("Encounter", "enc-" + number, patient).put("status", "finished"), patient);
        clinical(canonical, resource("Condition", "con-" + number, patient), patient);
        for (int i = 0; i < OBSERVATIONS; i++) {
            ObjectNode observation = resource("Observation", "obs-" + number + "-" + i, patient);
            observation
                    .put("status", "final")
                    .putObject("valueQuantity")
                    .put("value", 5 + i)
                    .put("unit", "mmol/L");
            clinical(canonical, observation, patient);
        }
    }

    static ObjectNode resource(String type, String id, String patient) {
        ObjectNode resource =
                JsonNodeFactory.instance.objectNode().put("resourceType", type).put("id", id);
        ObjectNode coding = resource.putObject("code").putArray("coding").addObject();
        coding.put("system", "http://loinc.org").put("code", "2345-7").put("display", "Glucose");
        if (type.equals("Encounter")) {
            resource.remove("code");
            resource.putObject("class").put("code", "IMP");
        }
        resource.putObject("subject").put("reference", patient);
        return resource;
    }

    /** {@code patient} and {@code subject} share their entries, under the name that comes first. */
    private static void clinical(CanonicalCopy canonical, ObjectNode resource, String patient) {
        canonical.add(resource);
        String type = resource.path("resourceType").asText();
        canonical.text(type + ".patient", patient, "");
        canonical.text(type + ".subject", patient, "");
        canonical.text(type + ".code", "2345-7", "http://loinc.org");
    }
}
