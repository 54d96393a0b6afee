package org.tongmai.routes.engine.bundle.sandbox.diff;

import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.tongmai.routes.engine.journal.Journal;
import org.tongmai.routes.engine.journal.JournalEntry;
import org.tongmai.routes.engine.journal.MessageQuery;
import org.tongmai.standards.exchange.ReceivedMessage;

/** Reads a span of the journal page by page, feed by feed; never holds more than a page. */
public final class JournalTraffic implements Iterable<Journalled> {
    private static final int PAGE = 500;
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final Journal journal;
    private final Span span;
    private final List<String> feeds;

    /** @param feeds route ids; one that is empty means any */
    public JournalTraffic(Journal journal, Span span, List<String> feeds) {
        this.journal = journal;
        this.span = span;
        this.feeds = List.copyOf(feeds);
    }

    @Override
    public Iterator<Journalled> iterator() {
        return new Pages();
    }

    /** One message by its number; empty when there is none, or its day was dropped. */
    public static Optional<Journalled> message(Journal journal, long id) {
        return journal.journey(id).map(journey -> read(journal, journey.entry()));
    }

    /** The message as it was received; null when its day was dropped meanwhile. */
    private static Journalled read(Journal journal, JournalEntry entry) {
        return journal.raw(entry.id()).map(raw -> of(entry, raw)).orElse(null);
    }

    private static Journalled of(JournalEntry entry, byte[] raw) {
        Charset charset = Charset.forName(entry.charset());
        String text = new String(raw, charset);
        ReceivedMessage message = new ReceivedMessage(
                entry.format(),
                raw,
                charset,
                text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text,
                entry.keys(),
                entry.source(),
                entry.receivedAt());
        return new Journalled(entry.id(), entry.feed(), message);
    }

    private final class Pages implements Iterator<Journalled> {
        private final Deque<String> toRead = new ArrayDeque<>(feeds);
        private final Deque<Journalled> page = new ArrayDeque<>();
        private long before;
        private int left = span.limit();

        @Override
        public boolean hasNext() {
            while (page.isEmpty() && left > 0 && !toRead.isEmpty()) {
                fill();
            }
            return !page.isEmpty() && left > 0;
        }

        @Override
        public Journalled next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            left--;
            return page.poll();
        }

        private void fill() {
            List<JournalEntry> entries = new ArrayList<>(journal.find(new MessageQuery(
                    null, null, span.type(), null, toRead.peek(), null, span.from(), span.to(), before, PAGE)));
            if (entries.size() < PAGE) {
                toRead.poll();
                before = 0;
            } else {
                before = entries.get(entries.size() - 1).id();
            }
            entries.removeIf(entry -> entry.parentId() != 0);
            for (JournalEntry entry : entries) {
                Journalled message = page.size() < left ? read(journal, entry) : null;
                if (message != null) {
                    page.add(message);
                }
            }
        }
    }
}
