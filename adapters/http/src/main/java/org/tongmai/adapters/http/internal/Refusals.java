package org.tongmai.adapters.http.internal;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.tongmai.adapters.http.HttpError;

/** What a listener refused before any route saw it, by code: the only trace of it beside a log line a minute. */
final class Refusals {
    private final Map<HttpError, LongAdder> counts = new EnumMap<>(HttpError.class);

    Refusals() {
        for (HttpError error : HttpError.values()) {
            counts.put(error, new LongAdder());
        }
    }

    void count(HttpError error, String detail) {
        counts.get(error).increment();
        Complaints.about(error, detail);
    }

    /** How often each code, without those that never were. */
    Map<String, Long> figures() {
        Map<String, Long> figures = new TreeMap<>();
        counts.forEach((error, count) -> {
            if (count.sum() > 0) {
                figures.put(error.code(), count.sum());
            }
        });
        return figures;
    }
}
