package org.tongmai.console.server.message;

import java.time.Instant;
import java.util.List;
import org.tongmai.routes.engine.journal.JournalEntry;
import org.tongmai.standards.exchange.MessageKeys;

/** One message in a list. Numbers are strings: they are larger than what a script can hold exactly. */
record MessageView(
        String id,
        Instant receivedAt,
        String feed,
        String format,
        String charset,
        String type,
        String version,
        String sender,
        String receiver,
        String controlId,
        String patient,
        String visit,
        String sentAt,
        String source,
        String state,
        int attempts,
        String parent,
        String errorCode,
        List<String> issues,
        int bytes,
        Instant settledAt,
        boolean masked) {

    static MessageView of(JournalEntry entry, boolean masked) {
        MessageKeys keys = entry.keys();
        return new MessageView(
                Long.toString(entry.id()),
                entry.receivedAt(),
                entry.feed(),
                entry.format(),
                entry.charset(),
                keys.type(),
                keys.version(),
                keys.sender(),
                keys.receiver(),
                keys.controlId(),
                masked ? Masking.mask(keys.patientId()) : keys.patientId(),
                masked ? Masking.mask(keys.visitId()) : keys.visitId(),
                keys.sentAt(),
                entry.source(),
                entry.state().name(),
                entry.attempts(),
                entry.parentId() == 0 ? null : Long.toString(entry.parentId()),
                entry.errorCode(),
                entry.issues(),
                entry.rawLength(),
                entry.settledAt(),
                masked);
    }

    /** Names no patient. */
    @Override
    public String toString() {
        return "MessageView[" + id + "]";
    }
}
