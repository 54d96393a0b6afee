package org.tongmai.console.server.sample;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.tongmai.routes.engine.delivery.Replays;
import org.tongmai.routes.engine.journal.MessageQuery;
import org.tongmai.routes.engine.journal.MessageState;

/** Remembers what was asked for. */
public final class SampleReplays implements Replays {
    private final SampleJournal journal;
    private final Map<Long, Replay> replays = new ConcurrentSkipListMap<>();

    public SampleReplays(SampleJournal journal) {
        this.journal = journal;
    }

    @Override
    public long replay(long messageId, String requestedBy) {
        return journal.replay(messageId);
    }

    @Override
    public Replay start(MessageQuery selection, int perSecond, String requestedBy) {
        long id = replays.size() + 1L;
        int selected = journal.find(selection).size();
        Replay replay = new Replay(id, Instant.now(), requestedBy, perSecond, Replay.State.RUNNING, selected, 0);
        replays.put(id, replay);
        return replay;
    }

    @Override
    public Replay repair(MissingRow cause, int perSecond, String requestedBy) {
        MessageQuery failed = new MessageQuery(
                null, null, null, null, null, Set.of(MessageState.REFUSED, MessageState.PARKED), null, null, 0, 500);
        return start(failed, perSecond, requestedBy);
    }

    @Override
    public void stop(long replayId) {
        replays.computeIfPresent(
                replayId,
                (id, r) -> new Replay(
                        id, r.requestedAt(), r.requestedBy(), r.perSecond(), Replay.State.STOPPED, r.selected(), 0));
    }

    @Override
    public Optional<Replay> find(long replayId) {
        return Optional.ofNullable(replays.get(replayId));
    }

    @Override
    public List<Replay> recent() {
        return List.copyOf(replays.values());
    }
}
