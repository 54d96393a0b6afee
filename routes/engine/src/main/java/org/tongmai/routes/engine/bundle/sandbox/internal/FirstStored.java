package org.tongmai.routes.engine.bundle.sandbox.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.tongmai.routes.engine.delivery.Delivering;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalDelivery;
import org.tongmai.standards.canonical.CanonicalEvent;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.canonical.FirstVersion;
import org.tongmai.standards.canonical.ResourceVersion;

/** What a delivery carries when a message is the first about everything it speaks of. */
final class FirstStored {
    private final CanonicalEvent event;
    private final List<CanonicalResource> resources = new ArrayList<>();

    FirstStored(long messageId, CanonicalBundle bundle, Instant at) {
        List<ResourceVersion> versions = new ArrayList<>();
        for (CanonicalResource resource : bundle.resources()) {
            versions.add(new ResourceVersion(resource.type(), resource.id(), 1));
            resources.add(new CanonicalResource(resource.type(), resource.id(), stored(resource, at)));
        }
        event = new CanonicalEvent(messageId, bundle.topic(), bundle.event(), bundle.patientKey(), versions, at);
    }

    CanonicalDelivery delivery(Delivering how) {
        return new CanonicalDelivery(
                event,
                resources.stream().filter(each -> how.carries(each.type())).toList());
    }

    /** As the store keeps it: complete, without nulls, with the parts of meta that the store sets. */
    private static ObjectNode stored(CanonicalResource resource, Instant at) {
        ObjectNode content = resource.content().deepCopy();
        content.properties().removeIf(field -> field.getValue().isNull());
        ObjectNode complete = FirstVersion.of(resource.type(), content);
        complete.withObject("/meta").put("versionId", "1").put("lastUpdated", at.toString());
        return complete;
    }
}
