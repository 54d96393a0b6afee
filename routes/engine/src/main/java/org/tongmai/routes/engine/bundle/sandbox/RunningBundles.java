package org.tongmai.routes.engine.bundle.sandbox;

import java.util.Optional;
import org.tongmai.routes.engine.bundle.RunningBundle;

/** Knows what runs now. */
@FunctionalInterface
public interface RunningBundles {
    /** What takes the traffic of an instance, {@code <bundle>} or {@code <bundle>.<tenant>}; empty when nothing does. */
    Optional<RunningBundle> running(String instance);
}
