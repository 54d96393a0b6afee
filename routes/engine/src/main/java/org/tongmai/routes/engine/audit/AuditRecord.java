package org.tongmai.routes.engine.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One act. Holds no patient data and no secret: of parameters and bodies it can hold a hash, where somebody asked for it.
 * Texts that are longer than they may be are cut.
 *
 * @param at when it ended, or began where only that is told; kept to the microsecond
 * @param actor who did it
 * @param act what was done: a name of {@link AuditActs}
 * @param object what it was done to, for example {@code service/echo@1.2.0} or {@code POST /api/bundles/{id}/stop}; at most 256
 *     characters
 * @param outcome how it ended: an HTTP status or a code {@code TM-…}, or {@code begun}; at most 64
 * @param trace what joins records of one request, for example a W3C trace id; at most 64
 * @param figures what was measured
 */
public record AuditRecord(
        Instant at, Actor actor, String act, String object, String outcome, String trace, Figures figures) {
    /** The outcome of an act that is about to be done. */
    public static final String BEGUN = "begun";

    private static final int LONG = 256;
    private static final int SHORT = 64;
    /** A user, the identity provider and the application the user sits at, each with the longest name it may have, fit. */
    private static final int ACTOR = 160;

    public AuditRecord {
        at = at.truncatedTo(ChronoUnit.MICROS);
        object = cut(object, LONG);
        outcome = cut(outcome, SHORT);
        trace = cut(trace, SHORT);
    }

    /** What sort of act it is. */
    public AuditKind kind() {
        return AuditActs.kindOf(act);
    }

    private static String cut(String text, int most) {
        if (text == null) {
            return "";
        }
        String cut = text.length() <= most ? text : text.substring(0, most - 1) + "…";
        for (int i = 0; i < cut.length(); i++) {
            if (Character.isSurrogate(cut.charAt(i))) {
                // What is no character becomes the same here as in the bytes that are written.
                return new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            }
        }
        return cut;
    }

    /**
     * Who acts.
     *
     * @param name account, application, user or node; empty when nobody knows; at most 160 characters
     * @param address network address it came from; empty inside the platform; at most 64
     */
    public record Actor(String name, String address) {
        public Actor {
            name = cut(name, ACTOR);
            address = cut(address, SHORT);
        }
    }

    /**
     * What was measured.
     *
     * @param micros how long it took, in microseconds
     * @param received bytes of the request's body
     * @param sent bytes of the answer's body
     * @param requestHash SM3 of the request's body in hexadecimal, empty unless asked for
     * @param answerHash SM3 of the answer's body, likewise
     */
    public record Figures(long micros, long received, long sent, String requestHash, String answerHash) {
        /** Nothing was measured. */
        public static final Figures NONE = new Figures(0, 0, 0, "", "");

        public Figures {
            requestHash = cut(requestHash, SHORT);
            answerHash = cut(answerHash, SHORT);
        }

        public static Figures lasting(long micros) {
            return new Figures(micros, 0, 0, "", "");
        }
    }
}
