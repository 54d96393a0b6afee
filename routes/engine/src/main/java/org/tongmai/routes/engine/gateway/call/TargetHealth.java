package org.tongmai.routes.engine.gateway.call;

import java.util.ArrayList;
import java.util.List;
import org.tongmai.routes.engine.gateway.rules.Transport;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;

/** Asks the targets of one service whether they are well (健康检查). */
final class TargetHealth {
    private static final int UNWELL = 400;
    private static final int FAILURES = 2;
    private static final long LONGEST_ANSWER_MILLISECONDS = 2_000;
    private static final byte[] NOTHING = {};

    private final HttpCall question;
    private final long interval;
    private final Carrier carrier;
    private final List<Asked> asked = new ArrayList<>();

    /** A target with what it said before; asked by one thread, answers by another. */
    private static final class Asked {
        private final Targets.Place place;
        private volatile long due;
        private volatile boolean waiting;
        private volatile int failures;

        Asked(Targets.Place place, long due) {
            this.place = place;
            this.due = due;
        }

        void answered(boolean well) {
            failures = well ? 0 : failures + 1;
            if (well || failures >= FAILURES) {
                place.well(well);
            }
            waiting = false;
        }
    }

    TargetHealth(Transport.Health rule, List<Targets.Place> places, Carrier carrier) {
        String[] path = rule.path().split("\\?", 2);
        this.question = new HttpCall(
                "GET", path[0], path.length == 1 ? "" : path[1], HttpFields.of("accept", "*/*"), NOTHING, "127.0.0.1");
        this.interval = rule.interval().toNanos();
        this.carrier = carrier;
        long now = System.nanoTime();
        places.forEach(place -> asked.add(new Asked(place, now)));
    }

    void askWhereDue(long now) {
        for (Asked each : asked) {
            if (each.waiting || now - each.due < 0) {
                continue;
            }
            each.waiting = true;
            each.due = now + interval;
            carrier.carry(question, each.place.url(), LONGEST_ANSWER_MILLISECONDS, (answer, failure) -> {
                each.answered(failure == null && answer.status() < UNWELL);
                if (answer != null) {
                    answer.content().close();
                }
            });
        }
    }
}
