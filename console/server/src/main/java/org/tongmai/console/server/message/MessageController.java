package org.tongmai.console.server.message;

import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.routes.engine.delivery.Replays;
import org.tongmai.routes.engine.journal.Journal;
import org.tongmai.routes.engine.journal.JournalEntry;
import org.tongmai.routes.engine.journal.JournalStats;
import org.tongmai.routes.engine.journal.MessageJourney;
import org.tongmai.routes.engine.journal.MessageQuery;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Reads the journal over HTTP, and plays one message again. */
@RestController
@RequestMapping("/api")
public class MessageController {
    private final Journal journal;
    private final Replays replays;

    public MessageController(Journal journal, Replays replays) {
        this.journal = journal;
        this.replays = replays;
    }

    @GetMapping("/journal/stats")
    JournalStats stats() {
        return journal.stats();
    }

    @GetMapping("/messages")
    Page find(@ModelAttribute MessageFilter filter, Authentication who) {
        MessageQuery query = filter.query();
        boolean masked = !Masking.seesPatientData(who);
        List<JournalEntry> found = journal.find(query);
        boolean more = found.size() == query.limit();
        return new Page(
                found.stream().map(entry -> MessageView.of(entry, masked)).toList(),
                more ? Long.toString(found.get(found.size() - 1).id()) : null);
    }

    @GetMapping("/messages/{id}")
    JourneyView journey(@PathVariable String id, Authentication who) {
        return JourneyView.of(existing(id), !Masking.seesPatientData(who));
    }

    /** Gives the bytes exactly as received; {@code X-Tongmai-Charset} says how they were read. */
    @GetMapping("/messages/{id}/raw")
    ResponseEntity<byte[]> raw(@PathVariable String id) {
        JournalEntry entry = existing(id).entry();
        byte[] raw = journal.raw(entry.id()).orElseThrow(MessageController::noSuchMessage);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header("X-Tongmai-Charset", entry.charset())
                .header("X-Tongmai-Format", entry.format())
                .header("Content-Disposition", "attachment; filename=\"message-" + entry.id() + ".bin\"")
                .body(raw);
    }

    @PostMapping("/messages/{id}/replay")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Map<String, String> replay(@PathVariable String id, Authentication who) {
        long child = replays.replay(existing(id).entry().id(), who.getName());
        return Map.of("id", Long.toString(child), "parent", id);
    }

    private MessageJourney existing(String id) {
        return journal.journey(MessageFilter.number(id, "id")).orElseThrow(MessageController::noSuchMessage);
    }

    private static CodedException noSuchMessage() {
        return new CodedException(Issue.of(ConsoleError.NO_SUCH_MESSAGE, "id", ""));
    }

    /** One page; {@code next} goes into {@code before} of the next request, null on the last. */
    record Page(List<MessageView> items, String next) {}
}
