package org.tongmai.routes.engine.delivery.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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

    @Test
    void it_goes_when_everything_before_it_of_its_patients_is_through() {
        DeliveryRow ofOne = add(1, "a");
        DeliveryRow ofNeither = add(2, "x");
        DeliveryRow ofTheOther = add(3, "b");
        DeliveryRow crossing = add(4, "a", "b");
        assertThat(List.of(ofOne, ofNeither, ofTheOther)).allMatch(crossings::free);
        assertThat(crossings.free(crossing)).isFalse();
        crossings.through(1);
        assertThat(crossings.free(crossing)).isFalse();
        crossings.through(3);
        assertThat(crossings.free(crossing)).isTrue();
    }

    @Test
    void what_comes_after_of_any_of_its_patients_goes_when_it_is_through() {
        add(1, "a", "b");
        DeliveryRow ofOne = add(2, "b");
        DeliveryRow ofNeither = add(3, "x");
        DeliveryRow crossing = add(4, "b", "c");
        DeliveryRow behindBoth = add(5, "c");
        assertThat(crossings.free(ofNeither)).isTrue();
        assertThat(List.of(ofOne, crossing, behindBoth)).noneMatch(crossings::free);
        crossings.through(1);
        assertThat(crossings.free(ofOne)).isTrue();
        assertThat(List.of(crossing, behindBoth)).noneMatch(crossings::free);
        crossings.through(2);
        assertThat(crossings.free(crossing)).isTrue();
        assertThat(crossings.free(behindBoth)).isFalse();
        crossings.through(4);
        assertThat(crossings.free(behindBoth)).isTrue();
        assertThat(crossings.isEmpty()).isTrue();
    }
}
