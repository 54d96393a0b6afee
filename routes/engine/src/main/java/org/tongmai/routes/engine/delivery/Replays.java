package org.tongmai.routes.engine.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tongmai.routes.engine.journal.MessageQuery;

/** Replays journalled messages through their feed as children of the originals: in order, throttled, stoppable. */
public interface Replays {
    /**
     * Replays one message now.
     *
     * @return the number of the child message
     * @throws org.tongmai.standards.error.CodedException when the message or its feed is not there
     */
    long replay(long messageId, String requestedBy);

    /** Replays a selection, oldest first, at most {@code perSecond} messages a second. Returns at once. */
    Replay start(MessageQuery selection, int perSecond, String requestedBy);

    /**
     * Replays what was refused or parked because a table had no row for a code and would be taken now: oldest first, each
     * message once, at most {@code perSecond} messages a second. Returns at once.
     */
    Replay repair(MissingRow cause, int perSecond, String requestedBy);

    /** Stops it; what is under way is finished, nothing new is begun. */
    void stop(long replayId);

    Optional<Replay> find(long replayId);

    List<Replay> recent();

    /**
     * Why messages failed.
     *
     * @param conceptMap name of the map that had no row
     * @param sender MSH-4, or MSH-3 where there is none
     */
    record MissingRow(String conceptMap, String sender) {}

    /**
     * A replay of a selection, as seen now.
     *
     * @param selected how many messages it is about
     * @param replayed how many of them were replayed
     */
    record Replay(
            long id, Instant requestedAt, String requestedBy, int perSecond, State state, int selected, int replayed) {

        /** Where a replay is. */
        public enum State {
            RUNNING,
            STOPPED,
            FINISHED
        }
    }
}
