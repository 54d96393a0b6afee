package org.tongmai.routes.engine.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.gateway.rules.RuleFiles;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;

class TargetsTest {
    private static final int MANY = 400;
    private static final Asking ASKING =
            new Asking(new HttpCall("GET", "/", "", HttpFields.NONE, new byte[0], ""), "", HttpFields.NONE);

    @Test
    void a_heavier_target_gets_more_calls() {
        Targets targets = targets(9);
        assertThat(first(targets)).isGreaterThan(MANY * 3 / 4);
    }

    @Test
    void of_two_alike_the_one_with_fewer_calls_under_way_gets_more() {
        Targets targets = targets(1);
        assertThat(first(targets)).isBetween(40L, 360L);
        Targets.Place busy = targets.choose(ASKING, null);
        IntStream.range(0, 10).forEach(i -> busy.begun());
        boolean first = busy.url().equals("http://one");
        assertThat(first ? MANY - first(targets) : first(targets)).isGreaterThan(MANY / 2 + MANY / 10);
    }

    private static long first(Targets targets) {
        return IntStream.range(0, MANY)
                .mapToObj(i -> targets.choose(ASKING, null).url())
                .filter("http://one"::equals)
                .count();
    }

    /** Two, of which the first has this weight and the other 1. */
    private static Targets targets(int weight) {
        String rules =
                """
                {"services": [{"id": "s", "transport": {"kind": "http",
                  "targets": [{"url": "http://one", "weight": %d}, {"url": "http://other"}]}}]}"""
                        .formatted(weight);
        return new Targets(RuleFiles.read(rules).services().get(0).transport(), null);
    }
}
