package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.tongmai.routes.engine.gateway.SignedCaller.code;
import static org.tongmai.routes.engine.gateway.SignedCaller.get;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.gateway.registry.GatewayRegistry;
import org.tongmai.routes.engine.gateway.rules.Doors;
import org.tongmai.routes.engine.gateway.user.UserTokens;
import org.tongmai.routes.engine.journal.TestDatabase;
import org.tongmai.standards.error.CodedException;

/** 服务域 and 域服务器: which node serves what, said from one place, and seen there. */
class DomainsIT {
    private static TestDatabase database;
    private static Backend backend;
    private static GatewayNode main;
    private static GatewayNode other;

    @BeforeAll
    static void start() throws Exception {
        database = new TestDatabase();
        backend = new Backend();
        main = new GatewayNode(database.dataSource(), "main", Set.of(), Clock.systemUTC());
        other = new GatewayNode(database.dataSource(), "Other-1.example", Set.of("intranet"), Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        other.close();
        main.close();
        backend.close();
        database.close();
    }

    @BeforeEach
    void publishAsWritten() {
        publish(rules());
    }

    @Test
    void a_domain_that_is_not_declared_is_no_domain_of_a_service_an_application_or_a_node() {
        String typo = rules().replace("\"domain\": \"internet\"", "\"domain\": \"internt\"")
                .replace("\"domains\": [\"intranet\"]", "\"domains\": [\"intranet\", \"intra\"]")
                .replace("\"nodes\": []", "\"nodes\": [{\"id\": \"main\", \"domains\": [\"dmz\"]}]");

        CodedException refused = catchThrowableOfType(CodedException.class, () -> publish(typo));

        assertThat(refused.issues())
                .allMatch(issue -> issue.code() == GatewayError.RULES_INVALID
                        && issue.detail().endsWith("(expected: one of serviceDomains: internet, intranet)"))
                .extracting(issue -> issue.location() + " " + issue.detail().substring(0, 12))
                .containsExactly(
                        "services[outer].domain found: inter",
                        "applications[his].domains found: intra",
                        "nodes[main].domains found: dmz (");
    }

    @Test
    void a_domain_or_a_node_twice_or_with_another_name_than_there_can_be_is_refused() {
        String rules = rules().replace(
                        "{\"id\": \"intranet\", \"title\"",
                        "{\"id\": \"internet\"}, {\"id\": \"In\"}, {\"id\": \"intranet\", \"title\"")
                .replace("\"nodes\": []", "\"nodes\": [{\"id\": \"a b\"}, {\"id\": \"main\"}, {\"id\": \"main\"}]");

        assertThat(catchThrowableOfType(CodedException.class, () -> publish(rules))
                        .issues())
                .extracting(issue -> issue.location() + " " + issue.detail().replaceAll(" \\(.*", ""))
                .containsExactly(
                        "serviceDomains[internet] found: twice",
                        "serviceDomains[In] found: another id",
                        "nodes[a b] found: another id",
                        "nodes[main] found: twice");
    }

    @Test
    void calls_of_a_suspended_domain_are_refused_by_a_code_and_others_pass() {
        publish(rules().replace("\"title\": \"互联网\"", "\"title\": \"互联网\", \"state\": \"SUSPENDED\""));

        HttpResponse<String> refused = get(main.bus, "/outer");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(code(refused)).isEqualTo("TM-GATE-0025");
        assertThat(refused.headers().firstValue("retry-after")).isPresent();
        assertThat(get(main.bus, "/inner").statusCode()).isEqualTo(200);
        assertThat(get(main.bus, "/everywhere").statusCode()).isEqualTo(200);
    }

    @Test
    void what_a_service_may_have_is_not_shared_by_a_node_that_does_not_carry_it() {
        await().untilAsserted(
                        () -> assertThat(said("Other-1.example").domains()).containsExactly("intranet"));
        String rate = "\"traffic\": {\"rate\": {\"calls\": 4, \"per\": \"P1D\"}}, \"methods\"";
        publish(rules().replaceFirst("\"methods\"", rate));

        for (int call = 0; call < 4; call++) {
            assertThat(get(main.bus, "/outer").statusCode()).isEqualTo(200);
        }
        assertThat(get(main.bus, "/outer").statusCode()).isEqualTo(429);
    }

    @Test
    void why_rules_were_published_is_said_in_a_line_of_200_characters() {
        for (String note : List.of("a\0b", "a\nb", "x".repeat(201))) {
            CodedException refused = catchThrowableOfType(
                    CodedException.class,
                    () -> main.registry.publish(
                            rules(), main.registry.publications(1).get(0).revision(), note, "test"));
            assertThat(refused.code()).isEqualTo(GatewayError.RULES_INVALID);
            assertThat(refused.issues().get(0).location()).isEqualTo("note");
        }
    }

    @Test
    void every_node_says_which_domains_and_doors_it_has() throws Exception {
        GatewayRegistry.Place dmz = new GatewayRegistry.Place(
                "dmz", Set.of("internet"), new Doors(Set.of(GatewayKind.OPEN), Long.MAX_VALUE));
        try (GatewayNode behind = new GatewayNode(
                database.dataSource(),
                dmz,
                new UserTokens(provider -> null, Clock.systemUTC()),
                questions -> Map.of())) {
            await().untilAsserted(() -> assertThat(said("main").domains()).isEmpty());
            await().untilAsserted(
                            () -> assertThat(said("Other-1.example").domains()).containsExactly("intranet"));
            await().untilAsserted(() -> assertThat(said("dmz").domains()).containsExactly("internet"));
            assertThat(said("dmz").doors()).containsExactly(GatewayKind.OPEN);
            assertThat(said("main").doors()).containsExactly(GatewayKind.values());
            assertThat(behind.registry.inForce().services()).containsOnlyKeys("public");
        } finally {
            database.execute("delete from gateway_node where node = 'dmz'");
        }
    }

    @Test
    void the_rules_assign_a_node_its_domains_over_its_settings_and_take_them_back() {
        await().until(() -> code(get(other.bus, "/outer")).equals("TM-GATE-0001")
                && get(other.bus, "/inner").statusCode() == 200);

        publish(rules().replace(
                        "\"nodes\": []", "\"nodes\": [{\"id\": \"Other-1.example\", \"domains\": [\"internet\"]}]"));

        await().until(() -> get(other.bus, "/outer").statusCode() == 200);
        assertThat(code(get(other.bus, "/inner"))).isEqualTo("TM-GATE-0001");
        assertThat(get(other.bus, "/everywhere").statusCode()).isEqualTo(200);
        assertThat(get(main.bus, "/inner").statusCode()).isEqualTo(200);
        await().untilAsserted(
                        () -> assertThat(said("Other-1.example").domains()).containsExactly("internet"));

        publishAsWritten();
        await().until(() -> get(other.bus, "/inner").statusCode() == 200);
    }

    @Test
    void a_suspended_node_says_so_and_refuses_every_call_until_it_is_taken_back() {
        publish(rules().replace(
                        "\"nodes\": []", "\"nodes\": [{\"id\": \"Other-1.example\", \"state\": \"SUSPENDED\"}]"));

        await().until(() -> code(get(other.bus, "/inner")).equals("TM-GATE-0026"));
        assertThat(get(other.bus, "/inner").statusCode()).isEqualTo(503);
        assertThat(code(get(other.open, "/public"))).isEqualTo("TM-GATE-0026");
        assertThat(other.registry.state()).isEqualTo(NodeRules.State.SUSPENDED);
        assertThat(get(main.bus, "/inner").statusCode()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(said("Other-1.example").state()).isEqualTo(NodeRules.State.SUSPENDED));

        publishAsWritten();
        await().until(() -> get(other.bus, "/inner").statusCode() == 200);
        assertThat(other.registry.state()).isEqualTo(NodeRules.State.ACTIVE);
    }

    @Test
    void what_was_agreed_of_calls_at_once_is_shared_by_the_nodes_that_take_calls() {
        await().untilAsserted(() -> assertThat(atOnce()).isEqualTo(250));

        publish(rules().replace(
                        "\"nodes\": []", "\"nodes\": [{\"id\": \"Other-1.example\", \"state\": \"SUSPENDED\"}]"));
        await().untilAsserted(() -> assertThat(atOnce()).isEqualTo(500));

        publishAsWritten();
        await().untilAsserted(() -> assertThat(atOnce()).isEqualTo(250));
    }

    /** Calls of a service that this node lets through at once; its rule says nothing, so 500 were agreed. */
    private static int atOnce() {
        return main.registry.services().stream()
                .filter(each -> each.id().equals("inner"))
                .mapToInt(Gateways.ServiceFigures::capacity)
                .sum();
    }

    @Test
    void rules_of_before_that_declare_no_domain_are_followed_and_not_published_again() {
        long before = revision();
        database.execute("insert into gateway_publication (revision, digest, content, note, published_by) values ("
                + (before + 1) + ", '', '" + rules().replaceFirst("(?s)\"serviceDomains\".*?\\],", "")
                + "', '', 'before')");

        await().until(() -> main.registry.nodes().stream().anyMatch(node -> node.revision() == before + 1));
        assertThat(get(main.bus, "/outer").statusCode()).isEqualTo(200);
        CodedException refused = catchThrowableOfType(
                CodedException.class, () -> main.registry.publishAgain(before + 1, before + 1, "test"));
        assertThat(refused.issues()).isNotEmpty().allMatch(issue -> issue.detail()
                .contains("expected: one of serviceDomains"));
        assertThat(get(main.bus, "/outer").statusCode()).isEqualTo(200);
    }

    private static NodeRules said(String node) {
        List<NodeRules> said = main.registry.nodes().stream()
                .filter(each -> each.node().equals(node))
                .toList();
        assertThat(said).hasSize(1);
        return said.get(0);
    }

    private static long revision() {
        return main.registry.publications(1).stream()
                .mapToLong(Publication::revision)
                .findFirst()
                .orElse(0);
    }

    private static void publish(String rules) {
        main.registry.publish(rules, revision(), "", "test");
    }

    private static String rules() {
        try (InputStream in = DomainsIT.class.getResourceAsStream("domain-rules.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("@BACKEND@", backend.url());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
