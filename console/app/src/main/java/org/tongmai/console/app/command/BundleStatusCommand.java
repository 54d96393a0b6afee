package org.tongmai.console.app.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says what is deployed and what each node runs. */
@Command(
        name = "status",
        description = "Say what is deployed, and which digest each node runs.",
        mixinStandardHelpOptions = true)
final class BundleStatusCommand implements Callable<Integer> {
    @Mixin
    private PlatformAccess platform;

    @Parameters(
            index = "0",
            arity = "0..1",
            defaultValue = "",
            paramLabel = "<bundle>",
            description = "All unless said.")
    private String bundle;

    @Override
    public Integer call() {
        return platform.get(bundle.isEmpty() ? "/api/bundles" : "/api/bundles/" + bundle, BundleLines::of);
    }
}
