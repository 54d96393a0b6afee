package org.tongmai.adapters.canonicalstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.tongmai.adapters.canonicalstore.StoreFixture.message;
import static org.tongmai.adapters.canonicalstore.StoreFixture.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.canonical.ResourceVersion;
import org.tongmai.standards.canonical.StoredResource;
import org.tongmai.standards.error.CodedException;

class UpsertIT {
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
    void a_new_resource_gets_version_1_and_is_read_with_its_version_and_time() throws SQLException {
        List<List<ResourceVersion>> versions = fixture.upsert(
                message(resource("{\"resourceType\":\"Patient\",\"id\":\"new-1\",\"gender\":\"female\"}")));

        assertThat(versions).containsExactly(List.of(new ResourceVersion("Patient", "new-1", 1)));
        ObjectNode content =
                fixture.store.read("Patient", "new-1").orElseThrow().content();
        assertThat(content.path("gender").asText()).isEqualTo("female");
        assertThat(content.path("meta").path("versionId").asText()).isEqualTo("1");
        assertThat(content.path("meta").path("lastUpdated").asText()).endsWith("Z");
    }

    @Test
    void a_present_element_replaces_an_absent_one_stays_and_null_deletes() throws SQLException {
        fixture.upsert(message(resource("{\"resourceType\":\"Patient\",\"id\":\"merge-1\",\"gender\":\"female\","
                + "\"birthDate\":\"1980-01-01\",\"name\":[{\"family\":\"张\"}]}")));
        fixture.upsert(message(resource(
                "{\"resourceType\":\"Patient\",\"id\":\"merge-1\",\"gender\":\"male\"," + "\"birthDate\":null}")));

        ObjectNode content =
                fixture.store.read("Patient", "merge-1").orElseThrow().content();
        assertThat(content.path("gender").asText()).isEqualTo("male");
        assertThat(content.has("birthDate")).isFalse();
        assertThat(content.at("/name/0/family").asText()).isEqualTo("张");
    }

    @Test
    void a_visit_known_from_a_result_is_of_unknown_state_until_somebody_says_it() throws SQLException {
        String named = "{\"resourceType\":\"Encounter\",\"id\":\"state-1\",\"class\":{\"code\":\"IMP\"}}";
        fixture.upsert(message(resource(named)));
        assertThat(status("state-1")).isEqualTo("unknown");
        assertThat(fixture.upsert(message(resource(named))))
                .containsExactly(List.of(new ResourceVersion("Encounter", "state-1", 1)));
        fixture.upsert(message(encounter("state-1", "in-progress")));
        fixture.upsert(message(resource(named.replace("IMP", "AMB"))));
        assertThat(status("state-1")).isEqualTo("in-progress");
    }

    private static String status(String id) {
        return fixture.store
                .read("Encounter", id)
                .orElseThrow()
                .content()
                .path("status")
                .asText();
    }

    @Test
    void an_unchanged_resource_gets_no_new_version_also_when_its_elements_come_in_another_order() throws SQLException {
        fixture.upsert(message(
                resource("{\"resourceType\":\"Location\",\"id\":\"same-1\",\"name\":\"内科\",\"status\":\"active\"}")));
        List<List<ResourceVersion>> again = fixture.upsert(
                message(resource("{\"resourceType\":\"Location\",\"id\":\"same-1\",\"name\":\"内科\"}")),
                message(resource(
                        "{\"status\":\"active\",\"name\":\"内科\",\"id\":\"same-1\",\"resourceType\":\"Location\"}")));

        assertThat(again)
                .containsExactly(
                        List.of(new ResourceVersion("Location", "same-1", 1)),
                        List.of(new ResourceVersion("Location", "same-1", 1)));
    }

    @Test
    void one_resource_in_several_messages_of_a_batch_gets_a_version_for_each_change() throws SQLException {
        List<List<ResourceVersion>> versions = fixture.upsert(
                message(encounter("batch-1", "planned")),
                message(encounter("batch-1", "in-progress")),
                message(encounter("batch-1", "in-progress")),
                message(encounter("batch-1", "finished")));

        assertThat(versions).extracting(each -> each.get(0).version()).containsExactly(1, 2, 2, 3);
        assertThat(fixture.store
                        .readVersion(new ResourceVersion("Encounter", "batch-1", 2))
                        .orElseThrow()
                        .content()
                        .path("status")
                        .asText())
                .isEqualTo("in-progress");
    }

    @Test
    void index_entries_that_do_not_change_are_not_written_again() throws SQLException {
        fixture.upsert(message(resource("{\"resourceType\":\"Patient\",\"id\":\"index-1\",\"gender\":\"female\","
                + "\"identifier\":[{\"system\":\"urn:x\",\"value\":\"index-1\"}]}")));
        String rows = "select xmin::text::bigint from canonical.search_text where value = 'index-1'";
        long written = fixture.count(rows);
        fixture.upsert(message(resource("{\"resourceType\":\"Patient\",\"id\":\"index-1\",\"gender\":\"male\"}")));

        assertThat(fixture.count(rows)).isEqualTo(written);
        assertThat(fixture.count("select count(*) from canonical.search_text t join canonical.resource r using (rid) "
                        + "where r.id = 'index-1'"))
                .isEqualTo(2);
    }

    @Test
    void what_a_rolled_back_transaction_wrote_is_forgotten() throws SQLException {
        fixture.upsert(message(encounter("rollback-1", "planned")));
        rollBack(fixture.store, message(encounter("rollback-1", "finished")));
        List<List<ResourceVersion>> versions = fixture.upsert(message(encounter("rollback-1", "finished")));

        assertThat(versions.get(0).get(0).version()).isEqualTo(2);
        assertThat(fixture.store
                        .read("Encounter", "rollback-1")
                        .orElseThrow()
                        .content()
                        .path("status")
                        .asText())
                .isEqualTo("finished");
    }

    @Test
    void what_another_store_wrote_meanwhile_is_found() throws SQLException {
        PostgresCanonicalStore other = new PostgresCanonicalStore(fixture.dataSource);
        fixture.upsert(message(encounter("other-1", "planned")));
        fixture.upsertWith(other, message(encounter("other-1", "in-progress")));

        assertThat(fixture.upsert(message(encounter("other-1", "planned"))).get(0))
                .containsExactly(new ResourceVersion("Encounter", "other-1", 3));
    }

    @Test
    void a_resource_that_somebody_took_away_without_a_turn_fails_once_and_is_looked_up_then() throws SQLException {
        fixture.upsert(message(encounter("taken-1", "planned")));
        try (Connection connection = fixture.dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("delete from canonical.resource where id = 'taken-1'");
        }

        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> fixture.upsert(message(encounter("taken-1", "finished"))))
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("40001"));
        assertThat(fixture.upsert(message(encounter("taken-1", "finished"))).get(0))
                .containsExactly(new ResourceVersion("Encounter", "taken-1", 1));
    }

    @Test
    void what_was_prepared_over_an_older_version_is_laid_over_the_one_in_force() throws SQLException {
        PostgresCanonicalStore other = new PostgresCanonicalStore(fixture.dataSource);
        fixture.upsert(message(resource("{\"resourceType\":\"Patient\",\"id\":\"early-1\",\"gender\":\"male\"}")));
        var early = fixture.store.prepare(
                message(resource("{\"resourceType\":\"Patient\",\"id\":\"early-1\",\"birthDate\":\"1980-01-01\"}")));
        fixture.upsertWith(
                other, message(resource("{\"resourceType\":\"Patient\",\"id\":\"early-1\",\"gender\":\"female\"}")));
        try (Connection connection = fixture.dataSource.getConnection()) {
            connection.setAutoCommit(false);
            fixture.store.upsert(connection, List.of(early));
            connection.commit();
        }

        ObjectNode stored =
                fixture.store.read("Patient", "early-1").orElseThrow().content();
        assertThat(stored.path("gender").asText()).isEqualTo("female");
        assertThat(stored.path("birthDate").asText()).isEqualTo("1980-01-01");
        assertThat(stored.at("/meta/versionId").asText()).isEqualTo("3");
    }

    @Test
    void a_resource_that_names_another_id_is_refused_without_naming_it() {
        CanonicalResource named = resource("{\"resourceType\":\"Patient\",\"id\":\"a\"}");
        CanonicalResource wrong = new CanonicalResource("Patient", "b", named.content());

        assertThatExceptionOfType(CodedException.class)
                .isThrownBy(() -> fixture.upsert(message(wrong)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(CanonicalStoreError.CONTENT_MISMATCH));
        assertThatExceptionOfType(CodedException.class)
                .isThrownBy(() -> fixture.upsert(message(new CanonicalResource("Patient", "张/三", named.content()))))
                .satisfies(e -> assertThat(e.code()).isEqualTo(CanonicalStoreError.INVALID_IDENTITY))
                .withMessageNotContaining("张");
    }

    @Test
    void a_text_with_half_a_character_does_no_harm_and_nul_is_kept() throws SQLException {
        ObjectNode half =
                resource("{\"resourceType\":\"Patient\",\"id\":\"half-1\"}").content();
        half.put("gender", "\ud840");
        half.putArray("identifier").addObject().put("value", "x\ud840y");
        fixture.upsert(message(new CanonicalResource("Patient", "half-1", half)));
        assertThat(fixture.store
                        .read("Patient", "half-1")
                        .orElseThrow()
                        .content()
                        .path("gender")
                        .asText())
                .hasSize(1);

        fixture.upsert(message(resource(
                "{\"resourceType\":\"Patient\",\"id\":\"nul-1\",\"identifier\":[{\"value\":\"a\\u0000b\"}]}")));
        assertThat(fixture.store
                        .read("Patient", "nul-1")
                        .orElseThrow()
                        .content()
                        .at("/identifier/0/value")
                        .asText())
                .isEqualTo("a\u0000b");
    }

    @Test
    void random_batches_of_two_stores_leave_what_the_same_merges_in_memory_leave_whatever_was_rolled_back()
            throws SQLException {
        Random random = new Random(20261120);
        List<PostgresCanonicalStore> stores = List.of(fixture.store, new PostgresCanonicalStore(fixture.dataSource));
        Map<String, ObjectNode> model = new HashMap<>();
        Map<String, Integer> versions = new HashMap<>();
        for (int batch = 0; batch < 60; batch++) {
            CanonicalBundle[] messages = new CanonicalBundle[1 + random.nextInt(20)];
            List<Integer> expected = new ArrayList<>();
            for (int i = 0; i < messages.length; i++) {
                CanonicalResource next = randomPatient(random);
                messages[i] = message(next);
                expected.add(applyToModel(next, model, versions));
            }
            if (random.nextInt(3) == 0) {
                rollBack(stores.get(random.nextInt(2)), messages);
            }
            // Mostly the same one, so that it gets to trust its memory.
            assertThat(fixture.upsertWith(stores.get(random.nextInt(5) / 4), messages))
                    .extracting(each -> each.get(0).version())
                    .isEqualTo(expected);
        }
        model.forEach((id, content) -> {
            ObjectNode stored = fixture.store.read("Patient", id).orElseThrow().content();
            stored.remove("meta");
            assertThat((JsonNode) stored).isEqualTo(content);
        });
    }

    @Test
    void two_writers_on_the_same_resources_neither_deadlock_nor_lose_a_version() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (int w = 0; w < 4; w++) {
                int writer = w;
                PostgresCanonicalStore own = new PostgresCanonicalStore(fixture.dataSource);
                writers.add(CompletableFuture.runAsync(() -> writeMany(own, writer), threads));
            }
            CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }
        for (int id = 0; id < 5; id++) {
            List<StoredResource> history = fixture.store.history("Location", "shared-" + id, Integer.MAX_VALUE, 1000);
            assertThat(history).hasSize(4 * 40);
            assertThat(history)
                    .isSortedAccordingTo((a, b) ->
                            Integer.compare(b.version().version(), a.version().version()));
            assertThat(history.get(0).resource().content()).hasSize(7);
        }
    }

    private static void rollBack(PostgresCanonicalStore store, CanonicalBundle... messages) throws SQLException {
        try (Connection connection = fixture.dataSource.getConnection()) {
            connection.setAutoCommit(false);
            store.upsert(connection, Arrays.stream(messages).map(store::prepare).toList());
            connection.rollback();
        }
    }

    /** Each writer sets its own element to a new value in every round, so every round makes a version. */
    private static void writeMany(PostgresCanonicalStore own, int writer) {
        String[] elements = {"name", "description", "status", "mode"};
        Random random = new Random(writer);
        for (int round = 0; round < 40; round++) {
            List<CanonicalBundle> messages = new ArrayList<>();
            for (int id = 0; id < 5; id++) {
                messages.add(message(resource("{\"resourceType\":\"Location\",\"id\":\"shared-" + id + "\",\""
                        + elements[writer] + "\":\"" + round + "\"}")));
            }
            java.util.Collections.shuffle(messages, random);
            try {
                fixture.upsertWith(own, messages.toArray(CanonicalBundle[]::new));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static CanonicalResource encounter(String id, String status) {
        return resource("{\"resourceType\":\"Encounter\",\"id\":\"" + id + "\",\"status\":\"" + status + "\"}");
    }

    private static CanonicalResource randomPatient(Random random) {
        ObjectNode patient = resource("{\"resourceType\":\"Patient\",\"id\":\"random-" + random.nextInt(30) + "\"}")
                .content();
        String[] elements = {"gender", "birthDate", "language"};
        for (String element : elements) {
            switch (random.nextInt(4)) {
                case 0 -> patient.putNull(element);
                case 1, 2 -> patient.put(element, element + random.nextInt(3));
                default -> patient.remove(element);
            }
        }
        if (random.nextBoolean()) {
            patient.putArray("name")
                    .addObject()
                    .put("family", "王" + random.nextInt(2))
                    .put("text", "王");
        }
        if (random.nextInt(5) == 0) {
            patient.put("multipleBirthInteger", random.nextInt(3));
        }
        return new CanonicalResource("Patient", patient.path("id").asText(), patient);
    }

    private static int applyToModel(
            CanonicalResource next, Map<String, ObjectNode> model, Map<String, Integer> versions) {
        ObjectNode before = model.get(next.id());
        ObjectNode after = before == null ? next.content().objectNode() : before.deepCopy();
        next.content().fields().forEachRemaining(field -> {
            if (field.getValue().isNull()) {
                after.remove(field.getKey());
            } else {
                after.set(field.getKey(), field.getValue());
            }
        });
        model.put(next.id(), after);
        return versions.merge(next.id(), after.equals(before) ? 0 : 1, Integer::sum);
    }
}
