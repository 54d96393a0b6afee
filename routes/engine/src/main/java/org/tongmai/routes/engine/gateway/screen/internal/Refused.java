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

    /** The same, found in a document that is itself a value, which stands there. */
    Refused within(Place around) {
        String inner = finding.place().name();
        String joint = inner.isEmpty() || inner.startsWith("/") || around.name().isEmpty() ? "" : "/";
        return new Refused(finding.error(), new Place(around.kind(), around.name() + joint + inner), finding.rule());
    }

    public Finding finding() {
        return finding;
    }
}
