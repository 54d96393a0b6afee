package org.tongmai.routes.engine.journal;

import java.util.List;
import java.util.Optional;
import org.tongmai.standards.exchange.StoredMessages;

/** Reads the journal: for the console and for service accounts. */
public interface Journal extends StoredMessages {
    /** Newest first, at most {@code query.limit()}. */
    List<JournalEntry> find(MessageQuery query);

    Optional<MessageJourney> journey(long id);

    /** The bytes as received. */
    Optional<byte[]> raw(long id);

    JournalStats stats();
}
