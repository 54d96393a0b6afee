package org.tongmai.routes.engine.gateway.screen.internal.value;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The prefilter: one pass over a value that says what it could be at all. What it lets through holds none of the characters
 * without which no attack of that kind can be written; nearly every value of real traffic ends here.
 */
public final class Suspicion {
    public static final int SQL = 1;
    public static final int MARKUP = 2;
    /** Something may be hidden by an encoding. */
    public static final int ENCODED = 4;

    private static final int ALL = SQL | MARKUP | ENCODED;
    /** Decided by what stands beside it. */
    private static final byte LOOK = 8;

    private static final byte[] CLASSES = classes();
    private static final int LONGEST_WORD = 9;
    /** How many letters of UNION, EXCEPT, INTERSECT and MINUS are looked at. */
    private static final int JOINING = 5;

    private static final long[] JOINING_WORDS = Stream.of("union", "excep", "inter", "minus")
            .mapToLong(word -> number(word.toCharArray(), 0, JOINING))
            .sorted()
            .toArray();
    /** Words that begin SQL without any such character before them, as numbers, in order. */
    private static final long[] FIRST_WORDS = firstWords();

    private Suspicion() {}

    private static byte[] classes() {
        byte[] classes = new byte[0x80];
        for (int c = 0; c < ' '; c++) {
            classes[c] = ENCODED;
        }
        classes[0x7F] = ENCODED;
        " \t\n\r".chars().forEach(c -> classes[c] = LOOK);
        "'\"`=(<".chars().forEach(c -> classes[c] = SQL | MARKUP);
        ";|#>".chars().forEach(c -> classes[c] = SQL);
        classes['\\'] = SQL | ENCODED;
        "%&-/*:${+".chars().forEach(c -> classes[c] = LOOK);
        return classes;
    }

    private static long[] firstWords() {
        return Tables.rows("sql-first-words.csv", row -> Tables.words(row.cell(0))).stream()
                .flatMap(Set::stream)
                .mapToLong(word -> number(word.toCharArray(), 0, word.length()))
                .sorted()
                .toArray();
    }

    /** A word of letters as a number, whatever its case. */
    private static long number(char[] text, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = number << 5 | text[i] & 0x1F;
        }
        return number;
    }

    /** What a value could be: {@link #SQL}, {@link #MARKUP}, {@link #ENCODED}, added; 0 lets it through. */
    public static int of(char[] text, int from, int length) {
        int end = from + length;
        int found = 0;
        for (int i = from; i < end; i++) {
            char c = text[i];
            if (c < 0x80) {
                byte kind = CLASSES[c];
                if (kind != 0) {
                    found |= kind == LOOK ? look(text, i, end) : kind;
                    if ((found & ALL) == ALL) {
                        return found;
                    }
                }
            } else if (LookAlikes.isDisguise(c) || LookAlikes.isUnseen(c)) {
                found |= ENCODED;
            } else if (Blanks.beyondAscii(c) && joinsQuery(text, i + 1, end)) {
                found |= SQL;
            }
        }
        return (found & SQL) == 0 && beginsSql(text, from, end) ? found | SQL : found;
    }

    /** The same of a text. */
    public static int of(String text) {
        return of(text.toCharArray(), 0, text.length());
    }

    private static int look(char[] text, int i, int end) {
        char next = i + 1 < end ? text[i + 1] : 0;
        return switch (text[i]) {
            case '%' -> hex(next) || next == 'u' || next == 'U' ? ENCODED : 0;
            case '&' -> next == '#' || letter(next) ? ENCODED : next == '&' ? SQL : 0;
            case '-' -> next == '-' ? SQL : 0;
            case '/' -> next == '*' ? SQL : 0;
            case '*' -> next == '/' ? SQL : 0;
            case '$' -> next == '$' ? SQL : next == '{' ? MARKUP : 0;
            case '{' -> next == '{' ? MARKUP : 0;
            case '+' -> next == 'A' ? ENCODED : 0;
            case ' ', '\t', '\n', '\r' -> joinsQuery(text, i + 1, end) ? SQL : 0;
            default -> schemeEnds(i == 0 ? 0 : text[i - 1]) ? MARKUP : 0;
        };
    }

    /** Whether a word comes that joins a second query: the only SQL that needs no mark after a name. */
    private static boolean joinsQuery(char[] text, int from, int end) {
        char first = from + JOINING > end ? 0 : (char) (text[from] | 0x20);
        boolean may = first == 'u' || first == 'e' || first == 'i' || first == 'm';
        return may && Arrays.binarySearch(JOINING_WORDS, number(text, from, from + JOINING)) >= 0;
    }

    /** Whether a colon after this character can end a scheme that matters: javascript, data; or white space within it. */
    private static boolean schemeEnds(int before) {
        return (before | 0x20) == 't' || (before | 0x20) == 'a' || before <= ' ';
    }

    /** A value without a single mark of SQL is SQL only from a number, or from a word that continues or begins it. */
    private static boolean beginsSql(char[] text, int from, int end) {
        int start = from;
        while (start < end && (text[start] == 0 || Blanks.is(text[start]))) {
            start++;
        }
        if (start == end) {
            return false;
        }
        char first = text[start];
        if (first >= '0' && first <= '9'
                || first == '-'
                || first == '.'
                || first == '+'
                || first == ')'
                || first == '@'
                || first == '!'
                || first == '['
                || first == '{'
                || first == '~') {
            return goesOn(text, start, end);
        }
        int word = start;
        while (word < end && letter(text[word])) {
            word++;
        }
        boolean alone = word == end || word - start < 2 || word - start > LONGEST_WORD;
        return !alone && Arrays.binarySearch(FIRST_WORDS, number(text, start, word)) >= 0;
    }

    /** Whether a word follows a number: what is only a number, a date or a code does not go on. */
    private static boolean goesOn(char[] text, int start, int end) {
        for (int i = start + 1; i < end; i++) {
            if (letter(text[i])
                    && (Blanks.is(text[i - 1]) || text[i - 1] == ')' || text[i - 1] == ']' || text[i - 1] == '}')) {
                return true;
            }
        }
        return end - start > 2 && text[start] == '@';
    }

    private static boolean letter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean hex(char c) {
        return c >= '0' && c <= '9' || (c | 0x20) >= 'a' && (c | 0x20) <= 'f';
    }
}
