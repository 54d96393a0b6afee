package org.tongmai.adapters.canonicalstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.tongmai.adapters.canonicalstore.StoreFixture.message;
import static org.tongmai.adapters.canonicalstore.StoreFixture.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.canonical.WriteRule;
import org.tongmai.standards.canonical.WriteRule.Mode;
import org.tongmai.standards.error.CodedException;

/** How a resource is laid over what is stored when it says so itself. */
class WriteRuleIT {
    private static StoreFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new StoreFixture();
    }

    @AfterAll
    static void stop() throws IOException {
        fixture.close();
    }

    @Test
    void a_replacing_resource_leaves_nothing_of_the_old_one_neither_content_nor_index() throws SQLException {
        write("a", "\"gender\":\"female\",\"birthDate\":\"1980-01-01\"", WriteRule.MERGE);
        assertThat(bornIn1980("a")).isEqualTo(1);

        assertThat(write("a", "\"gender\":\"male\"", rule(Mode.REPLACE, WriteRule.ANY)))
                .isEqualTo(2);

        assertThat(content("a").has("birthDate")).isFalse();
        assertThat(content("a").path("gender").asText()).isEqualTo("male");
        assertThat(bornIn1980("a")).isZero();
    }

    @Test
    void a_replacing_resource_that_is_merged_content_again_still_replaces() throws SQLException {
        write("b", "\"gender\":\"female\",\"birthDate\":\"1980-01-01\"", WriteRule.MERGE);
        write("b", "\"gender\":\"female\"", WriteRule.MERGE);
        assertThat(content("b").has("birthDate")).isTrue();

        assertThat(write("b", "\"gender\":\"female\"", rule(Mode.REPLACE, WriteRule.ANY)))
                .isEqualTo(2);
        assertThat(content("b").has("birthDate")).isFalse();

        assertThat(write("b", "\"gender\":\"female\"", rule(Mode.REPLACE, WriteRule.ANY)))
                .as("the same again")
                .isEqualTo(2);
    }

    @Test
    void a_resource_that_is_to_be_kept_is_written_only_when_there_is_none() throws SQLException {
        assertThat(write("c", "\"gender\":\"female\"", rule(Mode.KEEP, WriteRule.ANY)))
                .isEqualTo(1);
        assertThat(write("c", "\"gender\":\"male\"", rule(Mode.KEEP, WriteRule.ANY)))
                .isEqualTo(1);
        assertThat(content("c").path("gender").asText()).isEqualTo("female");
    }

    @Test
    void another_version_than_expected_refuses_all_of_the_message() throws SQLException {
        write("d", "\"gender\":\"female\"", WriteRule.MERGE);
        for (int wrong : new int[] {0, 2}) {
            assertThatExceptionOfType(CodedException.class)
                    .isThrownBy(() -> fixture.upsert(message(
                            patient("e", "\"gender\":\"male\"", WriteRule.MERGE),
                            patient("d", "\"gender\":\"male\"", rule(Mode.REPLACE, wrong)))))
                    .satisfies(refused -> assertThat(refused.code()).isEqualTo(CanonicalStoreError.VERSION_CONFLICT));
        }
        assertThat(fixture.store.read("Patient", "e")).isEmpty();
        assertThat(write("d", "\"gender\":\"male\"", rule(Mode.REPLACE, 1))).isEqualTo(2);
        assertThat(write("f", "\"gender\":\"male\"", rule(Mode.REPLACE, 0))).isEqualTo(1);
    }

    private static int write(String id, String elements, WriteRule rule) throws SQLException {
        return fixture.upsert(message(patient(id, elements, rule)))
                .get(0)
                .get(0)
                .version();
    }

    private static CanonicalResource patient(String id, String elements, WriteRule rule) {
        CanonicalResource plain =
                resource("{\"resourceType\":\"Patient\",\"id\":\"rule-" + id + "\"," + elements + "}");
        return new CanonicalResource(plain.type(), plain.id(), plain.content(), rule);
    }

    private static WriteRule rule(Mode mode, int expected) {
        return new WriteRule(mode, expected);
    }

    private static ObjectNode content(String id) {
        return fixture.store.read("Patient", "rule-" + id).orElseThrow().content();
    }

    private static int bornIn1980(String id) throws SQLException {
        return (int) fixture.count("select count(*) from canonical.search_date d join canonical.resource r using (rid)"
                + " where r.type = 'Patient' and r.id = 'rule-" + id + "'");
    }
}
