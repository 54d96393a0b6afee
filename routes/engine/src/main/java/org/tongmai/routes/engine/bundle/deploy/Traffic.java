package org.tongmai.routes.engine.bundle.deploy;

import java.util.List;
import org.apache.camel.Exchange;
import org.tongmai.routes.engine.bundle.CanaryRule;
import org.tongmai.standards.canonical.CanonicalBatch;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.MessageKeys;
import org.tongmai.standards.exchange.ReceivedMessage;

/**
 * What a canary rule looks at.
 *
 * @param hospital sending facility; empty where several may be meant
 * @param types of the messages
 * @param key what the share is taken by
 */
record Traffic(String hospital, List<String> types, String key) {
    private static final int PARTS = 10_000;

    static Traffic of(Exchange exchange) {
        if (exchange.getMessage().getBody() instanceof CanonicalBatch batch) {
            List<String> patients = batch.deliveries().stream()
                    .map(each -> each.event().patientKey())
                    .distinct()
                    .toList();
            String key = patients.size() == 1 ? patients.get(0) : Long.toString(batch.batchId());
            return new Traffic(
                    "",
                    batch.deliveries().stream()
                            .map(each -> each.event().event())
                            .toList(),
                    key);
        }
        ReceivedMessage message = exchange.getMessage().getBody() instanceof ReceivedMessage body
                ? body
                : exchange.getProperty(ExchangeNames.RECEIVED, ReceivedMessage.class);
        if (message == null) {
            return new Traffic("", List.of(), "");
        }
        MessageKeys keys = message.keys();
        String facility = keys.sender().substring(keys.sender().indexOf('|') + 1);
        return new Traffic(facility, List.of(keys.type()), keys.orderingKey());
    }

    boolean isOf(CanaryRule rule) {
        if (!rule.hospitals().isEmpty()) {
            return rule.hospitals().contains(hospital);
        }
        if (!rule.types().isEmpty()) {
            return !types.isEmpty() && rule.types().containsAll(types);
        }
        return Math.floorMod(spread(key), PARTS) < rule.percent() * PARTS / 100;
    }

    /** Numbers that follow each other land far apart. */
    private static int spread(String text) {
        int hash = text.hashCode() * 0x9E3779B9;
        return hash ^ hash >>> 15;
    }
}
