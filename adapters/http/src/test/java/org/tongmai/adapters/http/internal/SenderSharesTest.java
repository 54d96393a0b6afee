package org.tongmai.adapters.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SenderSharesTest {
    private static final String DISTRICT = "10.1.0.1";
    private static final String HOSPITAL = "10.2.0.1";

    private final SenderShares shares = new SenderShares(100, 0);

    @Test
    void while_there_is_plenty_one_sender_has_more_than_a_quarter() {
        assertThat(shares.take(DISTRICT, 20)).isTrue();
        assertThat(shares.take(DISTRICT, 20)).isTrue();
        assertThat(shares.take(DISTRICT, 20)).isFalse();
        assertThat(shares.take(HOSPITAL, 20)).isTrue();
        assertThat(shares.take(HOSPITAL, 20)).isFalse();
    }

    @Test
    void one_thing_may_be_larger_and_what_is_given_back_is_there_again() {
        assertThat(shares.take(HOSPITAL, 60)).isTrue();
        assertThat(shares.take(HOSPITAL, 1)).isFalse();
        assertThat(shares.take(DISTRICT, 20)).isTrue();
        shares.give(HOSPITAL, 60);
        assertThat(shares.take(DISTRICT, 20)).isTrue();
    }
}
