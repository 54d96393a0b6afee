package org.tongmai.routes.engine.gateway.screen.internal.html;

import java.util.BitSet;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Goes over a tag as the tokenizer will (HTML standard 13.2.5.8 and 13.2.5.32 to 40), to know before how long it is and how many
 * attributes it has: the tokenizer makes room for all it is given, and compares each attribute's name with all others before.
 */
final class TagEnd {
    /** Nobody outside knows which names are taken for one. */
    private static final int SEED = ThreadLocalRandom.current().nextInt() | 1;

    private static final int NAMES = 0xFFFF;
    /** So many are each taken for another. */
    private static final int FEW = 32;

    private final char[] page;
    private int at;
    private BitSet names;
    private int different;
    private long comparisons;

    /** @param bracket that the tag begins with */
    TagEnd(char[] page, int bracket) {
        this.page = page;
        this.at = bracket + 1;
        pass(" \t\n\f\r>", page[at] == '/' ? at + 1 : at, '/');
        while (next()) {
            attribute();
        }
        at = Math.min(at + 1, page.length);
    }

    /** Index behind its last character. */
    int index() {
        return at;
    }

    /** How many names will be compared at most. */
    long comparisons() {
        return comparisons;
    }

    /** Goes to the next attribute; false at the end of the tag. */
    private boolean next() {
        while (at < page.length && (isSpace(page[at]) || page[at] == '/')) {
            at++;
        }
        return at < page.length && page[at] != '>';
    }

    private void attribute() {
        int start = at;
        pass(" \t\n\f\r>=", at + 1, '/');
        name(start);
        spaces();
        if (at >= page.length || page[at] != '=') {
            return;
        }
        at++;
        spaces();
        char quote = at < page.length ? page[at] : 0;
        if (quote == '"' || quote == '\'') {
            pass("", at + 1, quote);
            at = Math.min(at + 1, page.length);
        } else {
            pass(" \t\n\f\r", at, '>');
        }
    }

    private void name(int start) {
        comparisons += different;
        if (different < FEW) {
            different++;
            return;
        }
        int hash = 0;
        for (int i = start; i < at; i++) {
            hash = (hash + (page[i] | 0x20)) * SEED;
        }
        names = names == null ? new BitSet(NAMES + 1) : names;
        if (!names.get(hash >>> 8 & NAMES)) {
            names.set(hash >>> 8 & NAMES);
            different++;
        }
    }

    private void spaces() {
        while (at < page.length && isSpace(page[at])) {
            at++;
        }
    }

    /** Goes to the first of some characters, or of one more. */
    private void pass(String ends, int from, char end) {
        at = from;
        while (at < page.length && page[at] != end && ends.indexOf(page[at]) < 0) {
            at++;
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
    }
}
