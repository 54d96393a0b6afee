package org.tongmai.console.app.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code java -jar tongmai.jar <command>}: every argument list that begins with a word and not with an option. */
@Command(
        name = "tongmai",
        description = "Tongmai on the command line. Without a command the platform is started.",
        mixinStandardHelpOptions = true,
        subcommands = {
            AuditCommand.class,
            BundleCommand.class,
            CompletionCommand.class,
            ConvertCommand.class,
            SignatureCommand.class
        })
public final class TongmaiCommand implements Runnable {
    /** Read by logback when the first logger is made. */
    private static final String LOG_SETTING = "logback.configurationFile";

    @Spec
    private CommandSpec spec;

    /** Says whether the arguments name a command. */
    public static boolean isCommand(String... arguments) {
        return arguments.length > 0 && !arguments[0].startsWith("-");
    }

    /**
     * Runs a command.
     *
     * @return exit code: 0 done, 1 refused, 2 wrong arguments or a file that can not be read
     */
    public static int execute(String... arguments) {
        if (System.getProperty(LOG_SETTING) == null) {
            System.setProperty(LOG_SETTING, "org/tongmai/console/app/command/logback.xml");
        }
        return execute(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                arguments);
    }

    static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new TongmaiCommand()).setOut(out).setErr(err).execute(arguments);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a command");
    }
}
