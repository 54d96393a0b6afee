package org.tongmai.console.app.start;

import org.apache.camel.CamelContext;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.SmartLifecycle;
import org.tongmai.routes.engine.bundle.deploy.BundleDeployments;

/**
 * Starts the traffic last and stops it first. The receiving ports open after everything else is there, and readiness
 * follows them; at the stop receiving ends before delivering, and both before the broker and the database.
 */
final class Platform implements ApplicationRunner, SmartLifecycle {
    private final CamelContext camel;
    private final BundleDeployments bundles;
    private final Steps steps;
    private volatile boolean running;

    /**
     * What happens when everything else is there, in this order.
     *
     * @param load reads and starts the bundles
     * @param recover takes up messages an earlier run left unfinished
     * @param replay takes up replays an earlier run left unfinished
     * @param open opens the gateways
     */
    record Steps(Runnable load, Runnable recover, Runnable replay, Runnable open) {}

    /**
     * @param camel started by Boot, without routes
     * @param bundles that run in it
     * @param steps of the start
     */
    Platform(CamelContext camel, BundleDeployments bundles, Steps steps) {
        this.camel = camel;
        this.bundles = bundles;
        this.steps = steps;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        steps.load().run();
        steps.recover().run();
        steps.replay().run();
        steps.open().run();
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        bundles.close();
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
