package org.tongmai.mappings.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.mappings.TestMessages;
import org.tongmai.mappings.cda.CdaMappings;
import org.tongmai.standards.canonical.CanonicalBatch;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalDelivery;
import org.tongmai.standards.canonical.CanonicalEvent;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.ReceivedMessage;
import org.tongmai.standards.terminology.Terminology;

class MappingTransformersTest {
    @Test
    void a_route_turns_a_message_into_a_bundle_and_deliveries_into_csv() throws Exception {
        MappingEngine engine = MappingEngine.compile(Terminology.load(), MappingSettings.defaults());
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            MappingTransformers.register(context, engine);
            Resource routes = PluginHelper.getResourceLoader(context).resolveResource("classpath:transform.camel.yaml");
            PluginHelper.getRoutesLoader(context).loadRoutes(routes);
            context.start();
            CanonicalBundle bundle = context.createProducerTemplate()
                    .requestBody("direct:in", TestMessages.golden("adt-a01-gb18030-name"), CanonicalBundle.class);
            CanonicalEvent event = new CanonicalEvent(
                    7, bundle.topic(), bundle.event(), bundle.patientKey(), List.of(), Instant.EPOCH);
            CanonicalBatch batch =
                    new CanonicalBatch(1, "district", List.of(new CanonicalDelivery(event, bundle.resources())));
            byte[] csv = context.createProducerTemplate().requestBody("direct:out", batch, byte[].class);
            assertThat(new String(csv, StandardCharsets.UTF_8).lines())
                    .hasSize(2)
                    .element(1)
                    .asString()
                    .startsWith("7,ADT^A01,1970-01-01T08:00:00+08:00,");
        }
    }

    @Test
    void a_route_turns_data_into_an_hl7_message() throws Exception {
        Terminology terminology = Terminology.load();
        MappingEngine engine = MappingEngine.compile(terminology, MappingSettings.defaults());
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            MappingTransformers.register(context, engine);
            Resource routes = PluginHelper.getResourceLoader(context).resolveResource("classpath:hl7.camel.yaml");
            PluginHelper.getRoutesLoader(context).loadRoutes(routes);
            context.start();
            CanonicalBundle bundle = engine.map(TestMessages.golden("siu-s12-book"));
            CanonicalEvent event = new CanonicalEvent(
                    7, bundle.topic(), bundle.event(), bundle.patientKey(), List.of(), Instant.EPOCH);
            CanonicalDelivery delivery = new CanonicalDelivery(event, bundle.resources());
            byte[] message = context.createProducerTemplate()
                    .requestBody("direct:hl7", new CanonicalBatch(1, "downstream", List.of(delivery)), byte[].class);
            assertThat(new String(message, StandardCharsets.UTF_8))
                    .contains("|19700101080000+0800||SIU^S12^SIU_S12|7|P|2.5.1|")
                    .contains("\rSCH|");
            byte[] again = context.createProducerTemplate()
                    .requestBody("direct:hl7-there-and-back", TestMessages.golden("adt-a01-admit"), byte[].class);
            assertThat(new String(again, StandardCharsets.UTF_8))
                    .contains("ADT^A01^ADT_A01", "\rPID|1||0000123456^^^RJYY^MR");
            assertThatThrownBy(() -> context.createProducerTemplate()
                            .requestBody(
                                    "direct:hl7",
                                    new CanonicalBatch(1, "d", List.of(delivery, delivery)),
                                    byte[].class))
                    .rootCause()
                    .hasMessageContaining("TM-MAP-0016");
        }
    }

    @Test
    void what_a_delivery_lacks_or_can_not_carry_goes_with_its_exchange_and_nothing_where_there_is_nothing()
            throws Exception {
        MappingEngine engine = MappingEngine.compile(Terminology.load(), MappingSettings.defaults());
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            MappingTransformers.register(context, engine);
            Resource routes = PluginHelper.getResourceLoader(context).resolveResource("classpath:hl7.camel.yaml");
            PluginHelper.getRoutesLoader(context).loadRoutes(routes);
            context.start();
            String book = TestMessages.golden("siu-s12-book").text();
            String unsaid = book.replaceAll("(?m)^(SCH(?:\\|[^|\\r]*){15}\\|)[^|\\r]*", "$1");
            assertThat(told(context, engine, TestMessages.received(unsaid)))
                    .extracting(Issue::location)
                    .contains("SCH-16");
            assertThat(told(context, engine, TestMessages.golden("adt-a01-gb18030-name")))
                    .isNull();
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Issue> told(CamelContext context, MappingEngine engine, ReceivedMessage received) {
        CanonicalBundle bundle = engine.map(received);
        CanonicalEvent event = new CanonicalEvent(7, bundle.topic(), bundle.event(), "", List.of(), Instant.EPOCH);
        CanonicalBatch batch = new CanonicalBatch(1, "d", List.of(new CanonicalDelivery(event, bundle.resources())));
        Exchange done = context.createProducerTemplate()
                .request("direct:hl7", exchange -> exchange.getMessage().setBody(batch));
        assertThat(done.getException()).isNull();
        return done.getProperty(ExchangeNames.WRITE_WARNINGS, List.class);
    }

    @Test
    void a_route_turns_data_into_a_shared_document_and_back() throws Exception {
        CdaMappings cda = CdaMappings.compile(Terminology.load(), MappingSettings.defaults());
        byte[] json = Files.readAllBytes(Path.of("fhir-to-cda", "golden", "c0002-outpatient.bundle.json"));
        CanonicalBundle data = new CanonicalBundle("t", "C0002", "", CdaMappings.resources(json), List.of());
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            MappingTransformers.register(context, cda);
            Resource routes = PluginHelper.getResourceLoader(context).resolveResource("classpath:document.camel.yaml");
            PluginHelper.getRoutesLoader(context).loadRoutes(routes);
            context.start();
            CanonicalBundle back =
                    context.createProducerTemplate().requestBody("direct:there-and-back", data, CanonicalBundle.class);
            assertThat(back.event()).isEqualTo("C0002");
            assertThat(back.resources())
                    .extracting(CanonicalResource::type)
                    .contains("Patient", "Condition", "Composition");
        }
    }

    @Test
    void a_document_of_a_route_is_made_by_the_tables_in_force() throws Exception {
        CdaMappings cda = CdaMappings.compile(Terminology.load(), MappingSettings.defaults());
        String map = "concept-maps/administrative-gender-to-gbt-2261.csv";
        String other = Files.readString(Path.of("..", "standards", map)).replace("男性", "男");
        byte[] json = Files.readAllBytes(Path.of("fhir-to-cda", "golden", "c0002-outpatient.bundle.json"));
        CanonicalBundle data = new CanonicalBundle("t", "C0002", "", CdaMappings.resources(json), List.of());
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            MappingTransformers.register(context, cda);
            Resource routes = PluginHelper.getResourceLoader(context).resolveResource("classpath:document.camel.yaml");
            PluginHelper.getRoutesLoader(context).loadRoutes(routes);
            context.start();
            cda.prepare(Terminology.loadWith(List.of(Map.of(map, other)))).run();
            byte[] document = context.createProducerTemplate().requestBody("direct:there", data, byte[].class);
            assertThat(new String(document, StandardCharsets.UTF_8))
                    .contains("displayName=\"男\"")
                    .doesNotContain("男性");
        }
    }
}
