package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.tongmai.console.app.HospitalFeed.Sends;

/** Compares what hospitals know to be acknowledged with the journal and with what the receivers have in their ledgers. */
final class Reckoning {
    private final PlatformClient client;
    private final Path data;

    Reckoning(PlatformClient client, Path data) {
        this.client = client;
        this.data = data;
    }

    /** Acknowledged = journalled = delivered: nothing lost, nothing twice, each patient's messages in order everywhere. */
    void agreesWith(List<HospitalFeed> feeds) throws IOException {
        Map<String, String> sent = new HashMap<>();
        feeds.forEach(feed -> sent.putAll(feed.acknowledged()));
        Map<String, String> journalled = journalled(feeds);
        assertThat(journalled.values()).as("journalled once").doesNotHaveDuplicates();
        assertThat(new HashSet<>(journalled.values()))
                .as("acknowledged = journalled")
                .isEqualTo(sent.keySet());
        List<String> inOrder = journalled.entrySet().stream()
                .sorted(Comparator.comparingLong(each -> Long.parseLong(each.getKey())))
                .map(Map.Entry::getValue)
                .toList();
        eachPatientInOrder("journalled", inOrder, sent);
        district(acknowledgedOf(feeds, Sends.ADMISSIONS), journalled);
        downstream(acknowledgedOf(feeds, Sends.RESULTS));
    }

    private static Map<String, String> acknowledgedOf(List<HospitalFeed> feeds, Sends kind) {
        Map<String, String> acknowledged = new HashMap<>();
        feeds.stream().filter(feed -> feed.sends() == kind).forEach(feed -> acknowledged.putAll(feed.acknowledged()));
        return acknowledged;
    }

    private void district(Map<String, String> sent, Map<String, String> journalled) throws IOException {
        List<String> arrived = new ArrayList<>();
        for (String[] record : districtRecords()) {
            String controlId = journalled.get(record[1]);
            if (controlId != null) {
                assertThat(record[2]).as("patient of " + controlId).contains(sent.get(controlId));
                arrived.add(controlId);
            }
        }
        assertThat(arrived).as("delivered to the district once").doesNotHaveDuplicates();
        assertThat(new HashSet<>(arrived))
                .as("journalled = delivered to the district")
                .isEqualTo(sent.keySet());
        eachPatientInOrder("received by the district", arrived, sent);
        assertThat(sumOfImports("duplicates"))
                .as("records that came in two files")
                .isZero();
        assertThat(sumOfImports("rejected")).as("records the district refused").isZero();
    }

    /** The downstream system's own ledger; what came to it again is beside it. */
    private void downstream(Map<String, String> sent) throws IOException {
        List<String> arrived = new ArrayList<>();
        for (String[] row : rows("sample-downstream/ledger.csv")) {
            if (sent.containsKey(row[1])) {
                assertThat(row[2]).as("patient of " + row[1]).isEqualTo(sent.get(row[1]));
                arrived.add(row[1]);
            }
        }
        assertThat(arrived).as("taken by the downstream system once").doesNotHaveDuplicates();
        assertThat(new HashSet<>(arrived)).as("journalled = taken downstream").isEqualTo(sent.keySet());
        eachPatientInOrder("taken by the downstream system", arrived, sent);
        for (String[] again : rows("sample-downstream/repetitions.csv")) {
            String last = "";
            for (String controlId : arrived.subList(0, Math.min(arrived.size(), Integer.parseInt(again[0])))) {
                last = sent.get(controlId).equals(again[2]) ? controlId : last;
            }
            assertThat(again[1])
                    .as("what comes again is the last of its patient")
                    .isEqualTo(last);
        }
    }

    int repetitionsDownstream() throws IOException {
        return rows("sample-downstream/repetitions.csv").size();
    }

    private static void eachPatientInOrder(String what, List<String> controlIds, Map<String, String> patients) {
        Map<String, Integer> lastOfPatient = new HashMap<>();
        for (String controlId : controlIds) {
            int number = Integer.parseInt(controlId.substring(controlId.indexOf('-') + 1));
            Integer last = lastOfPatient.put(patients.get(controlId), number);
            assertThat(last == null || last < number)
                    .as("order of one patient, " + what + ": " + controlId + " after " + last)
                    .isTrue();
        }
    }

    private List<String[]> rows(String file) throws IOException {
        Path path = data.resolve(file);
        return Files.exists(path)
                ? Files.readAllLines(path).stream()
                        .skip(1)
                        .map(line -> line.split(","))
                        .toList()
                : List.of();
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
        return rows("sample-district/ledger.csv");
    }
}
