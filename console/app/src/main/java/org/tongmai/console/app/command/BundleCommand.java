package org.tongmai.console.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The life of a route bundle on the command line: one sub-command a step. */
@Command(
        name = "bundle",
        description = "Route bundles: from a new folder to what runs.",
        mixinStandardHelpOptions = true,
        subcommands = {
            BundleNewCommand.class,
            BundleValidateCommand.class,
            BundleTestCommand.class,
            BundleCaptureCommand.class,
            BundleDiffCommand.class,
            BundleKeygenCommand.class,
            BundleSignCommand.class,
            BundleVerifyCommand.class,
            BundleDeployCommand.class,
            BundleStatusCommand.class,
            BundleCanaryCommand.class,
            BundleDecideCommand.Promote.class,
            BundleDecideCommand.RollBack.class,
            BundleDecideCommand.Stop.class,
            BundleDecideCommand.Start.class,
            BundleDecideCommand.Retire.class
        })
final class BundleCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a command of bundle");
    }
}
