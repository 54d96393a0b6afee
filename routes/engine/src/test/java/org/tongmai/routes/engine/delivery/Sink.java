package org.tongmai.routes.engine.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.tongmai.standards.canonical.CanonicalBatch;
import org.tongmai.standards.canonical.CanonicalDelivery;

/** A destination that does what a test tells it to, and keeps what it took. */
final class Sink implements Processor {
    final List<CanonicalBatch> taken = new CopyOnWriteArrayList<>();
    final List<CanonicalBatch> offered = new CopyOnWriteArrayList<>();
    volatile Consumer<CanonicalBatch> behaviour = batch -> {};

    @Override
    public void process(Exchange exchange) {
        CanonicalBatch batch = exchange.getMessage().getBody(CanonicalBatch.class);
        offered.add(batch);
        behaviour.accept(batch);
        taken.add(batch);
    }

    List<Long> messages() {
        List<Long> messages = new ArrayList<>();
        taken.forEach(batch -> messages.addAll(messagesOf(batch)));
        return messages;
    }

    static List<Long> messagesOf(CanonicalBatch batch) {
        return batch.deliveries().stream()
                .map(CanonicalDelivery::event)
                .map(event -> event.messageId())
                .toList();
    }
}
