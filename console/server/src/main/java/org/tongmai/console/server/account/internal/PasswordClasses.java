package org.tongmai.console.server.account.internal;

/**
 * The classes of characters of a password: small letters, capitals, digits, and all else (复杂度, GB/T 22239-2019, 8.1.4.1).
 * The standard asks for complexity and names no number; three of four is what assessments ask for.
 */
final class PasswordClasses {
    private PasswordClasses() {}

    /** How many of the four a password has. */
    static long of(CharSequence password) {
        return password.codePoints().map(PasswordClasses::classOf).distinct().count();
    }

    private static int classOf(int character) {
        if (Character.isLowerCase(character)) {
            return 0;
        }
        if (Character.isUpperCase(character)) {
            return 1;
        }
        return Character.isDigit(character) ? 2 : 3;
    }
}
