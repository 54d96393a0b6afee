package org.tongmai.routes.engine.gateway.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.gateway.request.MediaType;
import org.tongmai.routes.engine.gateway.request.ReadCall;
import org.tongmai.routes.engine.gateway.rules.OwnershipRule;
import org.tongmai.routes.engine.gateway.rules.OwnershipRule.Part;
import org.tongmai.standards.error.FailureFacts;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;
import org.tongmai.standards.patientindex.PersonIdentifier;
import org.tongmai.standards.patientindex.PersonRelations.Relation;

/**
 * Holds calls and answers to the ownership policies of a service: every identifier at every place must be the user's own, or
 * of somebody the user may act for. What can not be read in one way only is refused, never passed.
 */
public final class OwnershipCheck {
    private static final Set<String> NEVER_ASKED = Set.of("accept-encoding", "range", "if-range");
    private static final Set<String> OF_NOBODY = Set.of("date", "retry-after");

    /** Different identifiers of one call or one answer: each is a question to the patient index. */
    static final int MOST_IDENTIFIERS = 100;

    private final List<IdentifierPlace> asked;
    private final List<IdentifierPlace> answered;
    private final OwnershipResolver resolver;

    /** @param path the service's path, with the names of its segments */
    public OwnershipCheck(OwnershipRule rule, String path, OwnershipResolver resolver) {
        List<IdentifierPlace> places = rule.policies().stream()
                .map(policy -> new IdentifierPlace(policy, path, rule.policies()))
                .toList();
        this.asked = places.stream().filter(each -> !each.part().isAnswered()).toList();
        this.answered = places.stream().filter(each -> each.part().isAnswered()).toList();
        this.resolver = resolver;
    }

    /** Completes when the user may call; fails with a coded refusal otherwise. */
    public CompletableFuture<Void> call(ReadCall call, PersonIdentifier subject) {
        Map<IdentifierPlace, Set<PersonIdentifier>> found = new LinkedHashMap<>();
        try {
            JsonNode body = asked.stream()
                    .filter(place -> place.readsBody(call.call()))
                    .findFirst()
                    .map(place -> place.body(call.call()))
                    .orElse(null);
            asked.forEach(place -> found.put(place, Set.copyOf(place.in(call, body))));
        } catch (Refused e) {
            return CompletableFuture.failedFuture(e);
        }
        return held(found, subject, GatewayError.NOT_OWNED);
    }

    /** A call as it may go on: what would make the answer unreadable here is not asked for. */
    public HttpCall forwarded(HttpCall call) {
        return inContent().findAny().isEmpty()
                ? call
                : call.with(call.fields().only(name -> !NEVER_ASKED.contains(name.toLowerCase(Locale.ROOT))));
    }

    /** The answer as the user may have it; fails with a coded refusal when it is withheld. */
    public CompletableFuture<HttpAnswer> answer(HttpAnswer answer, PersonIdentifier subject) {
        boolean went = answer.status() >= 200 && answer.status() < 300;
        if (!answered.isEmpty() && !went) {
            return CompletableFuture.completedFuture(onlyItsStatus(answer));
        }
        if (answered.isEmpty()) {
            return CompletableFuture.completedFuture(answer);
        }
        Map<IdentifierPlace, Set<PersonIdentifier>> found = new LinkedHashMap<>();
        try {
            JsonNode read = read(answer);
            answered.stream()
                    .filter(place -> read != null || place.part() == Part.ANSWER_FIELD)
                    .forEach(place -> found.put(place, Set.copyOf(place.in(answer, read))));
        } catch (Refused e) {
            Refused why = e.code() == GatewayError.ANSWER_UNREADABLE
                    ? e
                    : new Refused(
                            GatewayError.ANSWER_UNREADABLE, e.issues().get(0).location(), "");
            return CompletableFuture.failedFuture(why);
        }
        return held(found, subject, GatewayError.ANSWER_NOT_OWNED).handle((nothing, failure) -> {
            if (failure != null) {
                throw withheld(failure);
            }
            return answer;
        });
    }

    private Stream<IdentifierPlace> inContent() {
        return answered.stream().filter(place -> place.part() == Part.ANSWER);
    }

    /** Its content; null where there is none, or nothing is looked for in it. */
    private JsonNode read(HttpAnswer answer) {
        IdentifierPlace place = inContent().findAny().orElse(null);
        if (place == null || answer.content().length() == 0) {
            return null;
        }
        requireReadable(answer);
        return place.read(answer.body());
    }

    /** The service has done what it was asked: nobody is told to come again. */
    private static Refused withheld(Throwable failure) {
        Throwable cause = FailureFacts.unwrapped(failure);
        return cause instanceof Refused refused && !refused.retryable()
                ? refused
                : new Refused(GatewayError.ANSWER_UNREADABLE, "", "the patient index can not be asked");
    }

    /** What a failed call says, in fields too, has no place for an identifier, so nobody can say whose it is. */
    private static HttpAnswer onlyItsStatus(HttpAnswer answer) {
        HttpFields fields = answer.fields().only(name -> OF_NOBODY.contains(name.toLowerCase(Locale.ROOT)));
        return new HttpAnswer(answer.status(), fields, new byte[0]);
    }

    private static void requireReadable(HttpAnswer answer) {
        List<String> types = answer.fields().all("content-type");
        boolean json = types.size() == 1
                && MediaType.of(types.get(0))
                        .filter(type -> IdentifierPlace.isJson(type.name())
                                && type.parameters()
                                        .getOrDefault("charset", "utf-8")
                                        .equalsIgnoreCase("utf-8"))
                        .isPresent();
        boolean plain = answer.fields().all("content-encoding").stream().allMatch("identity"::equalsIgnoreCase);
        if (!json || !plain) {
            throw new Refused(GatewayError.ANSWER_UNREADABLE, "content-type", "expected: JSON in UTF-8, not encoded");
        }
    }

    private CompletableFuture<Void> held(
            Map<IdentifierPlace, Set<PersonIdentifier>> found, PersonIdentifier subject, GatewayError otherwise) {
        Set<PersonIdentifier> all = new HashSet<>();
        found.values().forEach(all::addAll);
        if (all.size() > MOST_IDENTIFIERS) {
            IdentifierPlace first = found.keySet().iterator().next();
            return CompletableFuture.failedFuture(first.unreadable(
                    "found: " + all.size() + " identifiers (expected: at most " + MOST_IDENTIFIERS + ")"));
        }
        return resolver.relations(subject, all)
                .thenAccept(relations -> found.forEach((place, identifiers) -> {
                    for (PersonIdentifier each : identifiers) {
                        if (!place.allows(relations.getOrDefault(each, Relation.NONE))) {
                            throw new Refused(otherwise, place.where(), "");
                        }
                    }
                }));
    }
}
