package org.tongmai.adapters.hl7mllp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.AcknowledgeWhen;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.exchange.ReceivedMessage;
import org.tongmai.standards.hl7v2.Hl7Error;

class MllpAnswersIT {
    private static final Charset GB18030 = Charset.forName("GB18030");

    private final CamelOnPorts camel = new CamelOnPorts();
    private final List<ReceivedMessage> received = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        camel.close();
    }

    @Test
    void answers_keep_the_order_of_the_frames_when_later_messages_are_ready_first() throws Exception {
        CountDownLatch laterOnesAreThrough = new CountDownLatch(9);
        AtomicInteger calls = new AtomicInteger();
        int port = camel.listenThreaded("in", exchange -> {
            if (calls.getAndIncrement() == 0) {
                laterOnesAreThrough.await(10, TimeUnit.SECONDS);
            } else {
                laterOnesAreThrough.countDown();
            }
        });
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            client.write(frames(10));
            for (int i = 0; i < 10; i++) {
                assertThat(client.read()).contains("\rMSA|AA|C" + i + "\r");
            }
        }
    }

    @Test
    void empty_frames_and_frames_with_nul_bytes_are_refused_with_a_code() throws Exception {
        int port = camel.listen("in", "", this::keep);
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            assertThat(client.ask("")).contains("MSA|AR|").contains("TM-HL7-0001");
            assertThat(client.ask(message("C1").replace("王^小明", "A\0B")))
                    .contains("MSA|AR|C1")
                    .contains("TM-HL7-0008");
            assertThat(client.ask("\0\0\0")).contains("MSA|AR|").contains("TM-HL7-0001");
            assertThat(client.ask(message("C2"))).contains("MSA|AA|C2");
        }
    }

    @Test
    void what_can_not_be_read_is_handed_on_with_its_reasons_and_refused() throws Exception {
        List<Object> reasons = new CopyOnWriteArrayList<>();
        int port = camel.listen("in", "", exchange -> {
            reasons.add(exchange.getProperty(ExchangeNames.READ_ISSUES));
            keep(exchange);
        });
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            String answer = client.ask(message("C1").replace("ADT^A01^ADT_A01", ""));
            assertThat(answer)
                    .contains("MSA|AR|C1")
                    .contains("ERR||MSH^1^9|101^")
                    .contains("TM-HL7-0003");
        }
        assertThat(received).hasSize(1);
        assertThat(reasons.get(0)).isInstanceOf(List.class);
    }

    @Test
    void a_message_the_listener_is_not_for_is_handed_on_with_its_reason_and_refused() throws Exception {
        int port = camel.listen("in", "&messages=ADT^A01,ORU", this::keep);
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            assertThat(client.ask(message("C1"))).contains("MSA|AA|C1");
            assertThat(client.ask(message("C2").replace("ADT^A01^ADT_A01", "ORU^R01^ORU_R01")))
                    .contains("MSA|AA|C2");
            assertThat(client.ask(message("C3").replace("ADT^A01^ADT_A01", "ADT^A08^ADT_A01")))
                    .contains("MSA|AR|C3")
                    .contains("ERR||MSH^1^9|201^")
                    .contains("TM-MLLP-0018");
            assertThat(client.ask(message("C4").replace("ADT^A01^ADT_A01", "VXU^V04^VXU_V04")))
                    .contains("MSA|AR|C4")
                    .contains("ERR||MSH^1^9|200^")
                    .contains("TM-MLLP-0017")
                    .contains("expected ADT^A01, ORU".replace("^", "\\S\\"));
        }
        assertThat(received).hasSize(4);
    }

    @Test
    void the_outcome_and_the_failures_of_the_route_decide_the_answer() throws Exception {
        int port = camel.listen("in", "", exchange -> {
            String id =
                    exchange.getMessage().getBody(ReceivedMessage.class).keys().controlId();
            switch (id) {
                case "OUTCOME" ->
                    exchange.setProperty(
                            ExchangeNames.OUTCOME,
                            new Outcome(
                                    Outcome.Disposition.REFUSED,
                                    7,
                                    List.of(Issue.of(Hl7Error.HEADER_FIELD_MISSING, "PID-3", "found nothing"))));
                case "CODED" -> throw new CodedException(Issue.of(MllpError.PROCESSING_FAILED, "PV1-2", "found 3"));
                default -> throw new IllegalStateException("王小明 must not be told");
            }
        });
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            assertThat(client.ask(message("OUTCOME")))
                    .contains("MSA|AR|OUTCOME")
                    .contains("ERR||PID^1^3|101^");
            assertThat(client.ask(message("CODED"))).contains("MSA|AE|CODED").contains("ERR||PV1^1^2|207^");
            assertThat(client.ask(message("OTHER")))
                    .contains("MSA|AE|OTHER")
                    .contains("TM-MLLP-0006")
                    .doesNotContain("王小明");
        }
    }

    @Test
    void a_message_whose_route_broke_off_is_answered_once_in_its_place_and_the_connection_goes_on() throws Exception {
        BlockingQueue<Exchange> broken = new LinkedBlockingQueue<>();
        BlockingQueue<AsyncCallback> neverCalled = new LinkedBlockingQueue<>();
        int port = camel.listen("in", "", new AsyncProcessorSupport() {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                ReceivedMessage message = exchange.getMessage().getBody(ReceivedMessage.class);
                if (message.keys().controlId().equals("BROKEN")) {
                    neverCalled.add(callback);
                    broken.add(exchange); // an error outside every step: it never comes back
                    return false;
                }
                callback.done(true);
                return true;
            }
        });
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            client.write(MllpClientSocket.frame(message("BROKEN").getBytes(StandardCharsets.UTF_8)));
            client.write(MllpClientSocket.frame(message("NEXT").getBytes(StandardCharsets.UTF_8)));
            Exchange exchange = broken.poll(10, TimeUnit.SECONDS);
            @SuppressWarnings("unchecked")
            Consumer<Outcome> waiting = exchange.getProperty(ExchangeNames.BROKEN_OFF, Consumer.class);
            Outcome refused =
                    new Outcome(Outcome.Disposition.REFUSED, 7, List.of(Issue.of(MllpError.PROCESSING_FAILED, "", "")));
            waiting.accept(refused);
            assertThat(client.read()).contains("MSA|AE|BROKEN").contains("TM-MLLP-0006");
            assertThat(client.read()).contains("MSA|AA|NEXT");
            waiting.accept(refused);
            assertThat(client.ask(message("LAST"))).contains("MSA|AA|LAST");
        } finally {
            neverCalled.forEach(callback -> callback.done(false)); // or Camel would wait for it when it stops
        }
    }

    @Test
    void every_message_of_a_batch_is_taken_alone_and_answered_in_one_batch() throws Exception {
        int port = camel.listen("in", "", this::keep);
        String batch = "FHS|^~\\&|HIS|HOSP|TM|CITY\rBHS|^~\\&|HIS|HOSP|TM|CITY|2026||||B1\r" + message("C1")
                + message("C2").replace("|2.5\r", "|9.9\r") + message("C3") + "BTS|4\rFTS|1\r";
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            String answer = client.ask(batch);
            assertThat(answer).startsWith("FHS|^~\\&|TM|CITY|HIS|HOSP\rBHS|^~\\&|TM|CITY|HIS|HOSP||||||B1\rMSH|");
            assertThat(answer.indexOf("MSA|AA|C1"))
                    .isPositive()
                    .isLessThan(answer.indexOf("MSA|AR|C2"))
                    .isLessThan(answer.indexOf("MSA|AA|C3"));
            assertThat(answer)
                    .contains("\rBTS|3|TM-MLLP-0005 ")
                    .contains("found 3 messages")
                    .endsWith("\rFTS|1\r");
            assertThat(client.ask(message("C4"))).contains("MSA|AA|C4");
        }
        assertThat(received.get(0).raw()).isEqualTo(message("C1").getBytes(StandardCharsets.UTF_8));
        assertThat(received).hasSize(4);
    }

    @Test
    void each_message_is_read_in_its_own_charset_and_answered_in_it() throws Exception {
        int port = camel.listen("in", "&charset=GB18030", this::keep);
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            client.write(
                    MllpClientSocket.frame(message("C1").replace("HIS", "聕詜").getBytes(GB18030)));
            assertThat(client.read(GB18030)).contains("|聕詜|").contains("MSA|AA|C1");
            client.write(MllpClientSocket.frame(message("C2")
                    .replace("|2.5\r", "|2.5||||||UNICODE UTF-8\r")
                    .replace("HIS", "聕詜")
                    .getBytes(StandardCharsets.UTF_8)));
            assertThat(client.read())
                    .contains("|聕詜|")
                    .contains("||||||UNICODE UTF-8\r")
                    .contains("MSA|AA|C2");
        }
        assertThat(received).allSatisfy(message -> assertThat(message.text()).contains("王^小明"));
        assertThat(received.get(0).charset()).isEqualTo(GB18030);
    }

    @Test
    void enhanced_mode_answers_as_the_conditions_say() throws Exception {
        List<Object> when = new CopyOnWriteArrayList<>();
        int port = camel.listen("in", "", exchange -> when.add(exchange.getProperty(ExchangeNames.ACKNOWLEDGE_WHEN)));
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            assertThat(client.ask(enhanced("C1", "AL|NE"))).contains("MSA|CA|C1");
            assertThat(client.ask(enhanced("C2", "NE|AL"))).contains("MSA|AA|C2");
            assertThat(client.ask(enhanced("C3", "AL|AL"))).contains("MSA|CA|C3");
            assertThat(client.read()).contains("MSA|AA|C3");
            assertThat(client.ask(enhanced("C4", "NE|NE"))).contains("MSA|AA|C4");
            assertThat(client.ask(enhanced("C5", "ER|"))).contains("MSA|CA|C5");
            assertThat(client.ask(enhanced("C6", "AL|AL").replace("|2.5|", "|9|")))
                    .contains("MSA|CR|C6");
            assertThat(client.ask(enhanced("C7", "NE|ER").replace("|2.5|", "|9|")))
                    .contains("MSA|AR|C7");
        }
        assertThat(when.subList(0, 5))
                .containsExactly(
                        AcknowledgeWhen.ACCEPTED,
                        AcknowledgeWhen.PROCESSED,
                        AcknowledgeWhen.PROCESSED,
                        AcknowledgeWhen.PROCESSED,
                        AcknowledgeWhen.ACCEPTED);
    }

    @Test
    void silence_is_kept_where_the_listener_is_told_to_keep_it() throws Exception {
        int port = camel.listen("in", "&silence=as-asked", this::keep);
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            client.send(enhanced("C1", "NE|NE"));
            client.send(enhanced("C2", "ER|NE"));
            assertThat(client.ask(message("C3"))).contains("MSA|AA|C3");
        }
        assertThat(received).hasSize(3);
    }

    @Test
    void a_listener_that_answers_on_acceptance_says_so_to_the_engine() throws Exception {
        List<Object> when = new CopyOnWriteArrayList<>();
        int port = camel.listen(
                "in",
                "&acknowledge=accepted",
                exchange -> when.add(exchange.getProperty(ExchangeNames.ACKNOWLEDGE_WHEN)));
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            assertThat(client.ask(message("C1"))).contains("MSA|AA|C1");
        }
        assertThat(when).containsExactly(AcknowledgeWhen.ACCEPTED);
    }

    private void keep(Exchange exchange) {
        received.add(exchange.getMessage().getBody(ReceivedMessage.class));
    }

    private static byte[] frames(int count) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            all.writeBytes(frame("C" + i));
        }
        return all.toByteArray();
    }

    private static byte[] frame(String controlId) {
        return MllpClientSocket.frame(message(controlId).getBytes(StandardCharsets.UTF_8));
    }

    private static String enhanced(String controlId, String conditions) {
        return message(controlId).replace("|2.5\r", "|2.5|||" + conditions + "\r");
    }

    private static String message(String controlId) {
        return "MSH|^~\\&|HIS|HOSP|TM|CITY|20260301120000||ADT^A01^ADT_A01|" + controlId + "|P|2.5\r"
                + "EVN|A01|20260301120000\rPID|1||P1^^^HOSP||王^小明\rPV1|1|I\r";
    }
}
