package org.tongmai.routes.engine.journal.internal;

import java.util.List;
import java.util.UUID;
import org.tongmai.routes.engine.journal.JournalService.Incoming;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.AcknowledgeWhen;
import org.tongmai.standards.exchange.ReceivedMessage;

/** A message on its way into the journal. The committer gives it its number, so numbers follow the order of commits. */
final class Arrival {
    final ReceivedMessage message;
    final String feed;
    final AcknowledgeWhen when;
    final long parentId;
    /** What refuses it; empty for a readable message. */
    List<Issue> issues;

    /** Idempotency key, or null where the message has none. */
    final UUID key;

    final UUID digest;
    long id;

    Arrival(Incoming incoming) {
        this.message = incoming.message();
        this.feed = incoming.feed();
        this.when = incoming.when();
        this.issues = incoming.readIssues();
        this.parentId = incoming.parentId();
        boolean keyed = issues.isEmpty() && parentId == 0 && !message.keys().controlId().isEmpty();
        this.key = keyed ? Digests.key(message.keys()) : null;
        this.digest = keyed ? Digests.of(message.raw()) : null;
    }

    boolean refused() {
        return !issues.isEmpty();
    }

    /** What the journal says about an arrival. */
    sealed interface Verdict {
        /** New and durable: process it. */
        record Fresh(long id) implements Verdict {}

        /** Durable, and refused for what was found reading it or because its control id was reused. */
        record Refused(long id, List<Issue> issues) implements Verdict {}

        /** The same came before and has its positive answer. */
        record Seen(long id) implements Verdict {}

        /** The same came before and is still under way, here or elsewhere. */
        record UnderWay(long id, String node) implements Verdict {}

        /** The same came before and was given up without ever having been acknowledged. */
        record GivenUp(long id) implements Verdict {}

        /** The first was refused in this very moment: ask again. */
        record Again() implements Verdict {}
    }
}
