package org.tongmai.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.exchange.MessageKeys;
import org.tongmai.standards.exchange.ReceivedMessage;
import org.tongmai.standards.terminology.Terminology;

class MappingEngineTest {
    private static final MappingEngine ENGINE =
            MappingEngine.compile(Terminology.load(), MappingSettings.defaults());

    @Test
    void an_admission_becomes_a_patient_and_a_visit() {
        String text = "MSH|^~\\&|HIS|HOSP1|TM|TM|20261120101500||ADT^A01^ADT_A01|1|P|2.5.1\r"
                + "EVN|A01|20261120101500\r"
                + "PID|1||P0001^^^HOSP1^MR~310101199001011234^^^PSB&2.16.156.10011.1.3&ISO^NNCHN||王^小明||19900101|M|||健康路88号^^上海市^^200000^CHN^H||^PRN^PH^^^^13800000000\r"
                + "PV1|1|I|W1^R2^B3^HOSP1|||||D001^李^医生|||||||||||V0001^^^HOSP1^VN|||||||||||||||||||||||||20261120100000\r";
        CanonicalBundle bundle = ENGINE.map(received(text));
        for (CanonicalResource r : bundle.resources()) {
            System.out.println(r.content().toPrettyString());
        }
        System.out.println(bundle.issues());
        assertThat(bundle.resources()).extracting(CanonicalResource::type).contains("Patient", "Encounter");
    }

    static ReceivedMessage received(String text) {
        return new ReceivedMessage(
                "hl7v2:message",
                text.getBytes(StandardCharsets.UTF_8),
                StandardCharsets.UTF_8,
                text,
                new MessageKeys("", "", "", "", "", "", "", ""),
                "",
                Instant.EPOCH);
    }
}
