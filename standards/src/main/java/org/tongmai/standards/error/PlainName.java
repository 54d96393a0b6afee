package org.tongmai.standards.error;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of parameters, members and elements as logs, figures and messages may hold them. Whoever sends a content chooses its
 * names, and a password, a token or an identifier can stand where a name should ({@code ?<password>}, {@code {"<token>": 1}}):
 * a name that could itself be a value is masked.
 *
 * <p>People make names of words, machines secrets of characters. Words are counted as names are written: parted by separators,
 * between a digit and a letter, before a capital behind a small letter, and before the last capital of several
 * ({@code HTTPServer}). A random text has such a place at every second character, so it has many words, and most are odd: of
 * one or two characters, or of capitals among small letters. Short names are what standards make them ({@code PID-3.1}) and
 * hold no secret worth the name; the longer a text is, the surer its words tell what it is. Four digits are an identifier's.
 *
 * <p>Measured with a million random texts of each length: of Base64 (RFC 4648, 5) 1 in 5 passes at 12 characters, 1 in 100 at
 * 16, 58 in a million at 22 (128 bits), 6 at 32, none above 40; of hexadecimal digits 67 at 16, none at 22. Capitals alone
 * (Base32) pass more often, 6 in 100 at 22. Of 3 026 names of FHIR, 医保, WS/T 846 and Shanghai's interfaces 2 are masked.
 *
 * <p>What is a word, or made of words, passes, be it a password ({@code correctHorseBattery}) or somebody's name in Latin letters
 * ({@code wangXiaoming}): nothing in it tells it from the name of a field.
 */
public final class PlainName {
    private static final int MEDIUM = 16;
    private static final int LONG = 20;
    private static final int VERY_LONG = 28;
    private static final int SHORTEST_WORD = 3;
    private static final int LONGEST_WORD = 24;
    private static final Set<String> SHORT_WORDS = Set.of("at", "by", "id", "in", "is", "no", "of", "on", "or", "to");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_$@][A-Za-z0-9_.:$\\[\\]-]{0,39}");
    private static final Pattern MANY_DIGITS = Pattern.compile("([^0-9]*[0-9]){4}.*");
    private static final Pattern SMALL_LETTERS = Pattern.compile(".*[a-z].*");
    private static final Pattern WORD = Pattern.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+");
    private static final Pattern CAPITALS = Pattern.compile("[A-Z]+");

    private PlainName() {}

    /** Whether it is a name as people make them: at most 40 characters, fewer than four digits, and words. */
    public static boolean isPlain(String name) {
        return NAME.matcher(name).matches() && !MANY_DIGITS.matcher(name).matches() && isOfWords(name);
    }

    /** The name; or an asterisk and its length, where it is not plain. */
    public static String of(String name) {
        return isPlain(name) ? name : "*" + name.length();
    }

    private static boolean isOfWords(String name) {
        boolean mixed = SMALL_LETTERS.matcher(name).matches();
        int words = 0;
        int odd = 0;
        int longest = 0;
        for (Matcher found = WORD.matcher(name); found.find(); words++) {
            String word = found.group();
            odd += isOdd(word, mixed) ? 1 : 0;
            longest = Math.max(longest, word.length());
        }
        return longest <= LONGEST_WORD && words <= mostWords(name.length()) && odd <= mostOdd(name.length());
    }

    private static boolean isOdd(String word, boolean mixed) {
        boolean rare =
                word.length() < SHORTEST_WORD || mixed && CAPITALS.matcher(word).matches();
        return rare && !SHORT_WORDS.contains(word.toLowerCase(Locale.ROOT));
    }

    private static int mostWords(int length) {
        return length < LONG ? length / 4 + 2 : length < VERY_LONG ? length / 5 + 1 : length / 4;
    }

    private static int mostOdd(int length) {
        return length < MEDIUM ? length : length < LONG || length >= VERY_LONG ? 2 : 1;
    }
}
