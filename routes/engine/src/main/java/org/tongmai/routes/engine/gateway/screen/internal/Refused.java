package org.tongmai.routes.engine.gateway.screen.internal;

import org.tongmai.routes.engine.gateway.screen.Finding;
import org.tongmai.routes.engine.gateway.screen.Place;
import org.tongmai.routes.engine.gateway.screen.ScreenError;

/** Ends the reading of a request at the first finding. */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Finding finding;

    public Refused(ScreenError error, Place place, String rule) {
        super(null, null, false, false);
        this.finding = new Finding(error, place, rule);
    }

    public Finding finding() {
        return finding;
    }
}
