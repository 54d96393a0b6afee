package org.tongmai.routes.engine.bundle.sandbox.diff;

import java.util.List;
import java.util.Optional;
import org.tongmai.routes.engine.journal.Journal;
import org.tongmai.routes.engine.journal.JournalEntry;
import org.tongmai.routes.engine.journal.JournalStats;
import org.tongmai.routes.engine.journal.MessageJourney;
import org.tongmai.routes.engine.journal.MessageQuery;

/**
 * The journal as a bundle's author sees it who looks at one instance: what came in by {@code <instance>.<route>} came in
 * by {@code <bundle>.<route>}.
 */
public final class InstanceJournal implements Journal {
    private final Journal journal;
    private final String instance;
    private final String bundle;

    /** @param instance {@code <bundle>}, or {@code <bundle>.<tenant>} */
    public InstanceJournal(Journal journal, String instance, String bundle) {
        this.journal = journal;
        this.instance = instance + ".";
        this.bundle = bundle + ".";
    }

    /** The author's name of a route that belongs to the instance; any other as it is. */
    private String written(String feed) {
        return feed.startsWith(instance) ? bundle + feed.substring(instance.length()) : feed;
    }

    private String deployed(String feed) {
        boolean authors = feed != null && feed.startsWith(bundle) && !feed.startsWith(instance);
        return authors ? instance + feed.substring(bundle.length()) : feed;
    }

    @Override
    public List<JournalEntry> find(MessageQuery query) {
        MessageQuery asked = new MessageQuery(
                query.patient(),
                query.controlId(),
                query.type(),
                query.sender(),
                deployed(query.feed()),
                query.states(),
                query.from(),
                query.to(),
                query.before(),
                query.limit());
        return journal.find(asked).stream().map(this::written).toList();
    }

    @Override
    public Optional<MessageJourney> journey(long id) {
        return journal.journey(id)
                .map(found -> new MessageJourney(
                        written(found.entry()), found.topic(), found.resources(), found.deliveries(), found.replays()));
    }

    private JournalEntry written(JournalEntry entry) {
        return new JournalEntry(
                entry.id(),
                entry.receivedAt(),
                written(entry.feed()),
                entry.format(),
                entry.charset(),
                entry.keys(),
                entry.source(),
                entry.state(),
                entry.attempts(),
                entry.parentId(),
                entry.errorCode(),
                entry.issues(),
                entry.rawLength(),
                entry.settledAt());
    }

    @Override
    public Optional<byte[]> raw(long id) {
        return journal.raw(id);
    }

    @Override
    public JournalStats stats() {
        return journal.stats();
    }

    @Override
    public Optional<StoredMessage> stored(long messageId) {
        return journal.stored(messageId);
    }
}
