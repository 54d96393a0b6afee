package org.tongmai.console.app.start;

import org.apache.camel.CamelContext;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.SmartLifecycle;
import org.tongmai.routes.engine.bundle.RouteBundle;
import org.tongmai.routes.engine.bundle.RouteBundles;
import org.tongmai.routes.engine.journal.EngineJournal;

/**
 * Starts the traffic last and stops it first. The receiving ports open after everything else is there, and readiness
 * follows them; at the stop receiving ends before delivering, and both before the broker and the database.
 */
final class Platform implements ApplicationRunner, SmartLifecycle {
    private final CamelContext camel;
    private final RouteBundles bundles;
    private final EngineJournal journal;
    private final Runnable load;
    private volatile boolean running;

    /**
     * @param camel started by Boot, without routes
     * @param bundles that run in it
     * @param journal takes up what an earlier run left unfinished, when the feeds are there
     * @param load reads and starts the bundles
     */
    Platform(CamelContext camel, RouteBundles bundles, EngineJournal journal, Runnable load) {
        this.camel = camel;
        this.bundles = bundles;
        this.journal = journal;
        this.load = load;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        load.run();
        journal.recover();
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        for (RouteBundle bundle : bundles.loaded()) {
            if (bundle.state() == RouteBundle.State.RUNNING) {
                bundles.stop(bundle.id());
            }
        }
        camel.stop();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The first to be stopped. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
