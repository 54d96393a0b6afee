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

    /** What was noticed and does not refuse it. */
    List<Issue> warnings;

    /** What it is recognised by, or null where it has no control id. */
    final Identity identity;

    long id;

    Arrival(Incoming incoming) {
        this.message = incoming.message();
        this.feed = incoming.feed();
        this.when = incoming.when();
        this.issues = incoming.readIssues();
        this.warnings = incoming.readWarnings();
        this.parentId = incoming.parentId();
        boolean keyed =
                issues.isEmpty() && parentId == 0 && !message.keys().controlId().isEmpty();
        this.identity = keyed ? new Identity(Digests.key(message.keys()), Digests.content(message)) : null;
    }

    /**
     * Two messages with the same identity are one message sent twice.
     *
     * @param key of sender, receiver and control id
     * @param digest of the content without the time of sending, which a repetition may have changed
     */
    record Identity(UUID key, UUID digest) implements Comparable<Identity> {
        @Override
        public int compareTo(Identity other) {
            int byKey = key.compareTo(other.key);
            return byKey != 0 ? byKey : digest.compareTo(other.digest);
        }
    }

    boolean refused() {
        return !issues.isEmpty();
    }

    /** What the journal says about an arrival. */
    sealed interface Verdict {
        /** New and durable: process it. */
        record Fresh(long id) implements Verdict {}

        /** Durable, and refused for what was found reading it. */
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
