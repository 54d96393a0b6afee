package org.tongmai.benchmarks.patientindex;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;

/**
 * An invented person as one hospital writes them; empty is not written.
 *
 * @param family surname as this hospital writes it
 * @param given given name as this hospital writes it
 * @param number citizen identity number
 */
record SyntheticPerson(
        String family, String given, LocalDate birth, String gender, String phone, String address, String number) {

    SyntheticPerson named(String otherFamily, String otherGiven) {
        return new SyntheticPerson(otherFamily, otherGiven, birth, gender, phone, address, number);
    }

    SyntheticPerson born(LocalDate other) {
        return new SyntheticPerson(family, given, other, gender, phone, address, number);
    }

    SyntheticPerson sex(String other) {
        return new SyntheticPerson(family, given, birth, other, phone, address, number);
    }

    SyntheticPerson phoned(String other) {
        return new SyntheticPerson(family, given, birth, gender, other, address, number);
    }

    SyntheticPerson living(String other) {
        return new SyntheticPerson(family, given, birth, gender, phone, other, number);
    }

    SyntheticPerson numbered(String other) {
        return new SyntheticPerson(family, given, birth, gender, phone, address, other);
    }

    /** FHIR R4 Patient as the HL7 v2 maps write it. */
    ObjectNode patient(String id, String hospital) {
        ObjectNode patient = JsonNodeFactory.instance.objectNode();
        patient.put("resourceType", "Patient").put("id", id);
        ObjectNode local = patient.putArray("identifier").addObject();
        local.put("system", "urn:tongmai:" + hospital + ":MR").put("value", id.substring(2));
        if (!number.isEmpty()) {
            patient.withArray("identifier")
                    .addObject()
                    .put("system", "urn:oid:2.16.156.10011.1.3")
                    .put("value", number);
        }
        ObjectNode name = patient.putArray("name").addObject();
        name.put("text", family + given).put("family", family);
        name.putArray("given").add(given);
        patient.put("birthDate", birth.toString()).put("gender", gender);
        if (!phone.isEmpty()) {
            patient.putArray("telecom").addObject().put("system", "phone").put("value", phone);
        }
        if (!address.isEmpty()) {
            patient.putArray("address").addObject().put("use", "home").put("text", address);
        }
        patient.putObject("managingOrganization").put("display", hospital);
        return patient;
    }
}
