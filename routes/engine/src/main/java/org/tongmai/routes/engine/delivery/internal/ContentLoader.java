package org.tongmai.routes.engine.delivery.internal;

import java.nio.charset.Charset;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.tongmai.routes.engine.delivery.Delivering;
import org.tongmai.routes.engine.delivery.DeliveryError;
import org.tongmai.routes.engine.journal.MessageIds;
import org.tongmai.routes.engine.journal.OrderingKeys;
import org.tongmai.standards.canonical.CanonicalBatch;
import org.tongmai.standards.canonical.CanonicalDelivery;
import org.tongmai.standards.canonical.CanonicalEvent;
import org.tongmai.standards.canonical.CanonicalRepository;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.canonical.ResourceVersion;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.MessageKeys;
import org.tongmai.standards.exchange.ReceivedMessage;

/** Loads what the deliveries of a batch speak of: two round trips a batch, whatever its size. */
public final class ContentLoader {
    private static final String EVENTS =
            """
            select message_id, topic, event, patient_key, resources, occurred_at from event
            where received_on = ? and message_id = any(?)""";
    private static final String ORIGINAL =
            """
            select m.format, m.charset, b.raw, m.sender, m.receiver, m.control_id, m.type, m.version, m.patient_id,
              m.visit_id, m.sent_at, m.received_at, m.also_patients
            from message m join message_body b on b.id = m.id and b.received_on = m.received_on
            where m.id = ? and m.received_on = ? and b.received_on = ?""";
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final DataSource dataSource;
    private final CanonicalRepository repository;

    public ContentLoader(DataSource dataSource, CanonicalRepository repository) {
        this.dataSource = dataSource;
        this.repository = repository;
    }

    /** @throws CodedException {@link DeliveryError#CONTENT_MISSING} when an event or a version is not there */
    CanonicalBatch canonical(Delivering how, Batch batch) throws SQLException {
        Map<Long, CanonicalEvent> events = events(batch);
        Set<ResourceVersion> wanted = new LinkedHashSet<>();
        for (CanonicalEvent event : events.values()) {
            event.resources().stream().filter(each -> how.carries(each.type())).forEach(wanted::add);
        }
        Map<ResourceVersion, CanonicalResource> found =
                wanted.isEmpty() ? Map.of() : repository.readVersions(List.copyOf(wanted));
        List<CanonicalDelivery> deliveries = new ArrayList<>(batch.rows().size());
        for (DeliveryRow row : batch.rows()) {
            CanonicalEvent event = events.get(row.messageId());
            if (event == null) {
                throw missing("event of message " + row.messageId());
            }
            List<CanonicalResource> resources =
                    new ArrayList<>(event.resources().size());
            for (ResourceVersion version : event.resources()) {
                CanonicalResource resource = found.get(version);
                if (resource != null) {
                    resources.add(resource);
                } else if (how.carries(version.type())) {
                    throw missing(version.type() + " of message " + row.messageId());
                }
            }
            deliveries.add(new CanonicalDelivery(event, resources));
        }
        return new CanonicalBatch(batch.id(), how.destination(), deliveries);
    }

    /** The message as it came in. */
    public ReceivedMessage original(long messageId) throws SQLException {
        LocalDate day = MessageIds.dayOf(messageId);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(ORIGINAL)) {
            statement.setLong(1, messageId);
            statement.setObject(2, day);
            statement.setObject(3, day);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw missing("message " + messageId);
                }
                return received(row);
            }
        }
    }

    private static ReceivedMessage received(ResultSet row) throws SQLException {
        Charset charset = Charset.forName(row.getString(2));
        byte[] raw = row.getBytes(3);
        String text = new String(raw, charset);
        String also = row.getString(13);
        MessageKeys keys = new MessageKeys(
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getString(11),
                also == null ? List.of() : OrderingKeys.split(also));
        return new ReceivedMessage(
                row.getString(1),
                raw,
                charset,
                text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text,
                keys,
                "",
                row.getObject(12, OffsetDateTime.class).toInstant());
    }

    private Map<Long, CanonicalEvent> events(Batch batch) throws SQLException {
        Map<LocalDate, List<Long>> days = new TreeMap<>();
        batch.rows().forEach(row -> days.computeIfAbsent(row.day(), any -> new ArrayList<>())
                .add(row.messageId()));
        Map<Long, CanonicalEvent> events = new HashMap<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(EVENTS)) {
            for (Map.Entry<LocalDate, List<Long>> day : days.entrySet()) {
                statement.setObject(1, day.getKey());
                statement.setArray(
                        2, connection.createArrayOf("bigint", day.getValue().toArray()));
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        events.put(rows.getLong(1), event(rows));
                    }
                }
            }
        }
        return events;
    }

    private static CanonicalEvent event(ResultSet row) throws SQLException {
        return new CanonicalEvent(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                versions(row.getString(5)),
                row.getObject(6, OffsetDateTime.class).toInstant());
    }

    /** Reads {@code Patient/abc/3 Encounter/def/1}. */
    private static List<ResourceVersion> versions(String resources) {
        List<ResourceVersion> versions = new ArrayList<>();
        for (String each : resources.isEmpty() ? new String[0] : resources.split(" ")) {
            int id = each.indexOf('/');
            int version = each.lastIndexOf('/');
            versions.add(new ResourceVersion(
                    each.substring(0, id),
                    each.substring(id + 1, version),
                    Integer.parseInt(each.substring(version + 1))));
        }
        return versions;
    }

    private static CodedException missing(String what) {
        return new CodedException(Issue.of(DeliveryError.CONTENT_MISSING, "", what));
    }
}
