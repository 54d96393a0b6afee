package org.tongmai.console.server.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.tongmai.routes.engine.delivery.DeliveryState;
import org.tongmai.routes.engine.journal.Journal;
import org.tongmai.routes.engine.journal.JournalEntry;
import org.tongmai.routes.engine.journal.JournalStats;
import org.tongmai.routes.engine.journal.MessageJourney;
import org.tongmai.routes.engine.journal.MessageJourney.DeliveryRow;
import org.tongmai.routes.engine.journal.MessageQuery;
import org.tongmai.routes.engine.journal.MessageState;
import org.tongmai.standards.canonical.ResourceVersion;
import org.tongmai.standards.exchange.MessageKeys;

/** A journal of a few synthetic messages in memory, repeated so that there are several pages. */
public final class SampleJournal implements Journal {
    /** Larger than a script can hold exactly, as the real ones are. */
    static final long FIRST_ID = 2_026_112_000_000_000_001L;

    private static final int ROUNDS = 16;

    private final Map<Long, MessageJourney> messages = new ConcurrentSkipListMap<>(Comparator.reverseOrder());

    public SampleJournal() {
        List<String> rows = read("/samples/messages.csv")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
        Instant now = Instant.now();
        int count = rows.size() * ROUNDS;
        for (int i = 0; i < count; i++) {
            long id = FIRST_ID + count - i;
            String[] cells = rows.get(i % rows.size()).split(";", -1);
            Duration age = Duration.ofMinutes(Long.parseLong(cells[0])).plus(Duration.ofHours(i / rows.size()));
            messages.put(id, journey(id, now.minus(age), cells));
        }
    }

    private static MessageJourney journey(long id, Instant at, String[] cells) {
        MessageKeys keys = new MessageKeys(
                cells[3], cells[4], cells[5], cells[6], "2.5.1", cells[7], cells[8], "20261120081500+0800", List.of());
        MessageState state = MessageState.valueOf(cells[9]);
        Instant settled = state == MessageState.PROCESSING ? null : at.plusMillis(21);
        List<String> issues = cells[11].isEmpty() ? List.of() : List.of(cells[11]);
        JournalEntry entry = new JournalEntry(
                id,
                at,
                cells[1],
                "hl7v2:message",
                cells[2],
                keys,
                "10.1.2.3:40112",
                state,
                1,
                0,
                cells[10],
                issues,
                bytes(cells[2]).length,
                settled);
        List<ResourceVersion> resources =
                words(cells[12]).map(SampleJournal::resource).toList();
        List<DeliveryRow> deliveries =
                words(cells[13]).map(word -> delivery(word, at)).toList();
        return new MessageJourney(
                entry, resources.isEmpty() ? "" : "patient-administration", resources, deliveries, List.of());
    }

    private static Stream<String> words(String cell) {
        return Arrays.stream(cell.split(" ")).filter(word -> !word.isEmpty());
    }

    private static ResourceVersion resource(String word) {
        String[] parts = word.split("/");
        return new ResourceVersion(parts[0], parts[1], Integer.parseInt(parts[2]));
    }

    private static DeliveryRow delivery(String word, Instant at) {
        String[] parts = word.split("=");
        DeliveryState state = DeliveryState.valueOf(parts[1]);
        boolean delivered = state == DeliveryState.DELIVERED;
        String code = delivered ? "" : state == DeliveryState.PARKED ? "TM-DELIVERY-0004" : "TM-DELIVERY-0001";
        String cause = delivered
                ? ""
                : code.endsWith("4") ? "The destination refused the content" : "The destination can not be reached";
        return new DeliveryRow(
                parts[0],
                state,
                delivered ? 1 : 4,
                delivered ? null : at.plusSeconds(600),
                code,
                cause,
                delivered ? at.plusMillis(340) : null,
                parts.length < 3 ? List.of() : List.of(parts[2].replace('_', ' ')));
    }

    private static byte[] bytes(String charset) {
        return read("/samples/admit.hl7")
                .strip()
                .replace("\n", "\r")
                .concat("\r")
                .getBytes(Charset.forName(charset));
    }

    private static String read(String name) {
        try (InputStream in = SampleJournal.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Adds a child as a replay would, and returns its number. */
    long replay(long parent) {
        MessageJourney original = messages.get(parent);
        long child = messages.keySet().iterator().next() + 1;
        JournalEntry e = original.entry();
        JournalEntry copy = new JournalEntry(
                child,
                Instant.now(),
                e.feed(),
                e.format(),
                e.charset(),
                e.keys(),
                "",
                MessageState.PROCESSING,
                1,
                parent,
                "",
                List.of(),
                e.rawLength(),
                null);
        messages.put(child, new MessageJourney(copy, "", List.of(), List.of(), List.of()));
        List<Long> replays = new ArrayList<>(original.replays());
        replays.add(child);
        messages.put(
                parent, new MessageJourney(e, original.topic(), original.resources(), original.deliveries(), replays));
        return child;
    }

    @Override
    public List<JournalEntry> find(MessageQuery query) {
        return messages.values().stream()
                .map(MessageJourney::entry)
                .filter(entry -> fits(entry, query))
                .limit(query.limit())
                .toList();
    }

    private static boolean fits(JournalEntry entry, MessageQuery query) {
        MessageKeys keys = entry.keys();
        return (query.before() == 0 || entry.id() < query.before())
                && (query.patient() == null || (keys.patientId() + "^").startsWith(query.patient() + "^"))
                && (query.controlId() == null || keys.controlId().equals(query.controlId()))
                && (query.type() == null || (keys.type() + "^").startsWith(query.type() + "^"))
                && (query.sender() == null || keys.sender().equals(query.sender()))
                && (query.feed() == null || entry.feed().equals(query.feed()))
                && (query.states().isEmpty() || query.states().contains(entry.state()))
                && (query.from() == null || !entry.receivedAt().isBefore(query.from()))
                && (query.to() == null || entry.receivedAt().isBefore(query.to()));
    }

    @Override
    public Optional<MessageJourney> journey(long id) {
        return Optional.ofNullable(messages.get(id));
    }

    @Override
    public Optional<byte[]> raw(long id) {
        return journey(id).map(journey -> bytes(journey.entry().charset()));
    }

    @Override
    public Optional<StoredMessage> stored(long id) {
        return journey(id).map(journey -> new StoredMessage(journey.entry().receivedAt(), journey.resources(), ""));
    }

    @Override
    public JournalStats stats() {
        return new JournalStats(80, 64, 16, 16, 48, 16, 16, 3);
    }
}
