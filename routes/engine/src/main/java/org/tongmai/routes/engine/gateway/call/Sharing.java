package org.tongmai.routes.engine.gateway.call;

import org.tongmai.routes.engine.gateway.rules.Service;

/** How many living nodes share what was agreed; at least 1. */
public interface Sharing {
    /** One node alone. */
    Sharing ALONE = new Sharing() {
        @Override
        public int of(Service service) {
            return 1;
        }

        @Override
        public int ofAll() {
            return 1;
        }
    };

    /** Of a service: those that its calls can come to. */
    int of(Service service);

    /** Of what is agreed over services: those that any call can come to. */
    int ofAll();
}
