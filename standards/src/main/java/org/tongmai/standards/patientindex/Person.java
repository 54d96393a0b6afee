package org.tongmai.standards.patientindex;

import java.util.List;

/**
 * One person: the records that are linked.
 *
 * @param id {@code person-…}; also after the person was merged into another, its id leads to the other
 * @param members its records, the first indexed first
 */
public record Person(String id, List<IndexedRecord> members) {
    private static final String PREFIX = "person-";
    private static final int RADIX = 32;

    public Person {
        members = List.copyOf(members);
    }

    /** The id of a person's number. */
    public static String id(long number) {
        return PREFIX + Long.toString(number, RADIX);
    }

    /** The number in a person's id; 0 when it is not one. */
    public static long number(String id) {
        if (!id.matches(PREFIX + "[0-9a-v]{1,12}")) {
            return 0;
        }
        return Long.parseLong(id.substring(PREFIX.length()), RADIX);
    }

    public List<String> patientIds() {
        return members.stream().map(IndexedRecord::patientId).toList();
    }
}
