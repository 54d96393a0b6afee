package org.tongmai.console.app.start;

import java.util.List;
import java.util.Optional;
import org.tongmai.routes.engine.delivery.Replays;
import org.tongmai.routes.engine.journal.MessageQuery;

/** Stands where the engine's replays will be wired. */
final class ReplaysToCome implements Replays {
    @Override
    public long replay(long messageId, String requestedBy) {
        throw new UnsupportedOperationException("replay is not wired");
    }

    @Override
    public Replay start(MessageQuery selection, int perSecond, String requestedBy) {
        throw new UnsupportedOperationException("replay is not wired");
    }

    @Override
    public void stop(long replayId) {
        throw new UnsupportedOperationException("replay is not wired");
    }

    @Override
    public Optional<Replay> find(long replayId) {
        return Optional.empty();
    }

    @Override
    public List<Replay> recent() {
        return List.of();
    }
}
