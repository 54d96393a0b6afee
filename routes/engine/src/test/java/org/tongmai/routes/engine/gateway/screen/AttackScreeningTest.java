package org.tongmai.routes.engine.gateway.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.gateway.request.ReadCall;
import org.tongmai.standards.exchange.HttpFields;

/** Every payload of {@code attacks.csv} is refused wherever it travels and however it is written. */
class AttackScreeningTest {
    private static final Screening STRICT = Screening.of(ScreeningPolicy.STRICT);

    @Test
    void there_are_more_than_500_payloads_for_both_defences() {
        assertThat(Samples.attacks()).hasSizeGreaterThan(500);
        assertThat(Samples.attacks()).extracting(Samples.Attack::payload).doesNotHaveDuplicates();
        assertThat(Samples.attacks()).extracting(Samples.Attack::defence).contains(Defence.values());
    }

    @Test
    void every_attack_is_refused_wherever_it_stands_and_its_place_is_named() {
        List<String> missed = new ArrayList<>();
        for (Samples.Attack attack : Samples.attacks()) {
            for (Carrier carrier : Carrier.values()) {
                Optional<Finding> finding = STRICT.screen(carrier.carry(attack.payload()));
                boolean placed = finding.isPresent()
                        && carrier.place().startsWith(finding.get().place().text());
                if (!placed) {
                    missed.add(carrier + " " + attack.payload() + " -> " + finding);
                }
            }
        }
        assertThat(missed).isEmpty();
    }

    @Test
    void every_attack_is_refused_in_every_disguise() {
        List<String> missed = new ArrayList<>();
        for (Samples.Attack attack : Samples.attacks()) {
            for (Disguise disguise : Disguise.values()) {
                String payload = disguise.apply(attack.payload());
                if (disguise.suits(attack.payload())
                        && STRICT.screen(Carrier.JSON.carry(payload)).isEmpty()) {
                    missed.add(disguise + " " + payload);
                }
            }
        }
        assertThat(missed).isEmpty();
    }

    @Test
    void a_field_of_free_text_lets_no_tautology_union_or_second_statement_through() {
        Screening free =
                Screening.of(new ScreeningPolicy(EnumSet.allOf(Defence.class), Set.of("q"), ScreeningLimits.DEFAULTS));
        for (String payload : List.of(
                "x' or 1=1 -- ", "x' union select 1 -- ", "x'; drop table t -- ", "1 or 1=1", "<script>a()</script>")) {
            assertThat(free.screen(Carrier.QUERY.carry(payload))).as(payload).isPresent();
        }
        assertThat(free.screen(Carrier.QUERY.carry("the boys' -- all of them"))).isEmpty();
        assertThat(STRICT.screen(Carrier.QUERY.carry("the boys' -- all of them")))
                .isPresent();
    }

    @Test
    void a_policy_screens_only_for_the_defences_it_names() {
        Screening xss = only(Defence.XSS);
        Screening sql = only(Defence.SQL_INJECTION);
        ReadCall script = Carrier.JSON.carry("<script>alert(1)</script>");
        ReadCall statement = Carrier.JSON.carry("x' or 1=1 -- ");
        assertThat(xss.screen(script)).map(Finding::error).contains(ScreenError.SCRIPT);
        assertThat(xss.screen(statement)).isEmpty();
        assertThat(sql.screen(statement)).map(Finding::error).contains(ScreenError.SQL);
        assertThat(sql.screen(script)).isEmpty();
    }

    private static Screening only(Defence defence) {
        return Screening.of(new ScreeningPolicy(Set.of(defence), Set.of(), ScreeningLimits.DEFAULTS));
    }

    @Test
    void a_finding_never_holds_what_was_found() {
        Finding finding =
                STRICT.screen(Carrier.JSON.carry("zhangsan' or 1=1 -- ")).orElseThrow();
        assertThat(finding.issue().text())
                .isEqualTo("TM-SCREEN-0002 A value would go on as SQL where it is put into a statement at json /a/0/v"
                        + " (sql-tautology)");
    }

    @Test
    void names_are_judged_like_values() {
        assertThat(STRICT.screen(Carrier.get("/a?x'%20or%201%3D1%20--%20=1", HttpFields.NONE)))
                .isPresent();
        assertThat(STRICT.screen(Carrier.post("application/json", "{\"<script>a()</script>\":1}")))
                .map(Finding::error)
                .contains(ScreenError.SCRIPT);
    }
}
