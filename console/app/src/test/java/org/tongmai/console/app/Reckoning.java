package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares what hospitals know to be acknowledged with the journal and with what the district has in its ledger. */
final class Reckoning {
    private final PlatformClient client;
    private final Path data;

    Reckoning(PlatformClient client, Path data) {
        this.client = client;
        this.data = data;
    }

    /** Acknowledged = journalled = delivered: nothing lost, nothing twice, each patient's messages in order. */
    void agreesWith(List<HospitalFeed> feeds) throws IOException {
        Map<String, String> sent = new HashMap<>();
        feeds.forEach(feed -> sent.putAll(feed.acknowledged()));
        Map<String, String> journalled = journalled(feeds);
        assertThat(journalled.values()).as("journalled once").doesNotHaveDuplicates();
        assertThat(new HashSet<>(journalled.values()))
                .as("acknowledged = journalled")
                .isEqualTo(sent.keySet());

        Set<String> arrived = new HashSet<>();
        Map<String, Integer> lastOfPatient = new HashMap<>();
        for (String[] record : districtRecords()) {
            String controlId = journalled.get(record[1]);
            if (controlId == null) {
                continue;
            }
            assertThat(arrived.add(controlId))
                    .as("delivered once: " + controlId)
                    .isTrue();
            assertThat(record[2]).as("patient of " + controlId).contains(sent.get(controlId));
            int number = Integer.parseInt(controlId.substring(controlId.indexOf('-') + 1));
            Integer last = lastOfPatient.put(record[2], number);
            assertThat(last == null || last < number)
                    .as("order of one patient: " + controlId + " after " + last)
                    .isTrue();
        }
        assertThat(arrived).as("journalled = delivered").isEqualTo(sent.keySet());
        assertThat(sumOfImports("duplicates"))
                .as("records that came in two files")
                .isZero();
        assertThat(sumOfImports("rejected")).as("records the district refused").isZero();
    }

    /**
     * The ledger itself leaves repetitions out; the district counts them beside it. The same file again, as after a
     * crash, is not a repetition: it replaces itself.
     */
    private long sumOfImports(String column) throws IOException {
        List<String> lines = Files.readAllLines(data.resolve("sample-district/imports.csv"));
        int index = List.of(lines.get(0).split(",")).indexOf(column);
        return lines.stream()
                .skip(1)
                .mapToLong(line -> Long.parseLong(line.split(",")[index]))
                .sum();
    }

    /** Control ids of what was not refused, by message number. */
    private Map<String, String> journalled(List<HospitalFeed> feeds) {
        Map<String, String> controlIds = new HashMap<>();
        String before = "";
        do {
            JsonNode page = client.json("/api/messages?limit=500" + before);
            for (JsonNode item : page.get("items")) {
                String controlId = item.get("controlId").asText();
                boolean ours = feeds.stream().anyMatch(feed -> controlId.startsWith(feed.controlIdPrefix()));
                if (ours && !item.get("state").asText().equals("REFUSED")) {
                    controlIds.put(item.get("id").asText(), controlId);
                }
            }
            before = page.path("next").isMissingNode() || page.path("next").isNull()
                    ? null
                    : "&before=" + page.get("next").asText();
        } while (before != null);
        return controlIds;
    }

    /** The district's own ledger: message number and patient, in order of arrival. */
    List<String[]> districtRecords() throws IOException {
        return Files.readAllLines(data.resolve("sample-district/ledger.csv")).stream()
                .skip(1)
                .map(line -> line.split(","))
                .toList();
    }
}
