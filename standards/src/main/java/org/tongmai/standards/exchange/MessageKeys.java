package org.tongmai.standards.exchange;

import java.util.ArrayList;
import java.util.List;

/**
 * The fields a message is found, ordered and recognised by. Empty strings where the message has none; longer ones are
 * cut to {@link #LONGEST} characters, so that they are the same in memory, in the journal and after a crash.
 *
 * @param sender who sent it: for HL7 v2 {@code MSH-3|MSH-4}
 * @param receiver whom it is for: for HL7 v2 {@code MSH-5|MSH-6}
 * @param controlId the sender's number for it: MSH-10
 * @param type what it is: {@code ADT^A01}
 * @param version the standard's version: MSH-12
 * @param patientId the first patient identifier with its assigner: {@code value^assigner}; also the ordering key
 * @param visitId the visit number: PV1-19
 * @param sentAt the sender's own time as written: MSH-7
 * @param alsoPatients the other patients it concerns, each as {@code patientId}: of HL7 v2 those of further PID and of MRG;
 *     at most {@value #MOST_PATIENTS}
 */
public record MessageKeys(
        String sender,
        String receiver,
        String controlId,
        String type,
        String version,
        String patientId,
        String visitId,
        String sentAt,
        List<String> alsoPatients) {
    /** As many as the largest transaction has entries where nobody says otherwise. */
    public static final int MOST_PATIENTS = 2_000;

    /** An index entry must fit into a third of a page. */
    public static final int LONGEST = 200;

    public MessageKeys {
        sender = cut(sender);
        receiver = cut(receiver);
        controlId = cut(controlId);
        type = cut(type);
        version = cut(version);
        patientId = cut(patientId);
        visitId = cut(visitId);
        sentAt = cut(sentAt);
        alsoPatients = alsoPatients.isEmpty() ? List.of() : others(patientId, alsoPatients);
    }

    /** Kept in lines, so none has one inside. */
    private static List<String> others(String patientId, List<String> also) {
        return also.stream()
                .map(each -> cut(each.replaceAll("\\p{Cntrl}", " ")))
                .filter(each -> !each.isEmpty() && !each.equals(patientId))
                .distinct()
                .limit(MOST_PATIENTS)
                .toList();
    }

    private static String cut(String field) {
        if (field.length() <= LONGEST) {
            return field;
        }
        return field.substring(0, Character.isHighSurrogate(field.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
    }

    /** What must not be processed at the same time: the patient, or the sender where there is no patient. */
    public String orderingKey() {
        return patientId.isEmpty() ? sender : patientId;
    }

    /** {@link #orderingKey}, and those of the other patients. */
    public List<String> orderingKeys() {
        if (alsoPatients.isEmpty()) {
            return List.of(orderingKey());
        }
        List<String> keys = new ArrayList<>(alsoPatients.size() + 1);
        keys.add(orderingKey());
        keys.addAll(alsoPatients);
        return keys;
    }

    /** Names no patient. */
    @Override
    public String toString() {
        return "MessageKeys[" + type + " " + version + "]";
    }
}
