package org.tongmai.adapters.hl7mllp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.exchange.ReceivedMessage;

class MllpServerIT {
    private final CamelOnPorts camel = new CamelOnPorts();
    private final List<ReceivedMessage> received = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        camel.close();
    }

    @Test
    void two_hundred_frames_in_one_packet_are_all_answered_in_order() throws Exception {
        int port = camel.listen("in", "", this::keep);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < 200; i++) {
            all.writeBytes(MllpClientSocket.frame(message("C" + i).getBytes(StandardCharsets.UTF_8)));
        }
        try (MllpClientSocket client = new MllpClientSocket(port)) {
            client.write(all.toByteArray());
            for (int i = 0; i < 200; i++) {
                assertThat(client.read()).contains("\rMSA|AA|C" + i + "\r");
            }
        }
        assertThat(received).hasSize(200);
    }

    private void keep(Exchange exchange) {
        received.add(exchange.getMessage().getBody(ReceivedMessage.class));
    }

    private static String message(String controlId) {
        return "MSH|^~\\&|HIS|HOSP|TM|CITY|20260301120000||ADT^A01^ADT_A01|" + controlId + "|P|2.5\r"
                + "EVN|A01|20260301120000\rPID|1||P1^^^HOSP||王^小明\rPV1|1|I\r";
    }
}
