package org.tongmai.adapters.hospital.simulator;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/** Citizen identity numbers (公民身份号码) by GB 11643-1999: region, birth date, serial and a check character. */
public final class IdentityNumber {
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECK_CHARACTERS = "10X98765432";

    private IdentityNumber() {}

    /**
     * Composes a number with its check character.
     *
     * @param region six digits, GB/T 2260
     * @param serial 0 to 999; odd for men, even for women
     */
    public static String of(String region, LocalDate birth, int serial) {
        String body = region + DateTimeFormatter.BASIC_ISO_DATE.format(birth) + String.format("%03d", serial);
        return body + checkCharacter(body);
    }

    /** Says whether a number has 18 characters and the right check character. */
    public static boolean isValid(String number) {
        return number.length() == 18
                && number.substring(0, 17).chars().allMatch(c -> c >= '0' && c <= '9')
                && checkCharacter(number) == number.charAt(17);
    }

    private static char checkCharacter(String number) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (number.charAt(i) - '0') * WEIGHTS[i];
        }
        return CHECK_CHARACTERS.charAt(sum % 11);
    }
}
