package org.tongmai.adapters.fhir.internal.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.adapters.fhir.FhirSettings;
import org.tongmai.adapters.fhir.internal.Matching;
import org.tongmai.adapters.fhir.internal.write.Change.Verb;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalIds;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.canonical.CanonicalSearch;
import org.tongmai.standards.canonical.StoredResource;
import org.tongmai.standards.canonical.WriteRule;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.exchange.MessageKeys;
import org.tongmai.standards.exchange.ReceivedMessage;

/**
 * Says what a submission means for the store: which resource each change is about, how it is laid over what is stored,
 * and where its references lead. What may have changed until the commit is guarded by the version that was seen.
 */
final class Planner {
    private static final String WITHIN_MESSAGE = "urn:tongmai:message";

    private final StoredTypes types;
    private final CanonicalSearch search;
    private final Matching matching;
    private final Targets targets;

    /** Why a submission is planned. */
    enum Run {
        /** It came, and was not processed before. */
        RECEIVED,
        /** Somebody wants it again. */
        REPLAYED
    }

    Planner(StoredTypes types, CanonicalSearch search, FhirSettings settings) {
        this.types = types;
        this.search = search;
        this.matching = new Matching(search, settings);
        this.targets = new Targets(types);
    }

    /**
     * What is to be stored.
     *
     * @param bundle one resource for each change, in the order of the changes
     * @param before the version each of them had, 0 where there was none
     */
    record Plan(CanonicalBundle bundle, List<Integer> before) {}

    Plan plan(Submission submission, ReceivedMessage message, Run run) {
        if (submission.kind() == Submission.Kind.BATCH) {
            throw ChangeReader.refuse(FhirError.INVALID_REQUEST, "", "expected its entries by themselves");
        }
        StoreView store = new StoreView(search, matching, submission.base());
        References references = new References(store, submission.base());
        MessageKeys keys = message.keys();
        String number = CanonicalIds.idFor("Bundle", keys.sender() + "|" + keys.controlId(), message.text());
        Map<String, Planned> planned = new LinkedHashMap<>();
        for (Change change : submission.changes()) {
            Planned next = planned(change, store, number + "|" + planned.size());
            boolean untried = change.verb() == Verb.PATCH && change.resource() == null;
            if (untried || run == Run.REPLAYED) {
                requireOlder(next, store, message.receivedAt());
            }
            references.entry(change.fullUrl(), next.reference());
            if (planned.put(next.reference(), next) != null) {
                throw ChangeReader.refuse(
                        FhirError.INVALID_REQUEST, change.place(), "expected each resource once in a request");
            }
        }
        List<CanonicalResource> resources = new ArrayList<>();
        for (Planned each : planned.values()) {
            references.resolve(each.change());
            each.content().put("id", each.id());
            resources.add(new CanonicalResource(each.change().type(), each.id(), each.content(), each.rule()));
        }
        String topic = types.topic(
                planned.values().stream().map(each -> each.change().type()).toList());
        List<String> patients = PatientKey.of(resources, keys, types);
        CanonicalBundle bundle = new CanonicalBundle(
                topic, keys.type(), patients.get(0), resources, List.of(), patients.subList(1, patients.size()));
        return new Plan(bundle, planned.values().stream().map(Planned::before).toList());
    }

    private record Planned(Change change, String id, int before, WriteRule rule) {
        String reference() {
            return change.type() + "/" + id;
        }

        ObjectNode content() {
            return change.resource();
        }
    }

    private Planned planned(Change change, StoreView store, String number) {
        return switch (change.verb()) {
            case CREATE -> created(change, store, number);
            case UPDATE -> updated(change, store, number);
            case PATCH -> patched(change, store);
        };
    }

    private Planned created(Change change, StoreView store, String number) {
        String noneExist = change.conditions().noneExist();
        Optional<StoredResource> known = noneExist.isEmpty()
                ? Optional.empty()
                : store.only(change.type(), noneExist, change.at("request.ifNoneExist", "If-None-Exist"));
        String id = known.map(each -> each.version().id()).orElseGet(() -> idFor(change, number));
        WriteRule rule = noneExist.isEmpty() ? WriteRule.MERGE : new WriteRule(WriteRule.Mode.KEEP, WriteRule.ANY);
        return new Planned(change, id, Targets.version(known.or(() -> store.find(change.type(), id))), rule);
    }

    private Planned updated(Change change, StoreView store, String number) {
        Optional<StoredResource> known = targets.find(change, store);
        String id = known.map(each -> each.version().id())
                .orElseGet(() -> change.id().isEmpty() ? idFor(change, number) : change.id());
        String own = change.resource().path("id").asText();
        if (!own.isEmpty() && !own.equals(id)) {
            throw ChangeReader.refuse(
                    FhirError.INVALID_REQUEST,
                    change.at(change.type() + ".id"),
                    "expected the id of the match, or none");
        }
        int before = Targets.version(known);
        Targets.requireVersion(change, before);
        if (before == 0) {
            requireNew(change, id, store);
        }
        known.ifPresent(stored -> targets.requireIdentity(change, stored, change.resource()));
        boolean unmatched = known.isEmpty() && change.id().isEmpty();
        return new Planned(change, id, before, rule(change, unmatched ? 0 : WriteRule.ANY));
    }

    /** An id can not be chosen; and what a search did not find must not be another resource that is there. */
    private void requireNew(Change change, String id, StoreView store) {
        if (!change.id().isEmpty() && !types.identifies(change.type(), id, change.resource())) {
            throw ChangeReader.refuse(
                    FhirError.ID_NOT_GIVEN_HERE,
                    change.at("request.url", change.type() + ".id"),
                    "found no " + change.type() + " with this id, expected a create by POST");
        }
        if (Targets.version(store.find(change.type(), id)) > 0) {
            throw ChangeReader.refuse(
                    FhirError.PRECONDITION_FAILED,
                    change.at(change.type() + ".identifier"),
                    "found the identifier in a resource that the search does not find");
        }
    }

    /** The result was judged when the patch was tried; the version it was tried on must still be there. */
    private Planned patched(Change change, StoreView store) {
        Patch.Look look = change.patch().look();
        if (!look.refusal().isEmpty()) {
            throw new CodedException(look.refusal(), null);
        }
        Change whole = change.resource() == null ? targets.patched(change, store) : change;
        int seen = whole.patch().look().seen();
        return new Planned(whole, whole.id(), seen, new WriteRule(WriteRule.Mode.REPLACE, seen));
    }

    /** What replaces a whole must not do so when something was written after it came: that would be lost. */
    private static void requireOlder(Planned planned, StoreView store, Instant receivedAt) {
        Change change = planned.change();
        boolean later = planned.rule().mode() == WriteRule.Mode.REPLACE
                && store.find(change.type(), planned.id())
                        .map(StoredResource::lastUpdated)
                        .filter(at -> !at.isBefore(receivedAt.truncatedTo(ChronoUnit.MILLIS)))
                        .isPresent();
        if (later) {
            throw ChangeReader.refuse(
                    FhirError.WRITTEN_SINCE,
                    change.at("request.url", change.type()),
                    "found a version written after the request came");
        }
    }

    /**
     * The id that a new resource gets: of its identity; else of its place in this very request, so that it is the same
     * when the request is played again, and another one when the sender uses its number again for something else.
     *
     * @param number of the request by all that it says, and the place in it
     */
    private String idFor(Change change, String number) {
        return types.identity(change.type(), change.resource())
                .map(identity -> identity.id(change.type()))
                .orElseGet(() -> CanonicalIds.idFor(change.type(), WITHIN_MESSAGE, number));
    }

    private static WriteRule rule(Change change, int seen) {
        int asked = change.conditions().version();
        return new WriteRule(WriteRule.Mode.REPLACE, asked < 0 ? seen : asked);
    }
}
