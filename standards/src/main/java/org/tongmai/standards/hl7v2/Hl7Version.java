package org.tongmai.standards.hl7v2;

/** The version of a message, MSH-12: which form its acknowledgement takes depends on it. */
final class Hl7Version {
    private static final int FIRST_SUB_VERSION = 1;
    private static final int LAST_SUB_VERSION = 9;
    private static final int DEFAULT_SUB_VERSION = 5;

    private Hl7Version() {}

    /** Says whether it is of the family 2.1 to 2.9, with whatever is behind ({@code 2.5.1}, {@code 2.5^DEU}). */
    static boolean isKnown(String version) {
        return version.length() >= 3
                && version.startsWith("2.")
                && version.charAt(2) >= '0' + FIRST_SUB_VERSION
                && version.charAt(2) <= '0' + LAST_SUB_VERSION
                && (version.length() == 3 || !Character.isDigit(version.charAt(3)));
    }

    /** The 5 of 2.5.1; 5 as well when the message does not say. */
    static int subVersion(String version) {
        return isKnown(version) ? version.charAt(2) - '0' : DEFAULT_SUB_VERSION;
    }

    /** Says whether MSH-9 has its third component, the message structure: since 2.3.1. */
    static boolean namesStructure(String version) {
        return subVersion(version) > 3 || version.startsWith("2.3.1");
    }
}
