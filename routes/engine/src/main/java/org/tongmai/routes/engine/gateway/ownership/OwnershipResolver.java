package org.tongmai.routes.engine.gateway.ownership;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.node.LastingWork;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.patientindex.PersonIdentifier;
import org.tongmai.standards.patientindex.PersonRelations;
import org.tongmai.standards.patientindex.PersonRelations.Question;
import org.tongmai.standards.patientindex.PersonRelations.Relation;

/**
 * Asks the patient index how identifiers are related. One thread of its own asks what many calls want to know in one go; no
 * thread of the path waits. An answer is kept for some seconds: that long a guardianship that was ended still counts. What can
 * not be known is a failure, never a yes.
 */
public final class OwnershipResolver implements AutoCloseable {
    private static final Duration KEPT = Duration.ofSeconds(5);
    private static final int MOST_KEPT = 100_000;
    private static final int MOST_WAITING = 10_000;
    private static final int MOST_AT_ONCE = 500;
    private static final long PATIENCE_SECONDS = 5;

    private final PersonRelations relations;
    private final Cache<Question, Relation> known =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).expireAfterWrite(KEPT).build();
    private final BlockingQueue<Ask> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final List<Ask> current = new ArrayList<>();
    private final Thread thread;
    private volatile boolean closing;

    private record Ask(Set<Question> questions, CompletableFuture<Map<Question, Relation>> answer) {}

    /** @param relations the patient index; may block */
    public OwnershipResolver(PersonRelations relations) {
        this.relations = relations;
        this.thread = LastingWork.thread("gateway-ownership", this::work, () -> fail(current));
        thread.start();
    }

    /** How the subject stands to each of the others; fails with {@link GatewayError#OWNERSHIP_UNKNOWN}. */
    public CompletableFuture<Map<PersonIdentifier, Relation>> relations(
            PersonIdentifier subject, Set<PersonIdentifier> others) {
        Map<PersonIdentifier, Relation> found = new HashMap<>();
        Set<Question> open = new HashSet<>();
        for (PersonIdentifier other : others) {
            Question question = new Question(subject, other);
            Relation relation = subject.equals(other) ? Relation.SAME : known.getIfPresent(question);
            if (relation == null) {
                open.add(question);
            } else {
                found.put(other, relation);
            }
        }
        if (open.isEmpty()) {
            return CompletableFuture.completedFuture(found);
        }
        Ask ask = new Ask(open, new CompletableFuture<>());
        if (closing || !waiting.offer(ask)) {
            return CompletableFuture.failedFuture(unknown("more than " + MOST_WAITING + " questions wait"));
        }
        return ask.answer().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).handle((answers, failure) -> {
            if (failure != null) {
                throw failure instanceof CodedException coded ? coded : unknown("no answer");
            }
            open.forEach(each -> found.put(each.other(), answers.getOrDefault(each, Relation.NONE)));
            return found;
        });
    }

    private void work() {
        while (!closing) {
            try {
                current.add(waiting.take());
                waiting.drainTo(current, MOST_AT_ONCE);
                answer(current);
                current.clear();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void answer(List<Ask> asks) {
        Set<Question> questions = new HashSet<>();
        asks.forEach(ask -> questions.addAll(ask.questions()));
        try {
            Map<Question, Relation> answers = relations.relate(questions);
            answers.forEach(known::put);
            asks.forEach(ask -> ask.answer().complete(answers));
        } catch (CodedException e) {
            asks.forEach(
                    ask -> ask.answer().completeExceptionally(unknown(e.code().code())));
        }
    }

    private void fail(List<Ask> asks) {
        asks.forEach(ask -> ask.answer().completeExceptionally(unknown("failed")));
        asks.clear();
    }

    private static Refused unknown(String detail) {
        return new Refused(GatewayError.OWNERSHIP_UNKNOWN, "", detail);
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        List<Ask> left = new ArrayList<>();
        waiting.drainTo(left);
        fail(left);
    }
}
