package org.tongmai.console.server.account;

/**
 * What is asked of a new password, besides that the account's name is not in it.
 *
 * @param leastLength in characters
 * @param mostBytes in UTF-8
 * @param leastDifferent characters
 * @param leastClasses of the four: small letters, capitals, digits, all else
 * @param former how many of the last ones do not come back, the present one among them
 */
public record PasswordRule(int leastLength, int mostBytes, int leastDifferent, int leastClasses, int former) {
    /** 72 bytes are what bcrypt looks at. */
    public static final PasswordRule IN_FORCE = new PasswordRule(12, 72, 6, 3, 5);
}
