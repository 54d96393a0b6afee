package org.tongmai.console.app.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/**
 * How a command answers: for people, the result on the standard output and violations on the standard error; with
 * {@code --json} one object with the values of the result and {@code issues}. Exit codes are those of
 * {@link TongmaiCommand#execute}.
 */
final class CommandAnswer {
    static final int DONE = 0;
    static final int REFUSED = 1;
    static final int UNREADABLE = 2;

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--json", description = "Answer with one JSON object.")
    private boolean json;

    /** Does the work; a coded refusal is an answer with exit code 1. */
    int of(Callable<Integer> work) throws Exception {
        try {
            return work.call();
        } catch (CodedException e) {
            return refused(Map.of(), e.issues());
        }
    }

    /** Answers that it was done, with a text for people and the same as values. */
    int done(String text, Map<String, ?> values) {
        return done(text, values, List.of());
    }

    /** As {@link #done(String, Map)}, with what was noticed beside it. */
    int done(String text, Map<String, ?> values, List<Issue> noticed) {
        print(text, values, noticed);
        return DONE;
    }

    int refused(Map<String, ?> values, List<Issue> issues) {
        print("", values, issues);
        return REFUSED;
    }

    /** Wrong arguments, or a file that can not be read. */
    int unreadable(String message) {
        if (json) {
            print("", Map.of("error", message), List.of());
        } else {
            commandLine().getErr().println(message);
        }
        return UNREADABLE;
    }

    private void print(String text, Map<String, ?> values, List<Issue> issues) {
        if (json) {
            ObjectNode answer = JSON.valueToTree(values);
            ArrayNode list = answer.putArray("issues");
            issues.forEach(issue -> list.addObject()
                    .put("code", issue.code().code())
                    .put("severity", issue.severity().name())
                    .put("summary", issue.code().summary())
                    .put("location", issue.location())
                    .put("detail", issue.detail()));
            commandLine().getOut().println(answer.toPrettyString());
            return;
        }
        if (!text.isEmpty()) {
            commandLine().getOut().println(text);
        }
        PrintWriter err = commandLine().getErr();
        issues.forEach(issue -> err.println(issue.severity() + " " + issue.text()));
    }

    private CommandLine commandLine() {
        return spec.commandLine();
    }
}
