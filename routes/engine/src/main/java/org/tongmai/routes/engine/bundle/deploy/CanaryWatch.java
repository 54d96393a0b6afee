package org.tongmai.routes.engine.bundle.deploy;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tongmai.routes.engine.bundle.CanaryBound;
import org.tongmai.routes.engine.bundle.RouteBundle.RouteFigures;

/** Judges a canary by the bound of its manifest. */
final class CanaryWatch {
    private CanaryWatch() {}

    /** The figures that break the bound, with those of the stable version beside; empty while it is kept. */
    static Optional<Map<String, String>> broken(Version canary, Version stable) {
        CanaryBound bound = canary.bound();
        for (Map.Entry<String, RouteFigures> route : canary.figures().entrySet()) {
            RouteFigures found = route.getValue();
            boolean enough = found.messages() >= bound.minMessages() && found.messages() > 0;
            boolean errors = found.errorRate() > bound.maxErrorRate();
            boolean slow = found.p95Millis() > bound.maxLatency().toMillis();
            boolean hangs = found.oldestMillis()
                    > CanaryBound.HANGS * bound.maxLatency().toMillis();
            if (enough && (errors || slow) || hangs) {
                Map<String, String> figures = new TreeMap<>();
                figures.put("route", route.getKey());
                figures.put("broken", enough && errors ? "maxErrorRate" : "maxLatency");
                figures.put("maxErrorRate", Double.toString(bound.maxErrorRate()));
                figures.put("maxLatency", bound.maxLatency().toString());
                put(figures, "canary", found);
                RouteFigures beside = stable.figures().get(route.getKey());
                if (beside != null) {
                    put(figures, "stable", beside);
                }
                return Optional.of(figures);
            }
        }
        return Optional.empty();
    }

    /** What a person who promotes or rolls back may have looked at. */
    static Map<String, String> figures(Version canary) {
        Map<String, String> figures = new TreeMap<>();
        canary.figures().forEach((route, found) -> put(figures, route, found));
        return figures;
    }

    private static void put(Map<String, String> figures, String whose, RouteFigures found) {
        figures.put(whose + ".messages", Long.toString(found.messages()));
        figures.put(whose + ".errors", Long.toString(found.errors()));
        figures.put(whose + ".p95Millis", Long.toString(found.p95Millis()));
        figures.put(whose + ".oldestMillis", Long.toString(found.oldestMillis()));
    }
}
