package org.tongmai.console.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What helps a caller of the open gateway to sign. */
@Command(
        name = "signature",
        description = "Signed and encrypted requests: why one is not accepted, and code for callers.",
        mixinStandardHelpOptions = true,
        subcommands = {SignatureExplainCommand.class, SignatureCiphertextCommand.class, SignatureCodeCommand.class})
final class SignatureCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a command of signature");
    }
}
