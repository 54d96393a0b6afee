package org.tongmai.console.server.terminology;

import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.routes.engine.delivery.Replays;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.terminology.ConceptMap;
import org.tongmai.standards.terminology.Terminology;
import org.tongmai.standards.terminology.TerminologyService;
import org.tongmai.standards.terminology.TerminologyService.LocalMeaning;
import org.tongmai.standards.terminology.TerminologyStore;
import org.tongmai.standards.terminology.TerminologyStore.Version;
import org.tongmai.standards.terminology.UnmappedCodes;

/** Codes that had no row, most frequent first; and saying what one means, with the repair of what failed for it. */
@RestController
@RequestMapping("/api/terminology/unmapped")
public class UnmappedController {
    private static final int PAGE = 100;
    private static final int LARGEST_PAGE = 1_000;
    private static final int LOOKED_AT = 10_000;
    private static final int DEFAULT_RATE = 50;
    private static final int HIGHEST_RATE = 2_000;
    private static final int LONGEST_VALUE = 250;

    private final TerminologyService service;
    private final TerminologyStore store;
    private final Replays replays;

    public UnmappedController(TerminologyService service, TerminologyStore store, Replays replays) {
        this.service = service;
        this.store = store;
        this.replays = replays;
    }

    /** What still has no row today. */
    @GetMapping
    List<LineView> unmapped(
            @RequestParam(required = false) String sender,
            @RequestParam(required = false) String conceptMap,
            @RequestParam(required = false) Integer limit) {
        int most = limit == null ? PAGE : limit;
        if (most < 1 || most > LARGEST_PAGE) {
            throw refused("limit", "expected: 1 to " + LARGEST_PAGE);
        }
        Terminology terminology = service.inForce().terminology();
        return store.unmapped(LOOKED_AT).stream()
                .filter(line -> sender == null || sender.equals(line.key().sender()))
                .filter(line ->
                        conceptMap == null || conceptMap.equals(line.key().conceptMap()))
                .filter(line -> isUnmapped(terminology, line.key()))
                .limit(most)
                .map(line -> LineView.of(line, terminology))
                .toList();
    }

    private static boolean isUnmapped(Terminology terminology, UnmappedCodes.Key key) {
        return terminology.hasConceptMap(key.conceptMap())
                && terminology.conceptMap(key.conceptMap()).target(key.code(), key.sender()) == null;
    }

    /** Adds what the code means and replays what was refused or parked for it: in order, throttled, stoppable. */
    @PostMapping("/repair")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Repaired repair(@RequestBody Repair repair, Authentication who) {
        int rate = repair.perSecond() == null ? DEFAULT_RATE : repair.perSecond();
        if (rate < 1 || rate > HIGHEST_RATE) {
            throw refused("perSecond", "expected: 1 to " + HIGHEST_RATE);
        }
        Version version = service.map(repair.meaning(), who.getName(), repair.reason());
        Replays.Replay replay =
                replays.repair(new Replays.MissingRow(repair.conceptMap(), repair.sender()), rate, who.getName());
        return new Repaired(version.number(), Long.toString(replay.id()));
    }

    private static CodedException refused(String parameter, String expected) {
        return new CodedException(Issue.of(ConsoleError.BAD_PARAMETER, parameter, expected));
    }

    /**
     * What a code means.
     *
     * @param target code it becomes; empty or absent when it has no equivalent
     * @param targetSystem absent: that of the map's own rows with this target
     * @param perSecond messages replayed a second at most, by default 50
     */
    record Repair(
            String conceptMap,
            String sender,
            String code,
            String target,
            String targetSystem,
            String reason,
            Integer perSecond) {
        LocalMeaning meaning() {
            return new LocalMeaning(
                    required(conceptMap, "conceptMap"),
                    required(sender, "sender"),
                    required(code, "code"),
                    new ConceptMap.Target(optional(targetSystem, "targetSystem"), optional(target, "target"), ""));
        }

        private static String required(String value, String name) {
            if (value == null || value.isBlank()) {
                throw refused(name, "expected: a value");
            }
            return optional(value, name);
        }

        private static String optional(String value, String name) {
            if (value != null && value.length() > LONGEST_VALUE) {
                throw refused(name, "expected: up to " + LONGEST_VALUE + " characters");
            }
            return value == null ? "" : value;
        }
    }

    /**
     * What was begun.
     *
     * @param version of the tables, in force now
     * @param replay number under {@code /api/replays}
     */
    record Repaired(long version, String replay) {}

    /**
     * One line of the work list.
     *
     * @param code as the sender writes it; empty where it was not kept
     * @param policy what becomes of it: {@code REFUSE}, {@code KEEP} or {@code DEFAULT}
     */
    record LineView(
            String sender,
            String conceptMap,
            String title,
            String code,
            String policy,
            long count,
            Instant firstSeen,
            Instant lastSeen) {
        static LineView of(UnmappedCodes.Line line, Terminology terminology) {
            ConceptMap map = terminology.conceptMap(line.key().conceptMap());
            return new LineView(
                    line.key().sender(),
                    map.name(),
                    map.origin().title(),
                    line.key().code(),
                    map.policy().unmapped().name(),
                    line.count(),
                    line.firstSeen(),
                    line.lastSeen());
        }
    }
}
