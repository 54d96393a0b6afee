package org.tongmai.adapters.fhir.internal.write;

import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.tongmai.standards.canonical.CanonicalRepository;
import org.tongmai.standards.exchange.StoredMessages;

/**
 * What writing needs beside reading.
 *
 * @param feed the way in
 * @param stored what messages led to
 * @param repository reads what was stored
 */
public record Feeding(RequestFeed feed, StoredMessages stored, CanonicalRepository repository) {
    public static Feeding of(Supplier<CamelContext> camel, StoredMessages stored, CanonicalRepository repository) {
        return new Feeding(new RequestFeed(camel), stored, repository);
    }
}
