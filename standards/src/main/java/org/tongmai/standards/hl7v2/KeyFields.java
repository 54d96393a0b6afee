package org.tongmai.standards.hl7v2;

import java.util.ArrayList;
import java.util.List;
import org.tongmai.standards.exchange.MessageKeys;
import org.tongmai.standards.hl7v2.Hl7Header.Separators;

/**
 * The fields outside MSH a message is found by, each as written and empty when absent, found in one pass that stops at
 * the visit.
 *
 * @param patient PID-3, else PID-2, else PID-18: first repetition with all components
 * @param visit PV1-19: first repetition with all components
 * @param headers how many further MSH segments there are
 * @param others the patients of further PID segments, and those that are merged away: MRG-1, else MRG-4, else MRG-2
 */
record KeyFields(String patient, String visit, int headers, List<String> others) {
    /** Of a message whose header can not be read. */
    static final MessageKeys NONE = new MessageKeys("", "", "", "", "", "", "", "", List.of());

    private static final int SEGMENT_NAME = 3;
    private static final int ASSIGNER_COMPONENT = 4;
    private static final int[] PATIENT_FIELDS = {3, 2, 18};
    private static final int[] MERGED_FIELDS = {1, 4, 2};
    private static final int VISIT_FIELD = 19;

    /** Finds them behind the end of MSH. */
    static KeyFields find(String text, int endOfHeader, char separator) {
        String patient = "";
        String visit = "";
        int position = endOfHeader;
        while (visit.isEmpty() && (position = startOfSegment(text, position)) < text.length()) {
            if (patient.isEmpty() && isNamed(text, position, "PID") && separatedBy(text, position, separator)) {
                patient = patient(text, position, PATIENT_FIELDS);
            } else if (isNamed(text, position, "PV1") && separatedBy(text, position, separator)) {
                visit = field(text, position, VISIT_FIELD);
                break;
            }
            position = endOfSegment(text, position);
        }
        List<String> others = others(text, endOfHeader, separator);
        return new KeyFields(patient, visit, countHeaders(text, endOfHeader, separator), others);
    }

    /** Wherever they stand; what most messages do not have costs a look through the text. */
    private static List<String> others(String text, int from, char separator) {
        List<String> others = new ArrayList<>(0);
        String mark = "PID" + separator;
        int at = segment(text, mark, from);
        while (at >= 0 && (at = segment(text, mark, at + 1)) >= 0) {
            others.add(patient(text, at, PATIENT_FIELDS));
        }
        mark = "MRG" + separator;
        for (at = segment(text, mark, from); at >= 0; at = segment(text, mark, at + 1)) {
            others.add(patient(text, at, MERGED_FIELDS));
        }
        return others;
    }

    /** Where the next segment of this name begins; -1 where there is none. */
    private static int segment(String text, String mark, int from) {
        int at = text.indexOf(mark, from);
        while (at > 0 && text.charAt(at - 1) != '\r' && text.charAt(at - 1) != '\n') {
            at = text.indexOf(mark, at + 1);
        }
        return at;
    }

    /** The position of the separator that ends the segment, or the length of the text. */
    static int endOfSegment(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) != '\r' && text.charAt(i) != '\n') {
            i++;
        }
        return i;
    }

    /** Makes the journal's keys of these and of the fields of MSH. */
    MessageKeys toKeys(List<String> msh, Separators separators) {
        char component = separators.component();
        String type = first(at(msh, 9), separators.repetition());
        String trigger = component(type, 2, component);
        String code = component(type, 1, component);
        return new MessageKeys(
                clean(at(msh, 3)) + "|" + clean(at(msh, 4)),
                clean(at(msh, 5)) + "|" + clean(at(msh, 6)),
                clean(at(msh, 10)),
                clean(trigger.isEmpty() ? code : code + "^" + trigger),
                clean(component(at(msh, 12), 1, component)),
                patientId(patient, at(msh, 4), separators),
                clean(component(first(visit, separators.repetition()), 1, component)),
                clean(component(at(msh, 7), 1, component)),
                others.isEmpty()
                        ? List.of()
                        : others.stream()
                                .map(each -> patientId(each, at(msh, 4), separators))
                                .toList());
    }

    private static String patientId(String patient, String facility, Separators separators) {
        String first = first(patient, separators.repetition());
        String value = clean(component(first, 1, separators.component()));
        if (value.isEmpty()) {
            return "";
        }
        String assigner =
                hierarchic(component(first, ASSIGNER_COMPONENT, separators.component()), separators.subcomponent());
        if (assigner.isEmpty()) {
            assigner = hierarchic(facility, separators.component());
        }
        return value + "^" + clean(assigner);
    }

    /** The name of an HD, or its universal id where it has no name. */
    private static String hierarchic(String hd, char separator) {
        String name = component(hd, 1, separator);
        return name.isEmpty() ? component(hd, 2, separator) : name;
    }

    private static String patient(String text, int position, int[] fields) {
        for (int number : fields) {
            String found = field(text, position, number);
            if (!found.isEmpty() && !"\"\"".equals(found)) {
                return found;
            }
        }
        return "";
    }

    private static int countHeaders(String text, int from, char separator) {
        int count = 0;
        String mark = "MSH" + separator;
        for (int at = segment(text, mark, from); at >= 0; at = segment(text, mark, at + 1)) {
            count++;
        }
        return count;
    }

    private static int startOfSegment(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) <= ' ') {
            i++;
        }
        return i;
    }

    private static boolean isNamed(String text, int position, String name) {
        return text.startsWith(name, position);
    }

    private static boolean separatedBy(String text, int position, char separator) {
        return position + SEGMENT_NAME < text.length() && text.charAt(position + SEGMENT_NAME) == separator;
    }

    private static String field(String text, int position, int number) {
        char separator = text.charAt(position + SEGMENT_NAME);
        int from = position + SEGMENT_NAME + 1;
        int left = number - 1;
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            boolean end = c == '\r' || c == '\n';
            if (end || c == separator) {
                if (left == 0) {
                    return text.substring(from, i);
                }
                if (end) {
                    return "";
                }
                left--;
                from = i + 1;
            }
            i++;
        }
        return left == 0 ? text.substring(from) : "";
    }

    private static String first(String field, char repetition) {
        int end = field.indexOf(repetition);
        return end < 0 ? field : field.substring(0, end);
    }

    private static String component(String field, int number, char separator) {
        int from = 0;
        for (int n = 1; n < number; n++) {
            int next = separator == '\0' ? -1 : field.indexOf(separator, from);
            if (next < 0) {
                return "";
            }
            from = next + 1;
        }
        int end = separator == '\0' ? -1 : field.indexOf(separator, from);
        return end < 0 ? field.substring(from) : field.substring(from, end);
    }

    private static String at(List<String> fields, int number) {
        return number <= fields.size() ? fields.get(number - 1) : "";
    }

    /** Keys go into an index: no control characters, no edges of white space, bounded. */
    private static String clean(String value) {
        String trimmed = value.trim();
        for (int i = 0; i < trimmed.length(); i++) {
            if (trimmed.charAt(i) < ' ') {
                return trimmed.replaceAll("\\p{Cntrl}", "");
            }
        }
        return trimmed;
    }
}
