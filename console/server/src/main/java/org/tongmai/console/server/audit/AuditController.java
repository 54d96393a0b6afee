package org.tongmai.console.server.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.routes.engine.audit.AuditActs;
import org.tongmai.routes.engine.audit.AuditKind;
import org.tongmai.routes.engine.audit.AuditLog;
import org.tongmai.routes.engine.audit.AuditQuery;
import org.tongmai.routes.engine.audit.AuditQuery.Term;
import org.tongmai.routes.engine.audit.AuditSpan;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Searches and verifies the audit log. */
@RestController
@RequestMapping("/api/audit")
public class AuditController {
    private static final int MOST = 1_000;
    private static final Duration SPAN = Duration.ofDays(1);

    private final AuditLog log;
    private final InTurn searching = new InTurn();
    private final InTurn verifying = new InTurn();

    public AuditController(AuditLog log) {
        this.log = log;
    }

    /** Newest first; the last day unless said. Terms are exact: {@code actor, act, object, outcome, trace, address}. */
    @GetMapping
    AuditView.Page search(Span span, @RequestParam Map<String, String> all) {
        if (span.size() < 1 || span.size() > MOST) {
            throw new CodedException(Issue.of(ConsoleError.BAD_PARAMETER, "limit", "expected: 1 to " + MOST));
        }
        Instant to = span.to() == null ? Instant.now() : span.to().toInstant();
        Instant from = span.from() == null ? to.minus(SPAN) : span.from().toInstant();
        Map<Term, String> terms = new EnumMap<>(Term.class);
        for (Term term : Term.values()) {
            String value = all.get(term.name().toLowerCase(Locale.ROOT));
            if (value != null && !value.isEmpty()) {
                terms.put(term, value);
            }
        }
        AuditQuery query = new AuditQuery(from, to, terms, span.kind(), span.before(), span.size());
        return AuditView.Page.of(searching.run(() -> log.search(query)));
    }

    /** One record, and what shows that it is as it was written; numbers as a search or a verification tells them. */
    @GetMapping("/records/{node}/{block}/{record}")
    AuditView.Proof record(@PathVariable String node, @PathVariable long block, @PathVariable int record) {
        return searching
                .run(() -> log.proof(node, block, record))
                .map(AuditView.Proof::of)
                .orElseThrow(() -> new CodedException(Issue.of(ConsoleError.NO_SUCH_RECORD, "", "")));
    }

    /** What is kept, and for how long. */
    @GetMapping("/holding")
    AuditView.Holding holding() {
        return AuditView.Holding.of(searching.run(log::holding));
    }

    /** Some seconds' worth of it, one at a time; where {@code next} is not empty, ask again with it as {@code after}. */
    @GetMapping("/verify")
    AuditView.Verdict verify(
            @RequestParam(defaultValue = "") String node,
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) LocalDate from,
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) LocalDate to,
            @RequestParam(defaultValue = "") String after) {
        AuditSpan span = new AuditSpan(node, from, to, after);
        return AuditView.Verdict.of(verifying.run(() -> log.verify(span)));
    }

    @GetMapping("/keys")
    List<AuditView.Key> keys() {
        return log.keys().stream().map(AuditView.Key::of).toList();
    }

    /** What acts are called. */
    @GetMapping("/acts")
    Collection<AuditActs.Act> acts() {
        return AuditActs.all();
    }

    /** Which part of the log. */
    record Span(
            @DateTimeFormat(iso = ISO.DATE_TIME) OffsetDateTime from,
            @DateTimeFormat(iso = ISO.DATE_TIME) OffsetDateTime to,
            AuditKind kind,
            String before,
            Integer limit) {
        int size() {
            return limit == null ? 100 : limit;
        }
    }
}
