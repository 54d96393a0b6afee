package org.tongmai.standards.crypto.explain;

import java.util.ArrayList;
import java.util.List;

/**
 * One way the other side may have done something.
 *
 * @param value what it comes to
 * @param codes what is different from what was agreed; empty for what was agreed
 */
record Candidate<T>(T value, List<String> codes) {
    static <T> Candidate<T> agreed(T value) {
        return new Candidate<>(value, List.of());
    }

    <U> Candidate<U> with(U other, String code) {
        List<String> more = new ArrayList<>(codes);
        more.add(code);
        return new Candidate<>(other, List.copyOf(more));
    }

    <U> Candidate<U> same(U other) {
        return new Candidate<>(other, codes);
    }

    int deviations() {
        return codes.size();
    }
}
