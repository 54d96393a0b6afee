package org.tongmai.benchmarks.patientindex;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tongmai.adapters.hospital.simulator.IdentityNumber;

class SyntheticPeopleTest {
    private static final SyntheticPeople PEOPLE = new SyntheticPeople(7);

    @Test
    void the_same_seed_and_number_is_the_same_person_with_a_valid_number() {
        SyntheticPerson person = PEOPLE.person(123_456);

        assertThat(new SyntheticPeople(7).person(123_456)).isEqualTo(person);
        assertThat(new SyntheticPeople(8).person(123_456)).isNotEqualTo(person);
        assertThat(IdentityNumber.isValid(person.number())).isTrue();
        assertThat(person.number().substring(6, 14))
                .isEqualTo(person.birth().toString().replace("-", ""));
    }

    @Test
    void three_people_share_a_dwelling() {
        assertThat(PEOPLE.person(3).address()).isEqualTo(PEOPLE.person(5).address());
        assertThat(PEOPLE.person(6).address()).isNotEqualTo(PEOPLE.person(5).address());
    }

    @ParameterizedTest
    @EnumSource
    void every_planted_case_makes_a_record_that_differs(PlantedCase planted) {
        int different = 0;
        for (int i = 0; i < 100; i++) {
            SyntheticPerson person = PEOPLE.person(i);
            SyntheticPerson other = planted.of(person, PEOPLE, new SplittableRandom(i));
            different += other.equals(person) ? 0 : 1;
            if (planted.truth == PlantedCase.Truth.OTHER) {
                assertThat(other.number()).isNotEqualTo(planted == PlantedCase.NEWBORN ? "" : person.number());
            }
        }
        assertThat(different).isGreaterThan(60);
    }
}
