package org.tongmai.console.app.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A decision that needs the bundle's id only; which one the command's name says. */
abstract class BundleDecideCommand implements Callable<Integer> {
    private static final byte[] NOTHING = {};

    @Spec
    private CommandSpec spec;

    @Mixin
    private PlatformAccess platform;

    @Parameters(index = "0", paramLabel = "<bundle>", description = "Its id, or <bundle>.<tenant>.")
    private String bundle;

    @Option(
            names = "--generation",
            defaultValue = "-1",
            paramLabel = "<n>",
            description = "The generation you looked at: refused when somebody decided in between.")
    private long generation;

    @Override
    public final Integer call() {
        String address = "/api/bundles/" + bundle + "/" + spec.name() + "?generation=" + generation;
        return platform.post(address, NOTHING, BundleLines::of);
    }

    @Command(name = "promote", description = "Give the canary all traffic.", mixinStandardHelpOptions = true)
    static final class Promote extends BundleDecideCommand {}

    @Command(
            name = "rollback",
            description = "End the canary; without one, bring the release before back.",
            mixinStandardHelpOptions = true)
    static final class RollBack extends BundleDecideCommand {}

    @Command(name = "stop", description = "Stop it; what is to be delivered waits.", mixinStandardHelpOptions = true)
    static final class Stop extends BundleDecideCommand {}

    @Command(name = "start", description = "Start it, or try again one that failed.", mixinStandardHelpOptions = true)
    static final class Start extends BundleDecideCommand {}

    @Command(
            name = "retire",
            description = "Stop it for good; nothing more is queued for its destinations.",
            mixinStandardHelpOptions = true)
    static final class Retire extends BundleDecideCommand {}
}
