package org.tongmai.routes.engine.journal;

import java.time.Instant;
import java.util.List;
import org.tongmai.standards.exchange.MessageKeys;

/**
 * One message as the journal shows it, without its bytes.
 *
 * @param id its number
 * @param receivedAt when
 * @param feed route it came in by
 * @param format data type of the bytes
 * @param charset how the bytes were read
 * @param keys what it is found by
 * @param source remote address
 * @param state where it is
 * @param attempts how often processing was begun
 * @param parentId the message it replays, or 0
 * @param errorCode why it was refused or parked, or empty
 * @param issues one line an issue
 * @param rawLength bytes
 * @param settledAt when it was refused, stored or parked, or null
 */
public record JournalEntry(
        long id,
        Instant receivedAt,
        String feed,
        String format,
        String charset,
        MessageKeys keys,
        String source,
        MessageState state,
        int attempts,
        long parentId,
        String errorCode,
        List<String> issues,
        int rawLength,
        Instant settledAt) {}
