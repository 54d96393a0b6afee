package org.tongmai.console.app;

import java.util.concurrent.TimeUnit;

/**
 * A call of a gateway and what came of it.
 *
 * @param node which node was called
 * @param service the first part of its path
 * @param by the application it says it comes from; empty for none, {@link #INTRUDER} for one that must not get in
 * @param id its own; the last part of its path
 * @param moment when
 * @param answer what came back
 */
record GatewayCall(int node, String service, String by, String id, Moment moment, Answer answer) {
    /** Unsigned, signed with another key, or by an application nobody knows. */
    static final String INTRUDER = "intruder";

    /**
     * When it began and when it was over.
     *
     * @param began of {@link System#nanoTime}
     * @param ended of {@link System#nanoTime}
     */
    record Moment(long began, long ended) {
        static Moment since(long began) {
            return new Moment(began, System.nanoTime());
        }

        boolean before(Moment other) {
            return ended < other.began;
        }
    }

    /**
     * @param status 0 for none
     * @param code of the refusal; empty for none
     * @param generation of the rules that served it; 0 for none
     * @param trace under which it is in the audit log; empty for none
     */
    record Answer(int status, String code, int generation, String trace) {
        static final Answer NONE = new Answer(0, "", 0, "");
    }

    boolean passed() {
        return answer.status() == 200;
    }

    /** Nobody judged it: the node, its database or its service was not there. */
    boolean undecided() {
        return answer.status() == 0 || answer.status() >= 500;
    }

    @Override
    public String toString() {
        return "node %d %s/%s by '%s' -> %s at %d to %d ms"
                .formatted(
                        node,
                        service,
                        id,
                        by,
                        answer,
                        TimeUnit.NANOSECONDS.toMillis(moment.began()),
                        TimeUnit.NANOSECONDS.toMillis(moment.ended()));
    }
}
