package org.tongmai.console.server.delivery;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.console.server.message.MessageFilter;
import org.tongmai.routes.engine.delivery.Replays;
import org.tongmai.routes.engine.delivery.Replays.Replay;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Plays selections again: in order, throttled, stoppable. */
@RestController
@RequestMapping("/api/replays")
public class ReplayController {
    private static final int DEFAULT_RATE = 50;
    private static final int HIGHEST_RATE = 2_000;

    private final Replays replays;

    public ReplayController(Replays replays) {
        this.replays = replays;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    ReplayView start(@RequestBody Start start, Authentication who) {
        if (start.selection() == null || start.selection().selectsEverything()) {
            throw new CodedException(
                    Issue.of(ConsoleError.BAD_PARAMETER, "selection", "expected: at least one criterion"));
        }
        int rate = start.perSecond() == null ? DEFAULT_RATE : start.perSecond();
        if (rate < 1 || rate > HIGHEST_RATE) {
            throw new CodedException(
                    Issue.of(ConsoleError.BAD_PARAMETER, "perSecond", "expected: 1 to " + HIGHEST_RATE));
        }
        return ReplayView.of(replays.start(start.selection().query(), rate, who.getName()));
    }

    @GetMapping
    List<ReplayView> recent() {
        return replays.recent().stream().map(ReplayView::of).toList();
    }

    @GetMapping("/{id}")
    ReplayView one(@PathVariable String id) {
        return ReplayView.of(existing(id));
    }

    @DeleteMapping("/{id}")
    ReplayView stop(@PathVariable String id) {
        replays.stop(existing(id).id());
        return ReplayView.of(existing(id));
    }

    private Replay existing(String id) {
        return replays.find(MessageFilter.number(id, "id"))
                .orElseThrow(() -> new CodedException(Issue.of(ConsoleError.NO_SUCH_REPLAY, "id", "")));
    }

    /** What to play again, and how fast. The selection's fields stand beside {@code perSecond}. */
    record Start(@JsonUnwrapped MessageFilter selection, Integer perSecond) {}

    /** A replay as the API shows it. */
    record ReplayView(
            String id,
            Instant requestedAt,
            String requestedBy,
            int perSecond,
            String state,
            int selected,
            int replayed) {
        static ReplayView of(Replay replay) {
            return new ReplayView(
                    Long.toString(replay.id()),
                    replay.requestedAt(),
                    replay.requestedBy(),
                    replay.perSecond(),
                    replay.state().name(),
                    replay.selected(),
                    replay.replayed());
        }
    }
}
