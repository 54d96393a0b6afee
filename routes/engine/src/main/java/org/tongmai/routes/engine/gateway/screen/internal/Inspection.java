package org.tongmai.routes.engine.gateway.screen.internal;

import java.util.List;
import org.tongmai.routes.engine.gateway.screen.Place;
import org.tongmai.routes.engine.gateway.screen.ScreenError;
import org.tongmai.routes.engine.gateway.screen.ScreeningLimits;
import org.tongmai.routes.engine.gateway.screen.internal.value.Decodings;
import org.tongmai.routes.engine.gateway.screen.internal.value.FieldKind;
import org.tongmai.routes.engine.gateway.screen.internal.value.Suspicion;
import org.tongmai.routes.engine.gateway.screen.internal.value.Work;

/** One request on its way through the screening: what is read of it is handed here, name by name and value by value. */
public final class Inspection {
    /** Where what is handed in stands; asked only for what is found. */
    @FunctionalInterface
    public interface Spot {
        Place place();
    }

    /** Reads what a value holds that is itself a document, as far as it can be read. */
    @FunctionalInterface
    public interface Nested {
        void read(String text, Inspection inspection) throws Refused;
    }

    /** Documents in values of documents in values: deeper than any gateway's partner writes. */
    private static final int DEEPEST_NESTING = 3;

    private final Judges judges;
    private final Work work;
    private final Nested nested;
    private int values;
    private int nesting;
    /** Whether the value around is free text: so is all in it. */
    private boolean freeTextAround;

    public Inspection(Judges judges, Work work, Nested nested) {
        this.judges = judges;
        this.work = work;
        this.nested = nested;
    }

    /** @throws Work.Spent when what was looked at so far and this is more than may be */
    public void charge(long steps) {
        work.charge(steps);
    }

    public ScreeningLimits limits() {
        return judges.limits();
    }

    /** A value of a field, as the format that holds it decodes it. */
    public void value(char[] text, int from, int length, Field field) throws Refused {
        count(length, field.spot());
        int suspicion = Suspicion.of(text, from, length) & judges.mask();
        if (suspicion != 0) {
            suspect(new String(text, from, length), suspicion, kind(field.name()), field.spot());
        }
    }

    /** The same of a text. */
    public void value(String text, Field field) throws Refused {
        count(text.length(), field.spot());
        piece(text, kind(field.name()), field.spot());
    }

    /** A text whose pieces were handed in, and counted, as values before; of free text only what is certain counts. */
    public void again(CharSequence text, FieldKind kind, Spot spot) throws Refused {
        work.charge(text.length());
        piece(text.toString(), kind, spot);
    }

    private void piece(String text, FieldKind kind, Spot spot) throws Refused {
        int suspicion = Suspicion.of(text) & judges.mask();
        if (suspicion != 0) {
            suspect(text, suspicion, kind, spot);
        }
    }

    private void suspect(String text, int suspicion, FieldKind kind, Spot spot) throws Refused {
        judge(text, suspicion, kind, spot);
        inside(text, kind, spot);
    }

    /** A text that was judged, or is none: what stands in it is judged where it is a document itself. */
    public void inside(String text, FieldKind kind, Spot spot) throws Refused {
        if (nesting == DEEPEST_NESTING || judges.mask() == 0) {
            return;
        }
        boolean before = freeTextAround;
        nesting++;
        freeTextAround = kind == FieldKind.FREE_TEXT;
        try {
            nested.read(text, this);
        } catch (Refused e) {
            throw e.within(spot.place());
        } finally {
            nesting--;
            freeTextAround = before;
        }
    }

    /** A text that was taken apart: only what it is as a whole is judged. */
    public void whole(String text, Field field) throws Refused {
        count(text.length(), field.spot());
        int suspicion = Suspicion.of(text) & judges.mask();
        if (suspicion != 0) {
            judge(text, suspicion, kind(field.name()), field.spot());
        }
    }

    /** Whether what is handed in stands in a value. */
    public boolean isNested() {
        return nesting > 0;
    }

    public FieldKind kind(String field) {
        return freeTextAround ? FieldKind.FREE_TEXT : judges.kind(field);
    }

    /** A name that the sender chose: it is judged like a value of no sentences. */
    public void name(String name, Spot spot) throws Refused {
        count(name.length(), spot);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || c == '_'
                    || c == '-'
                    || c == '.';
            if (!plain) {
                int suspicion = Suspicion.of(name) & judges.mask();
                if (suspicion != 0) {
                    judge(name, suspicion, judges.kind(""), spot);
                }
                return;
            }
        }
    }

    /** A file: it is only shown, never put into a statement. */
    public void file(String text, Spot spot) throws Refused {
        count(text.length(), spot);
        refuse(
                ScreenError.SCRIPT,
                judges.markup() == null ? null : judges.markup().file(text, work),
                spot);
    }

    /** Text that is only shown, never put into a statement: a comment. */
    public void shown(String text, Spot spot) throws Refused {
        count(text.length(), spot);
        refuse(
                ScreenError.SCRIPT,
                judges.markup() == null ? null : judges.markup().judge(text, work),
                spot);
    }

    /** XHTML of a FHIR narrative; its words are free text. */
    public void narrative(String xhtml, Spot spot) throws Refused {
        count(xhtml.length(), spot);
        refuse(
                ScreenError.SCRIPT,
                judges.markup() == null ? null : judges.narrative().judge(xhtml, work),
                spot);
    }

    /** An element of an XML body. */
    public void element(XmlElement element, Spot spot) throws Refused {
        if (judges.markup() == null) {
            return;
        }
        String rule =
                switch (element.kind()) {
                    case NARRATIVE -> judges.narrative().element(element.name(), element.attributes(), work);
                    case PAGE -> judges.markup().element(element.name(), element.attributes(), work);
                    case BARE -> judges.markup().bare(element.name(), element.attributes());
                    case DATA -> judges.markup().attributes(element.attributes());
                };
        refuse(ScreenError.SCRIPT, rule, spot);
    }

    private void count(int length, Spot spot) throws Refused {
        work.charge(length);
        values += isNested() ? 0 : 1; // what is in a value was counted as one; its steps are charged
        if (values > judges.limits().values()) {
            throw new Refused(
                    ScreenError.BEYOND_LIMIT,
                    spot.place(),
                    "more than " + judges.limits().values() + " values");
        }
        if (length > judges.limits().valueLength()) {
            String rule = length + " characters, at most " + judges.limits().valueLength();
            throw new Refused(ScreenError.BEYOND_LIMIT, spot.place(), rule);
        }
    }

    private void judge(String text, int suspicion, FieldKind kind, Spot spot) throws Refused {
        try {
            layers(text, suspicion, kind, spot);
        } catch (Work.Spent e) {
            throw intricate(spot.place(), work);
        }
    }

    /** What would cost more to judge than may be. */
    public static Refused intricate(Place place, Work work) {
        return new Refused(ScreenError.TOO_INTRICATE, place, "more than " + work.all() + " steps, or too deep");
    }

    private void layers(String text, int suspicion, FieldKind kind, Spot spot) throws Refused {
        List<String> layers = (suspicion & Suspicion.ENCODED) == 0 ? List.of(text) : Decodings.layers(text, work);
        for (int i = 0; i < layers.size(); i++) {
            String layer = layers.get(i);
            int now = i == 0 ? suspicion : Suspicion.of(layer) & judges.mask();
            if ((now & Suspicion.SQL) != 0) {
                refuse(ScreenError.SQL, judges.sql().judge(layer, kind, work), spot);
            }
            if ((now & Suspicion.MARKUP) != 0) {
                refuse(ScreenError.SCRIPT, judges.markup().judge(layer, work), spot);
            }
        }
    }

    private static void refuse(ScreenError error, String rule, Spot spot) throws Refused {
        if (rule != null) {
            throw new Refused(error, spot.place(), rule);
        }
    }
}
