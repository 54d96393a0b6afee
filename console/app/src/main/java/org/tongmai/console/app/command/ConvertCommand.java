package org.tongmai.console.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.tongmai.console.server.convert.Conversion;
import org.tongmai.console.server.convert.Converters;
import org.tongmai.console.server.convert.IssueView;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.terminology.Terminology;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Converts a file or the standard input with the packaged tables and maps, as {@code POST /api/convert} does. */
@Command(
        name = "convert",
        description = "Convert a file. The result goes to the standard output, what was noticed to the standard error.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:converted", "1:refused", "2:wrong arguments, or a file that can not be read"})
final class ConvertCommand implements Callable<Integer> {
    private static final int REFUSED = 1;
    private static final int UNREADABLE = 2;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Converters converters = new Converters(new Packaged());

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "<conversion>",
            completionCandidates = Names.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private String name;

    @Parameters(
            index = "1",
            arity = "0..1",
            defaultValue = "-",
            paramLabel = "<file>",
            description = "The file to convert; - or nothing for the standard input.")
    private String file;

    @Option(names = "--lineage", description = "Say where each element came from; implies --json.")
    private boolean lineage;

    @Option(names = "--json", description = "Write result, issues and lineage as one JSON object.")
    private boolean json;

    @Option(
            names = {"-o", "--option"},
            paramLabel = "<name>=<value>",
            description = "Further options of the conversion, for example type=C0007.")
    private Map<String, String> options = new TreeMap<>();

    /** The names of the conversions, for the help text. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return new Converters(new Packaged()).names().iterator();
        }
    }

    /** Loads the packaged tables when they are first asked for. */
    private static final class Packaged implements java.util.function.Supplier<Terminology> {
        private Terminology loaded;

        @Override
        public Terminology get() {
            if (loaded == null) {
                loaded = Terminology.load();
            }
            return loaded;
        }
    }

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        if (!converters.names().contains(name)) {
            err.println("There is no conversion " + name + "; expected one of " + converters.names());
            return UNREADABLE;
        }
        byte[] body;
        try {
            body = file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
        } catch (IOException e) {
            err.println("The file can not be read: " + e);
            return UNREADABLE;
        }
        if (lineage) {
            options.put("lineage", "true");
        }
        try {
            write(converters.convert(name, body, options), err);
            return 0;
        } catch (CodedException refusal) {
            refusal.issues().stream().map(Issue::text).forEach(err::println);
            return REFUSED;
        }
    }

    private void write(Conversion conversion, PrintWriter err) {
        if (json || lineage) {
            print(JSON.valueToTree(conversion));
            return;
        }
        print(conversion.result());
        for (IssueView issue : conversion.issues()) {
            String where = issue.location().isEmpty() ? "" : " at " + issue.location();
            err.println(issue.severity() + " " + issue.code() + " " + issue.summary() + where + " (" + issue.detail()
                    + ")");
        }
    }

    /** A text as it is, to the byte; everything else as JSON. */
    private static void print(JsonNode node) {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        out.print(node.isTextual() ? node.textValue() : node.toPrettyString() + "\n");
        out.flush();
    }
}
