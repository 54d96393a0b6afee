package org.tongmai.routes.engine.audit.internal;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.tongmai.routes.engine.audit.AuditFinding.Kind;

/** Brings the checkpoints of the database and those of the node's file to the check, each when its block has been seen. */
final class CheckpointFeed {
    private static final int PAGE = 256;

    private final Trail trail;
    private final ChainCheck check;
    private final String node;
    private final Deque<Checkpoint> page = new ArrayDeque<>();
    private final File file;
    private final long newest;
    private long read;
    private long expected;
    private long compared;
    private Checkpoint next;

    /**
     * The node's own file.
     *
     * @param lines from its begin
     * @param newest number of the last line that counts
     * @param stored number of the last one that the database was told, too
     * @param key fingerprint of the key that this node has now: what it signed must be in the file
     */
    record Own(Iterator<String> lines, long newest, long stored, String key) {}

    /**
     * @param place which checkpoints
     * @param own null for a chain of another node
     */
    CheckpointFeed(Trail trail, ChainCheck check, Place place, Own own) {
        this.trail = trail;
        this.check = check;
        this.node = place.node();
        this.newest = place.newest();
        this.read = place.after();
        this.expected = place.after() + 1;
        this.file = own == null ? null : new File(own, place.after());
    }

    /**
     * Which checkpoints.
     *
     * @param node whose
     * @param after number of the last that is not looked at
     * @param newest number of the last that was there before any block was read: what it signs must be found
     */
    record Place(String node, long after, long newest) {}

    /** Compares all that sign this block or one before it. */
    void upTo(long sequence) throws SQLException {
        for (Checkpoint each = peek(); each != null && each.head().sequence() <= sequence; each = peek()) {
            next = null;
            compared++;
            check.compare(each);
        }
        if (file != null) {
            file.onlyThere(sequence);
        }
    }

    /** The chain ends here: whatever is left signs what is no longer there. */
    void end() throws SQLException {
        Checkpoint beyond = peek();
        if (beyond == null && file != null) {
            beyond = file.beyond();
        }
        if (beyond != null) {
            check.tell(
                    Kind.TAIL,
                    check.last().sequence() + 1,
                    beyond.number(),
                    "a checkpoint signs block " + beyond.head().sequence() + "; the last that is there is "
                            + check.last().sequence());
        }
    }

    long compared() {
        return compared;
    }

    /** The next genuine one; what is not is told and left out. */
    private Checkpoint peek() throws SQLException {
        while (next == null) {
            if (page.isEmpty() && read < newest) {
                page.addAll(trail.checkpoints(node, read, PAGE));
            }
            Checkpoint candidate = page.poll();
            if (candidate == null || candidate.number() > newest) {
                return null;
            }
            read = candidate.number();
            if (candidate.number() != expected) {
                check.tell(
                        Kind.CHECKPOINT_MISSING,
                        0,
                        expected,
                        "found: checkpoint " + candidate.number() + "; expected: " + expected);
            }
            expected = candidate.number() + 1;
            if (file != null) {
                file.compare(candidate);
            }
            if (check.genuine(candidate)) {
                next = candidate;
            }
        }
        return next;
    }

    /** The node's own file, read along. */
    private final class File {
        private final Iterator<String> lines;
        private final String key;
        private final long newest;
        private final long stored;
        private final long after;
        private long line;
        private long last;
        private Checkpoint ahead;

        File(Own own, long after) {
            this.lines = own.lines();
            this.key = own.key();
            this.newest = own.newest();
            this.stored = own.stored();
            this.after = after;
        }

        /** The line of this checkpoint must be there, and be the same. */
        void compare(Checkpoint fromTable) {
            while (ahead() != null && ahead.number() < fromTable.number()) {
                ahead = null;
            }
            if (ahead != null && ahead.number() == fromTable.number()) {
                if (!ahead.line().equals(fromTable.line())) {
                    check.tell(Kind.FILE, 0, fromTable.number(), "line " + line + " of the file says another thing");
                }
                ahead = null;
            } else if (fromTable.key().equals(key)) {
                check.tell(Kind.FILE, 0, fromTable.number(), "the line is gone from the file");
            }
        }

        /** What the database does not have. */
        void onlyThere(long sequence) throws SQLException {
            if (peek() != null) {
                return;
            }
            while (ahead() != null && ahead.head().sequence() <= sequence) {
                Checkpoint only = ahead;
                ahead = null;
                if (check.genuine(only)) {
                    check.compare(only);
                    if (only.number() <= stored) {
                        check.tell(Kind.CHECKPOINT_MISSING, 0, only.number(), "is in the file only");
                    }
                }
            }
        }

        Checkpoint beyond() {
            while (ahead() != null) {
                if (check.genuine(ahead)) {
                    return ahead;
                }
                ahead = null;
            }
            return null;
        }

        private Checkpoint ahead() {
            // What comes after the newest may just be being written.
            while (ahead == null && last < newest && lines.hasNext()) {
                line++;
                try {
                    Checkpoint read = Checkpoint.read(lines.next());
                    if (read.number() > after && read.number() <= newest) {
                        if (last != 0 && read.number() != last + 1) {
                            check.tell(Kind.FILE, 0, last + 1, "found: " + read.number() + " in line " + line);
                        }
                        last = read.number();
                        ahead = read;
                    }
                } catch (IllegalArgumentException e) {
                    check.tell(Kind.FILE, 0, 0, "line " + line + " is no checkpoint");
                }
            }
            return ahead;
        }
    }
}
