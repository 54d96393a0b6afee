package org.tongmai.mappings.internal;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.tongmai.mappings.MappingError;

/**
 * Rules for values of FHIR's general types, by type (FHIR R4 datatypes, the invariants' keys are named below). What
 * breaks one is mended where nothing is lost, else left out, and always an issue; the message stays in the journal.
 */
final class TypeRules {
    private static final int ID_LENGTH = 64;
    private static final String ANY_URI = "urn:ietf:rfc:3986";
    private static final String UCUM = "http://unitsofmeasure.org";

    private static final Map<String, TypeRule> BY_TYPE = Map.ofEntries(
            entry("Quantity", TypeRules::quantity),
            entry("SimpleQuantity", TypeRules::quantity),
            entry("MoneyQuantity", TypeRules::quantity),
            entry("Duration", TypeRules::duration),
            entry("Age", TypeRules::duration),
            entry("Extension", TypeRules::extension),
            entry("Identifier", TypeRules::identifier),
            entry("Coding", TypeRules::coding),
            entry("Attachment", TypeRules::attachment),
            entry("Ratio", TypeRules::ratio),
            entry("Range", OrderRules::range),
            entry("Period", OrderRules::period),
            entry("SampledData", TypeRules::samples),
            entry("Annotation", (run, note) -> note.has("text")),
            entry("Money", TypeRules::money),
            entry("Patient.identifier", TypeRules::ofSystem),
            entry("Patient.contact", TypeRules::contact),
            entry("Provenance.agent", TypeRules::agent),
            entry("Coverage.class", (run, group) -> group.has("value")),
            entry("Observation", ResultRules::observation),
            entry("AllergyIntolerance", TypeRules::allergy),
            entry("MessageHeader.response", TypeRules::response),
            entry("ObservationDefinition.quantitativeDetails.unit", TypeRules::ucumOnly),
            entry("ObservationDefinition.quantitativeDetails.customaryUnit", TypeRules::ucumOnly),
            entry("Appointment", TypeRules::appointment),
            entry("Condition.clinicalStatus", statusOf("condition-clinical")),
            entry("Condition.verificationStatus", statusOf("condition-ver-status")),
            entry("AllergyIntolerance.clinicalStatus", statusOf("allergyintolerance-clinical")),
            entry("AllergyIntolerance.verificationStatus", statusOf("allergyintolerance-verification")),
            entry("Timing.repeat", TimingRules::repeat));

    private TypeRules() {}

    /** The rule for values of a FHIR type, or null. */
    static TypeRule of(String type) {
        return BY_TYPE.get(type);
    }

    /** Of the members of a choice element the one written last stands. */
    static TypeRule choice(Set<String> members) {
        return (run, value) -> {
            int found = 0;
            for (Iterator<String> names = value.fieldNames(); names.hasNext(); ) {
                found += members.contains(names.next()) ? 1 : 0;
            }
            if (found > 1) {
                int left = found - 1;
                for (Iterator<String> names = value.fieldNames(); left > 0; ) {
                    if (members.contains(names.next())) {
                        names.remove();
                        left--;
                    }
                }
                run.warn(MappingError.RULE_BROKEN, "found " + found + " values where there is one; the last was kept");
            }
            return true;
        };
    }

    /** qty-3: a code has a system. A unit whose system nobody names is the sender's own (HL7 v2 CWE.3). */
    private static boolean quantity(MapRun run, ObjectNode quantity) {
        JsonNode code = quantity.get("code");
        if (code == null) {
            quantity.remove("system");
            return true;
        }
        String system = quantity.path("system").asText();
        if (system.isEmpty()) {
            quantity.put("system", IdentifierSystems.codesOf(run, "units"));
        } else {
            quantity.put("system", CodingSystems.checked(run, system, code.asText()));
        }
        return true;
    }

    /** drt-1, age-1: a code is of UCUM and stands beside a value. */
    private static boolean duration(MapRun run, ObjectNode duration) {
        boolean ucum = duration.path("system").asText(UCUM).equals(UCUM)
                && !run.message().lacks(UCUM, duration.path("code").asText("s"));
        if (duration.has("code") && (!ucum || !duration.has("value"))) {
            if (!duration.has("unit")) {
                duration.set("unit", duration.get("code"));
            }
            duration.remove("code");
        } else if (duration.has("code")) {
            duration.put("system", UCUM);
        }
        if (!ucum) {
            duration.remove("system");
        }
        return true;
    }

    /** ext-1: a value or extensions. One without either was begun for a field that turned out to say nothing. */
    private static boolean extension(MapRun run, ObjectNode extension) {
        return extension.size() > (extension.has("id") ? 2 : 1) && extension.has("url");
    }

    /** An identifier has a value; a number of a national system keeps its rule. */
    private static boolean identifier(MapRun run, ObjectNode identifier) {
        String value = identifier.path("value").asText("");
        if (value.isEmpty()) {
            return false;
        }
        JsonNode system = identifier.get("system");
        if (system != null && system.asText().equals(ANY_URI) && !IdentifierSystems.isUri(value)) {
            String uri = IdentifierSystems.uriOf(value);
            identifier.put("value", uri == null ? value : uri);
            system = uri == null ? null : system;
        }
        if (system == null) {
            identifier.remove("system");
        } else if (run.message().breaksRule(system.asText(), value)) {
            run.warn(MappingError.RULE_BROKEN, "expected a number of its national system; kept as the sender's own");
            own(run, identifier);
        }
        return true;
    }

    /** The number of a patient says which system it is of, so that two hospitals' differ. */
    private static boolean ofSystem(MapRun run, ObjectNode identifier) {
        if (!identifier.has("system")) {
            own(run, identifier);
        }
        return true;
    }

    private static void own(MapRun run, ObjectNode identifier) {
        String type =
                identifier.path("type").path("coding").path(0).path("code").asText("XX");
        identifier.put("system", IdentifierSystems.local(run, "", type));
    }

    /** A code that its system is known not to have is the sender's own. */
    private static boolean coding(MapRun run, ObjectNode coding) {
        JsonNode system = coding.get("system");
        JsonNode code = coding.get("code");
        if (system != null && code != null) {
            String checked = CodingSystems.checked(run, system.asText(), code.asText());
            if (!checked.equals(system.asText())) {
                coding.put("system", checked);
            }
        }
        return code != null || coding.has("display");
    }

    /** Where FHIR takes only UCUM any other code is text. */
    private static boolean ucumOnly(MapRun run, ObjectNode concept) {
        for (Iterator<JsonNode> codings = concept.path("coding").elements(); codings.hasNext(); ) {
            JsonNode coding = codings.next();
            if (!coding.path("system").asText().equals(UCUM)) {
                codings.remove();
                if (!concept.has("text")) {
                    concept.put(
                            "text",
                            coding.path("display").asText(coding.path("code").asText()));
                }
            }
        }
        if (concept.path("coding").isEmpty()) {
            concept.remove("coding");
        }
        return !concept.isEmpty();
    }

    /** A status of which FHIR takes only its own codes is left out without one. */
    private static TypeRule statusOf(String system) {
        return (run, concept) -> {
            for (JsonNode coding : concept.path("coding")) {
                if (coding.path("system").asText().endsWith("/" + system)) {
                    return true;
                }
            }
            run.warn(MappingError.CODE_UNKNOWN, "expected a status FHIR has a code for; left out");
            return false;
        };
    }

    /** An agent is somebody; who is not told has a reason for it. */
    private static boolean agent(MapRun run, ObjectNode agent) {
        if (!agent.has("who")) {
            agent.putObject("who")
                    .putArray("extension")
                    .addObject()
                    .put("url", "http://hl7.org/fhir/StructureDefinition/data-absent-reason")
                    .put("valueCode", "unknown");
        }
        return true;
    }

    /** What the sender called a code is said beside the code only. */
    private static boolean allergy(MapRun run, ObjectNode allergy) {
        for (String name : new String[] {"category", "criticality"}) {
            if (!allergy.has(name)) {
                allergy.remove("_" + name);
            }
        }
        return true;
    }

    /** A response says what was answered, in the letters of a FHIR id, and how. */
    private static boolean response(MapRun run, ObjectNode response) {
        String answered = response.path("identifier").asText();
        String id = answered.replaceAll("[^A-Za-z0-9.-]", "-");
        id = id.substring(0, Math.min(ID_LENGTH, id.length()));
        if (!id.equals(answered)) {
            run.warn(MappingError.RULE_BROKEN, "found what a FHIR id can not hold; hyphens were put there");
            response.put("identifier", id);
        }
        return response.has("code") && !id.isEmpty();
    }

    /** app-4: a reason of cancelling stands beside that state only. */
    private static boolean appointment(MapRun run, ObjectNode appointment) {
        String status = appointment.path("status").asText();
        if (appointment.has("cancelationReason") && !status.equals("cancelled") && !status.equals("noshow")) {
            appointment.remove("cancelationReason");
            run.warn(MappingError.RULE_BROKEN, "found a reason of cancelling without that state; left out");
        }
        return true;
    }

    /** A currency is one of ISO 4217. */
    private static boolean money(MapRun run, ObjectNode money) {
        JsonNode currency = money.get("currency");
        if (currency != null && run.message().lacks("urn:iso:std:iso:4217", currency.asText())) {
            run.warn(MappingError.CODE_UNKNOWN, "expected a currency of ISO 4217; left out");
            money.remove("currency");
        }
        return true;
    }

    /** pat-1: a contact has details; who is only said to be related is a RelatedPerson. */
    private static boolean contact(MapRun run, ObjectNode contact) {
        return contact.has("name") || contact.has("telecom") || contact.has("address") || contact.has("organization");
    }

    /** att-1: data have a media type. */
    private static boolean attachment(MapRun run, ObjectNode attachment) {
        if (attachment.has("data") && !attachment.has("contentType")) {
            attachment.put("contentType", "application/octet-stream");
        }
        return true;
    }

    /** sdd: numbers apart by blanks. */
    private static boolean samples(MapRun run, ObjectNode samples) {
        for (String number : samples.path("data").asText("").split(" ")) {
            if (!Numbers.isDecimal(number)) {
                run.warn(MappingError.BAD_VALUE, "expected numbers; left out");
                return false;
            }
        }
        return true;
    }

    /** rat-1: both terms or none. */
    private static boolean ratio(MapRun run, ObjectNode ratio) {
        boolean both = ratio.has("numerator") && ratio.has("denominator");
        if (!both && (ratio.has("numerator") || ratio.has("denominator"))) {
            run.warn(MappingError.RULE_BROKEN, "found one term of a ratio; left out");
            ratio.remove("numerator");
            ratio.remove("denominator");
        }
        return !ratio.isEmpty();
    }
}
