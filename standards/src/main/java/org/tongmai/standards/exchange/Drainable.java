package org.tongmai.standards.exchange;

import java.util.concurrent.CompletionStage;

/**
 * A way in that can be emptied before its route is stopped. Camel waits for what a route has under way while it holds the lock
 * that starting or stopping any other takes; so who stops one waits before. An adapter adds it to the services of the
 * listener's route.
 */
public interface Drainable {
    /**
     * Takes nothing more from now on, until the route is started again; does not wait.
     *
     * @return completes, and never fails, when what was under way is answered, or the time for that is up, and nobody is
     *     connected any more
     */
    CompletionStage<Void> drain();
}
