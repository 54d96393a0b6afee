package org.tongmai.console.server.sample;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.apache.camel.CamelContext;
import org.tongmai.routes.engine.journal.JournalService;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.canonical.CanonicalSearch;
import org.tongmai.standards.canonical.EverythingQuery;
import org.tongmai.standards.canonical.ResourceVersion;
import org.tongmai.standards.canonical.SearchPage;
import org.tongmai.standards.canonical.SearchParameters;
import org.tongmai.standards.canonical.SearchQuery;
import org.tongmai.standards.canonical.StoredResource;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.AcknowledgeWhen;
import org.tongmai.standards.exchange.Outcome;

/** Stands where the journal and the canonical store stand; what is searched for is judged by type alone. */
final class SampleCanonical implements JournalService, CanonicalSearch {
    private final Map<String, StoredResource> kept = new LinkedHashMap<>();

    @Override
    public void bind(CamelContext context) {
        // Nothing is played again here.
    }

    @Override
    public void accept(Incoming incoming, BiConsumer<Acceptance, Throwable> then) {
        then.accept(new Acceptance(1, null, () -> {}), null);
    }

    @Override
    public synchronized CompletableFuture<Outcome> publish(long messageId, Origin origin, CanonicalBundle bundle) {
        for (CanonicalResource resource : bundle.resources()) {
            ResourceVersion version = new ResourceVersion(resource.type(), resource.id(), 1);
            kept.put(
                    resource.reference(),
                    new StoredResource(version, Instant.EPOCH, StoredResource.State.CURRENT, resource));
        }
        return complete(messageId);
    }

    @Override
    public CompletableFuture<Outcome> complete(long messageId) {
        return CompletableFuture.completedFuture(new Outcome(Outcome.Disposition.PROCESSED, messageId, List.of()));
    }

    @Override
    public CompletableFuture<Outcome> fail(long messageId, AcknowledgeWhen when, List<Issue> failure) {
        return CompletableFuture.completedFuture(new Outcome(Outcome.Disposition.REFUSED, messageId, failure));
    }

    @Override
    public void finish(Acceptance acceptance, Outcome outcome) {
        acceptance.room().run();
    }

    @Override
    public synchronized Optional<StoredResource> find(String type, String id) {
        return Optional.ofNullable(kept.get(type + "/" + id));
    }

    @Override
    public Optional<StoredResource> findVersion(ResourceVersion version) {
        return find(version.type(), version.id());
    }

    @Override
    public List<StoredResource> history(String type, String id, int before, int count) {
        return find(type, id).stream().toList();
    }

    @Override
    public synchronized SearchPage search(SearchQuery query) {
        List<StoredResource> found = kept.values().stream()
                .filter(stored -> stored.version().type().equals(query.type()))
                .toList();
        return new SearchPage(found, List.of(), Optional.empty(), OptionalLong.empty());
    }

    @Override
    public SearchPage everything(EverythingQuery query) {
        return new SearchPage(List.of(), List.of(), Optional.empty(), OptionalLong.empty());
    }

    @Override
    public SearchParameters parameters() {
        return SearchParameters.standard();
    }
}
