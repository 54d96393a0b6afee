package org.tongmai.routes.engine.gateway.screen.internal.body;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.tongmai.routes.engine.gateway.screen.Place;
import org.tongmai.routes.engine.gateway.screen.ScreenError;
import org.tongmai.routes.engine.gateway.screen.internal.Field;
import org.tongmai.routes.engine.gateway.screen.internal.Inspection;
import org.tongmai.routes.engine.gateway.screen.internal.Refused;

/**
 * The texts of the elements that are open, in every way programs read them: each piece for itself, all of an element's own over
 * comments and instructions, and with those of the elements in it (DOM's {@code textContent}). An element that has only others
 * in it is a record: its values are judged one by one, as members of JSON are.
 */
final class XmlTexts {
    /** Characters of one text with elements in it. */
    private static final int LONGEST_OVER_ELEMENTS = 1024 * 1024;
    /** All that is read over elements, so that what is nested costs no more than so many times its size. */
    private static final int TIMES_LONGER = 8;

    private static final int ALWAYS_ALLOWED = 64 * 1024;

    private final Inspection inspection;
    private final Deque<Open> open = new ArrayDeque<>();
    private long room;

    /** @param length of the document, in bytes */
    XmlTexts(Inspection inspection, int length) {
        this.inspection = inspection;
        this.room = ALWAYS_ALLOWED + (long) TIMES_LONGER * length;
    }

    /** An element that is open. */
    private static final class Open {
        private final String name;
        private final StringBuilder own = new StringBuilder();
        private int pieces;
        /** Of its own, and one that is not blank. */
        private boolean hasText;
        /** In which there is a text. */
        private boolean hasElements;
        /** With what is in its elements; null where that is too long. */
        private StringBuilder all = new StringBuilder();

        Open(String name) {
            this.name = name;
        }

        void add(char[] text, int from, int length) {
            own.append(text, from, length);
            if (hasRoom(length)) {
                all.append(text, from, length);
            }
        }

        void add(Open element) {
            hasElements |= element.hasText || element.hasElements;
            if (element.all == null) {
                all = null;
            } else if (all != null && all.isEmpty()) {
                all = element.all;
            } else if (hasRoom(element.all.length())) {
                all.append(element.all);
            }
        }

        private boolean hasRoom(int length) {
            if (all != null && all.length() + length > LONGEST_OVER_ELEMENTS) {
                all = null;
            }
            return all != null;
        }
    }

    int depth() {
        return open.size();
    }

    void begin(String name) {
        open.addLast(new Open(name));
    }

    /** A piece of an element's text. */
    void piece(char[] text, int from, int length) throws Refused {
        if (open.isEmpty()) {
            return; // outside of the document's element only spaces can stand
        }
        Open element = open.getLast();
        inspection.value(text, from, length, new Field(element.name, this::place));
        element.pieces++;
        element.add(text, from, length);
        element.hasText = element.hasText || !isBlank(text, from, length);
    }

    void end() throws Refused {
        Open element = open.getLast();
        if (element.pieces > 1) {
            inspection.again(element.own, inspection.kind(element.name), this::place);
        }
        if (element.hasElements && element.hasText) {
            room = element.all == null ? -1 : room - element.all.length();
            if (room < 0 && !inspection.isNested()) {
                throw new Refused(
                        ScreenError.BEYOND_LIMIT, place(), "a text with elements too long or nested too often");
            }
            if (room >= 0) { // a page in a value was judged as a whole, whatever its size
                inspection.again(element.all, inspection.kind(element.name), this::place);
            }
        }
        open.removeLast();
        if (!open.isEmpty()) {
            open.getLast().add(element);
        }
    }

    private static boolean isBlank(char[] text, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (!Character.isWhitespace(text[i])) {
                return false;
            }
        }
        return true;
    }

    Place place() {
        StringBuilder names = new StringBuilder();
        for (Iterator<Open> i = open.iterator(); i.hasNext(); ) {
            names.append('/').append(i.next().name);
        }
        return new Place(Place.Kind.XML, names.toString());
    }
}
