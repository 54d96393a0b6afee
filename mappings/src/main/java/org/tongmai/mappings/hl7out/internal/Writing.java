package org.tongmai.mappings.hl7out.internal;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tongmai.mappings.internal.FieldPath;
import org.tongmai.standards.terminology.ConceptMap;

/**
 * What all segments of a message being written share.
 *
 * @param trigger MSH-9.2
 * @param resources it is made of
 * @param codes tables read backwards
 * @param nationalSystems identifier types with a national assigner
 * @param header MSH
 * @param fields what HL7 says of fields
 * @param opening events (MSH-9.2) that tell of something for the first time
 * @param preferred field to the values that are chosen first where several would do
 */
record Writing(
        String trigger,
        Resources resources,
        BackCodes codes,
        ConceptMap nationalSystems,
        Draft header,
        Fields fields,
        Set<String> opening,
        Map<String, List<String>> preferred) {

    /** The sending facility, else the sending application: whom identifiers without an assigner are of. */
    String sender() {
        String facility = header.field(4).text();
        return facility.isEmpty() ? header.field(3).text() : facility;
    }

    /** Whether what is told of is told for the first time. */
    boolean opens() {
        return opening.contains(trigger);
    }

    /** Whether the version written has what is there from a version on; null is there in all. */
    boolean has(String since) {
        return since == null || header.field(12).text().compareTo(since) >= 0;
    }

    /** Which of the values a field may have had is written. */
    String preferred(FieldPath field, List<String> values) {
        return preferred.getOrDefault(field.toString(), List.of()).stream()
                .filter(values::contains)
                .findFirst()
                .orElse(values.get(0));
    }
}
