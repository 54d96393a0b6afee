package org.tongmai.routes.engine.bundle.sandbox.capture.internal;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tongmai.standards.identifier.IdentityNumber;
import org.tongmai.standards.identifier.MobileNumber;

/**
 * Makes up values of the same shape: a digit for a digit, a letter for a letter, a character for a character, an identity
 * number with the right check character and the date of birth that the message then has. The same value becomes the same
 * wherever it stands in the message.
 */
final class Synthetic {
    /** In GB 2312, so that every charset in use can write them. */
    private static final String CHARACTERS = "虚构样例试验甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥";

    private static final Pattern DATE = Pattern.compile("^(\\d{8})(.*)$");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:[FSRTEHN]|\\.[a-z]{2}[+-]?\\d*)\\\\");
    private static final String DIVISION = "310115";
    private static final int SHIFT = 400;
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECK = "10X98765432";

    private final Random random;
    private final IdentityNumber identityNumbers = new IdentityNumber();
    private final MobileNumber mobileNumbers = new MobileNumber();
    private final Map<String, String> known = new HashMap<>();
    private final int shift;

    Synthetic(Random random) {
        this.random = random;
        this.shift = (1 + random.nextInt(SHIFT)) * (random.nextBoolean() ? 1 : -1);
    }

    String of(String value, MaskKind kind) {
        String made = known.get(value);
        if (made == null) {
            made = made(value, kind);
            known.put(value, made);
        }
        return made;
    }

    private String made(String value, MaskKind kind) {
        if (identityNumbers.check(value).isEmpty()) {
            return value.length() == 18 ? identityNumber(value) : shaped(value);
        }
        if (mobileNumbers.check(value).isEmpty()) {
            String subscriber = value.substring(value.length() - 9);
            return value.substring(0, value.length() - 10) + (3 + random.nextInt(7)) + shaped(subscriber);
        }
        Matcher date = DATE.matcher(value);
        if (kind == MaskKind.BIRTH && date.matches()) {
            return shifted(date.group(1)) + date.group(2);
        }
        return shaped(value);
    }

    private String identityNumber(String value) {
        int serial = random.nextInt(500) * 2 + (value.charAt(16) - '0') % 2;
        String body = DIVISION + shifted(value.substring(6, 14)) + String.format("%03d", serial);
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (body.charAt(i) - '0') * WEIGHTS[i];
        }
        return body + CHECK.charAt(sum % 11);
    }

    private String shifted(String date) {
        try {
            LocalDate day =
                    LocalDate.parse(date, DateTimeFormatter.BASIC_ISO_DATE).plusDays(shift);
            LocalDate latest = LocalDate.now().minusDays(1);
            LocalDate past = day.isAfter(latest) ? day.minusYears(2) : day;
            return DateTimeFormatter.BASIC_ISO_DATE.format(past);
        } catch (DateTimeException e) {
            return shaped(date);
        }
    }

    /** The same kinds of characters in the same places; never the value itself. Escapes of separators stay. */
    private String shaped(String value) {
        StringBuilder out = new StringBuilder(value.length());
        Matcher escapes = ESCAPE.matcher(value);
        int at = 0;
        while (escapes.find()) {
            shape(value.substring(at, escapes.start()), out);
            out.append(escapes.group());
            at = escapes.end();
        }
        shape(value.substring(at), out);
        return out.toString();
    }

    private void shape(String text, StringBuilder out) {
        text.codePoints().forEach(c -> out.append(other(c)));
    }

    private String other(int c) {
        if (c >= '0' && c <= '9') {
            return String.valueOf((char) ('0' + (c - '0' + 1 + random.nextInt(9)) % 10));
        }
        if (c >= 'a' && c <= 'z') {
            return String.valueOf((char) ('a' + (c - 'a' + 1 + random.nextInt(25)) % 26));
        }
        if (c >= 'A' && c <= 'Z') {
            return String.valueOf((char) ('A' + (c - 'A' + 1 + random.nextInt(25)) % 26));
        }
        if (!Character.isLetterOrDigit(c)) {
            return Character.toString(c);
        }
        char made;
        do {
            made = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
        } while (made == c);
        return String.valueOf(made);
    }
}
