package org.tongmai.routes.engine.delivery.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CrossingsTest {
    private final Crossings crossings = new Crossings();
    private final List<DeliveryRow> known = new ArrayList<>();

    private DeliveryRow add(long id, String... patients) {
        DeliveryRow row = new DeliveryRow(id, List.of(patients));
        known.add(row);
        crossings.add(row, known);
        return row;
    }

    private void through(DeliveryRow row) {
        known.remove(row);
        crossings.through(row);
    }

    @Test
    void it_goes_when_everything_before_it_of_its_patients_is_through() {
        DeliveryRow ofOne = add(1, "a");
        DeliveryRow ofNeither = add(2, "x");
        DeliveryRow ofTheOther = add(3, "b");
        DeliveryRow crossing = add(4, "a", "b");
        assertThat(List.of(ofOne, ofNeither, ofTheOther)).allMatch(crossings::free);
        assertThat(crossings.free(crossing)).isFalse();
        through(ofOne);
        assertThat(crossings.free(crossing)).isFalse();
        through(ofTheOther);
        assertThat(crossings.free(crossing)).isTrue();
    }

    @Test
    void what_comes_after_of_any_of_its_patients_goes_when_it_is_through() {
        DeliveryRow first = add(1, "a", "b");
        DeliveryRow ofOne = add(2, "b");
        DeliveryRow ofNeither = add(3, "x");
        DeliveryRow crossing = add(4, "b", "c");
        DeliveryRow behindBoth = add(5, "c");
        assertThat(crossings.free(ofNeither)).isTrue();
        assertThat(List.of(ofOne, crossing, behindBoth)).noneMatch(crossings::free);
        through(first);
        assertThat(crossings.free(ofOne)).isTrue();
        assertThat(List.of(crossing, behindBoth)).noneMatch(crossings::free);
        through(ofOne);
        assertThat(crossings.free(crossing)).isTrue();
        assertThat(crossings.free(behindBoth)).isFalse();
        through(crossing);
        assertThat(crossings.free(behindBoth)).isTrue();
        assertThat(crossings.isEmpty()).isTrue();
    }

    /** As many as may be in memory, all of the same patients: what each waits for is not kept by each. */
    @Test
    void a_long_line_of_them_goes_one_after_the_other() {
        List<DeliveryRow> line = LongStream.range(0, 20_000)
                .mapToObj(id -> add(id, "a", "b", "c"))
                .toList();
        for (DeliveryRow row : line) {
            assertThat(crossings.free(row)).isTrue();
            assertThat(crossings.free(line.get(line.size() - 1))).isEqualTo(row.messageId() == 19_999);
            crossings.through(row);
        }
        assertThat(crossings.isEmpty()).isTrue();
    }

    @Test
    void when_the_last_one_is_through_nothing_waits_any_more() {
        DeliveryRow ofOne = add(1, "a");
        DeliveryRow crossing = add(2, "a", "b");
        DeliveryRow after = add(3, "a");
        through(ofOne);
        assertThat(crossings.free(after)).isFalse();
        through(crossing);
        assertThat(crossings.free(after)).isTrue();
        DeliveryRow next = add(4, "a", "c");
        assertThat(crossings.free(next)).isFalse();
        through(after);
        assertThat(crossings.free(next)).isTrue();
    }
}
