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

    private static final String FHIR = "fhir:request";
    private static final String FHIR_MESSAGE = "message^";

    static MessageView of(JournalEntry entry, boolean masked) {
        MessageKeys keys = masked ? masked(entry.format(), entry.keys()) : entry.keys();
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
                keys.patientId(),
                keys.visitId(),
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

    /** Patient and visit; of a FHIR request also what its sender chose itself and nobody knows: it may name somebody. */
    private static MessageKeys masked(String format, MessageKeys keys) {
        boolean fhir = format.equals(FHIR);
        return new MessageKeys(
                fhir ? Masking.hideBehind('|', keys.sender()) : keys.sender(),
                fhir ? Masking.hide(keys.receiver()) : keys.receiver(),
                fhir ? Masking.hide(keys.controlId()) : keys.controlId(),
                fhir && keys.type().startsWith(FHIR_MESSAGE) ? Masking.hideBehind('^', keys.type()) : keys.type(),
                keys.version(),
                Masking.mask(keys.patientId()),
                Masking.mask(keys.visitId()),
                keys.sentAt(),
                List.of());
    }

    /** Names no patient. */
    @Override
    public String toString() {
        return "MessageView[" + id + "]";
    }
}
