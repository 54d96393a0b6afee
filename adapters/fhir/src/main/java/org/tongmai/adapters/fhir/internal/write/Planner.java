package org.tongmai.adapters.fhir.internal.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
    private final Judgement judgement;

    Planner(StoredTypes types, CanonicalSearch search, Judgement judgement, FhirSettings settings) {
        this.types = types;
        this.search = search;
        this.matching = new Matching(search, settings);
        this.judgement = judgement;
    }

    /**
     * What is to be stored.
     *
     * @param bundle one resource for each change, in the order of the changes
     * @param before the version each of them had, 0 where there was none
     */
    record Plan(CanonicalBundle bundle, List<Integer> before) {}

    Plan plan(Submission submission, ReceivedMessage message) {
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
        CanonicalBundle bundle =
                new CanonicalBundle(topic, keys.type(), PatientKey.of(resources, keys), resources, List.of());
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
                : store.only(change.type(), noneExist, at(change, "request.ifNoneExist", "If-None-Exist"));
        String id = known.map(each -> each.version().id()).orElseGet(() -> idFor(change, number));
        WriteRule rule = noneExist.isEmpty() ? WriteRule.MERGE : new WriteRule(WriteRule.Mode.KEEP, WriteRule.ANY);
        return new Planned(change, id, version(known.or(() -> store.find(change.type(), id))), rule);
    }

    private Planned updated(Change change, StoreView store, String number) {
        Optional<StoredResource> known = target(change, store);
        String id = known.map(each -> each.version().id())
                .orElseGet(() -> change.id().isEmpty() ? idFor(change, number) : change.id());
        String own = change.resource().path("id").asText();
        if (!own.isEmpty() && !own.equals(id)) {
            throw ChangeReader.refuse(
                    FhirError.INVALID_REQUEST,
                    change.at(change.type() + ".id"),
                    "expected the id of the match, or none");
        }
        int before = version(known);
        requireVersion(change, before);
        if (before == 0
                && !types.identifies(change.type(), id, change.resource())
                && !change.id().isEmpty()) {
            throw ChangeReader.refuse(
                    FhirError.ID_NOT_GIVEN_HERE,
                    at(change, "request.url", change.type() + ".id"),
                    "found no " + change.type() + " with this id, expected a create by POST");
        }
        known.ifPresent(stored -> requireIdentity(change, id, stored, change.resource()));
        return new Planned(change, id, before, rule(change, WriteRule.ANY));
    }

    private Planned patched(Change change, StoreView store) {
        StoredResource stored = target(change, store)
                .filter(each -> each.state() == StoredResource.State.CURRENT)
                .orElseThrow(() -> ChangeReader.refuse(
                        FhirError.NOT_FOUND, at(change, "request.url", change.type()), "expected a stored resource"));
        requireVersion(change, version(Optional.of(stored)));
        ObjectNode patched = Patching.apply(change, stored.resource().content());
        String id = stored.version().id();
        if (!patched.path("id").asText().equals(id)
                || !patched.path("resourceType").asText().equals(change.type())) {
            throw ChangeReader.refuse(
                    FhirError.PATCH_NOT_POSSIBLE, change.at(change.type() + ".id"), "expected type and id untouched");
        }
        requireIdentity(change, id, stored, patched);
        Change whole = new Change(
                change.place(),
                Verb.PATCH,
                change.type(),
                id,
                "",
                change.conditions(),
                change.fullUrl(),
                patched,
                null);
        judgement.require(List.of(whole));
        return new Planned(
                whole,
                id,
                stored.version().version(),
                rule(change, stored.version().version()));
    }

    private Optional<StoredResource> target(Change change, StoreView store) {
        return change.id().isEmpty()
                ? store.only(change.type(), change.criteria(), at(change, "request.url", change.type()))
                : store.find(change.type(), change.id());
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
        return new WriteRule(WriteRule.Mode.REPLACE, asked == WriteRule.ANY ? seen : asked);
    }

    private static int version(Optional<StoredResource> stored) {
        return stored.filter(each -> each.state() == StoredResource.State.CURRENT)
                .map(each -> each.version().version())
                .orElse(0);
    }

    private static void requireVersion(Change change, int found) {
        int asked = change.conditions().version();
        if (asked != WriteRule.ANY && asked != found) {
            throw ChangeReader.refuse(
                    FhirError.PRECONDITION_FAILED,
                    at(change, "request.ifMatch", "If-Match"),
                    "found version " + found + ", expected " + asked);
        }
    }

    /** An identifier that the id comes from stays, or messages of the one thing would land on another. */
    private void requireIdentity(Change change, String id, StoredResource stored, ObjectNode next) {
        if (types.identifies(change.type(), id, stored.resource().content())
                && !types.identifies(change.type(), id, next)) {
            throw ChangeReader.refuse(
                    FhirError.IDENTITY_CHANGED,
                    change.at(change.type() + ".identifier"),
                    "expected the identifier that the id comes from");
        }
    }

    private static String at(Change change, String inBundle, String alone) {
        return change.place().isEmpty() ? alone : change.place() + "." + inBundle;
    }
}
