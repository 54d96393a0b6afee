package org.tongmai.console.server.message;

import org.springframework.security.core.Authentication;
import org.tongmai.console.server.account.Role;

/** Hides identifiers from who may not see patient data. */
public final class Masking {
    private static final int SHORT = 6;
    private static final int SHOWN = 2;
    private static final String HIDDEN = "****";

    private Masking() {}

    /** Whether the account may see patient data. */
    public static boolean seesPatientData(Authentication who) {
        return who.getAuthorities().stream()
                .anyMatch(authority -> authority.getAuthority().equals(Role.OPERATOR.authority())
                        || authority.getAuthority().equals(Role.SERVICE.authority()));
    }

    /** {@code 310101199001011234^MR} becomes {@code 31****34^MR}; a short value is hidden whole. */
    public static String mask(String identifier) {
        if (identifier == null || identifier.isEmpty()) {
            return identifier;
        }
        int assigner = identifier.indexOf('^');
        String value = assigner < 0 ? identifier : identifier.substring(0, assigner);
        String rest = assigner < 0 ? "" : identifier.substring(assigner);
        if (value.length() <= SHORT) {
            return HIDDEN + rest;
        }
        return value.substring(0, SHOWN) + HIDDEN + value.substring(value.length() - SHOWN) + rest;
    }

    /** Hides a value whole. */
    static String hide(String value) {
        return value.isEmpty() ? value : HIDDEN;
    }

    /**
     * Hides what stands behind the mark, which its sender may have chosen freely: {@code message^admit} becomes {@code
     * message^****}. What has no mark is the platform's own and stays.
     */
    static String hideBehind(char mark, String name) {
        int end = name.indexOf(mark);
        return end < 0 ? name : name.substring(0, end + 1) + HIDDEN;
    }
}
