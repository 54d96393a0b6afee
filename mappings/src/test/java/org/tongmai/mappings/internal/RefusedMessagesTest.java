package org.tongmai.mappings.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.tongmai.mappings.Extent;
import org.tongmai.mappings.TestMessages;
import org.tongmai.standards.hl7v2.Hl7Message;
import org.tongmai.standards.hl7v2.Hl7Value;

/** Beside every message map lies a message that it refuses, with the reason. */
class RefusedMessagesTest {
    /** An acknowledgement that comes in as a message makes nothing, so that nothing in it can be missing. */
    private static final String MAKES_NOTHING = "ACK";

    @Test
    void every_message_map_has_a_golden_message_that_it_refuses() throws IOException {
        Map<String, String> maps = new HashMap<>();
        TreeSet<String> lacking = new TreeSet<>();
        for (MapFile file : new MapLibrary(List.of(), new ArrayList<>()).messages()) {
            file.message().events().forEach(event -> maps.put(event, file.from()));
            lacking.add(file.from());
        }
        for (String name : TestMessages.goldenNames(Extent.STORED)) {
            boolean refused = !Files.exists(TestMessages.GOLDEN.resolve(name + ".canonical.json"));
            Hl7Value type =
                    Hl7Message.parse(TestMessages.golden(name).text()).header().field(9);
            String kind = type.component(1).text();
            String event = kind + "^" + type.component(2).text();
            if (refused && (maps.containsKey(event) || maps.containsKey(kind))) {
                lacking.remove(maps.getOrDefault(event, maps.get(kind)));
            }
        }
        assertThat(lacking).containsExactly(MAKES_NOTHING);
    }
}
