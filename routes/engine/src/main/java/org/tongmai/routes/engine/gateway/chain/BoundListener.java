package org.tongmai.routes.engine.gateway.chain;

import org.tongmai.routes.engine.gateway.rules.Listener;

/** A listener as it runs: whose its messages are, and what they call. */
final class BoundListener {
    private final String id;
    private final PublishedService service;
    private final String application;
    private final AddressGuard addresses;

    BoundListener(Listener rule, PublishedService service) {
        this.id = rule.id();
        this.service = service;
        this.application = rule.application();
        this.addresses = AddressGuard.judges(rule.addresses()) ? new AddressGuard(rule.addresses()) : null;
    }

    /** What records call it. */
    String id() {
        return id;
    }

    PublishedService service() {
        return service;
    }

    /** Who connects there is taken for it. */
    String application() {
        return application;
    }

    /** Where its service is published: a message names no path. */
    String path() {
        return service.rule().path();
    }

    void admit(Passage passage) {
        if (addresses != null) {
            addresses.admit(passage);
        }
    }
}
