package org.tongmai.console.domain.patientindex;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes Patients of one line. */
final class Patients {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] SYSTEMS = {
        "urn:oid:2.16.156.10011.1.3", "urn:oid:2.16.156.10011.1.15", "urn:oid:2.16.156.10011.1.19"
    };

    private Patients() {}

    /** {@code name|birth date|gender|telephone|address|identity number|insurance card|health card}. */
    static ObjectNode of(String id, String line) {
        String[] cells = (line.strip() + "||||||||").split("\\|");
        String[] all = java.util.Arrays.copyOf(cells, 8);
        ObjectNode patient =
                JSON.createObjectNode().put("resourceType", "Patient").put("id", id);
        String[] name = cell(all, 0).split("/");
        if (name.length == 2) {
            ArrayNode given =
                    patient.withArray("name").addObject().put("family", name[0]).putArray("given");
            for (String each : name[1].split(" ")) {
                given.add(each);
            }
        } else if (!name[0].isEmpty()) {
            patient.withArray("name").addObject().put("text", name[0]);
        }
        put(patient, "birthDate", cell(all, 1));
        put(patient, "gender", cell(all, 2));
        if (!cell(all, 3).isEmpty()) {
            patient.withArray("telecom").addObject().put("system", "phone").put("value", cell(all, 3));
        }
        if (!cell(all, 4).isEmpty()) {
            patient.withArray("address").addObject().put("text", cell(all, 4));
        }
        for (int i = 0; i < SYSTEMS.length; i++) {
            if (!cell(all, 5 + i).isEmpty()) {
                patient.withArray("identifier")
                        .addObject()
                        .put("system", SYSTEMS[i])
                        .put("value", cell(all, 5 + i));
            }
        }
        return patient;
    }

    private static String cell(String[] cells, int index) {
        return cells[index] == null ? "" : cells[index];
    }

    private static void put(ObjectNode patient, String field, String value) {
        if (!value.isEmpty()) {
            patient.put(field, value);
        }
    }
}
