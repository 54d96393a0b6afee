package org.tongmai.console.server.message;

import java.nio.charset.Charset;
import java.util.List;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.mappings.Lineage;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.routes.engine.bundle.FormerMappings;
import org.tongmai.routes.engine.journal.Journal;
import org.tongmai.routes.engine.journal.JournalEntry;
import org.tongmai.routes.engine.journal.MessageJourney;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ReceivedMessage;
import org.tongmai.standards.exchange.StoredMessages.StoredMessage;
import org.tongmai.standards.hl7v2.Hl7Decoder;

/**
 * Explains where the canonical elements of one message of the journal came from, by the rows it was mapped by and
 * the tables in force now.
 * Accounts that may not see patient data see fields, rows and tables, and no values.
 */
@RestController
public class LineageController {
    private static final String FORMAT = "hl7v2:message";

    private final Journal journal;
    private final MappingEngine mappings;
    private final FormerMappings former;

    public LineageController(Journal journal, MappingEngine mappings, FormerMappings former) {
        this.journal = journal;
        this.mappings = mappings;
        this.former = former;
    }

    /**
     * @param element {@code Patient/abc.identifier[0].value}, {@code Patient.gender}; all elements where it is left out
     */
    @GetMapping("/api/messages/{id}/lineage")
    List<Lineage> lineage(
            @PathVariable String id, @RequestParam(defaultValue = "") String element, Authentication who) {
        JournalEntry entry = journal.journey(MessageFilter.number(id, "id"))
                .map(MessageJourney::entry)
                .orElseThrow(() -> new CodedException(Issue.of(ConsoleError.NO_SUCH_MESSAGE, "id", "")));
        if (!entry.format().equals(FORMAT)) {
            throw new CodedException(
                    Issue.of(ConsoleError.NO_LINEAGE, "id", "found " + entry.format() + ", expected " + FORMAT));
        }
        byte[] raw = journal.raw(entry.id())
                .orElseThrow(() -> new CodedException(Issue.of(ConsoleError.NO_SUCH_MESSAGE, "id", "no bytes")));
        List<Lineage> found = rows(entry).explain(read(entry, raw)).of(element);
        if (found.size() > Lineage.MOST) {
            String detail = "found " + found.size() + " origins, expected at most " + Lineage.MOST;
            throw new CodedException(Issue.of(ConsoleError.TOO_MUCH, "element", detail));
        }
        return Masking.seesPatientData(who)
                ? found
                : found.stream().map(Lineage::withoutData).toList();
    }

    /** The rows of the version that mapped it; of what was not stored, the platform's. */
    private MappingEngine rows(JournalEntry entry) {
        String maps = journal.stored(entry.id()).map(StoredMessage::maps).orElse("");
        if (maps.isEmpty()) {
            return mappings;
        }
        return former.find(entry.feed(), maps)
                .orElseThrow(() -> new CodedException(
                        Issue.of(ConsoleError.NO_LINEAGE, "id", "the rows that mapped it are no longer there")));
    }

    private static ReceivedMessage read(JournalEntry entry, byte[] raw) {
        Hl7Decoder.Decoded decoded = Hl7Decoder.decode(raw, Charset.forName(entry.charset()));
        return new ReceivedMessage(
                FORMAT, raw, decoded.charset(), decoded.text(), entry.keys(), entry.source(), entry.receivedAt());
    }
}
