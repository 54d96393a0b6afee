package org.tongmai.console.server.account.internal;

import java.security.SecureRandom;
import org.tongmai.console.server.account.PasswordRule;

/** Makes passwords that nobody guesses and everybody can read out. */
final class RandomPasswords {
    private static final int LENGTH = 24;
    // Without 0 O 1 l I: somebody will read these from a screen.
    private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

    private final SecureRandom random = new SecureRandom();

    /** One that satisfies what is asked of passwords of people: of 24 letters and digits one in forty has no digit. */
    String next() {
        String password = drawn();
        while (PasswordClasses.of(password) < PasswordRule.IN_FORCE.leastClasses()) {
            password = drawn();
        }
        return password;
    }

    private String drawn() {
        StringBuilder password = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }
}
