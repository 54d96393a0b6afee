package org.tongmai.console.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.tongmai.console.server.account.LoginDetails;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How the online commands reach a running platform, and how they answer. */
final class PlatformAccess {
    private static final int DONE = 0;
    private static final int REFUSED = 1;
    private static final int UNREACHABLE = 2;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--url",
            defaultValue = "http://localhost:8080",
            paramLabel = "<url>",
            description = "Address of the platform; ${DEFAULT-VALUE} unless said.")
    private URI url;

    @Option(names = "--user", required = true, paramLabel = "<account>", description = "Account that asks.")
    private String user;

    @Option(
            names = "--password-file",
            required = true,
            paramLabel = "<file>",
            description = "File whose first line is the account's password.")
    private Path passwordFile;

    @Option(
            names = "--code",
            defaultValue = "",
            paramLabel = "<digits>",
            description = "One-time code, for an account with a second factor; it serves one minute.")
    private String code;

    @Option(names = "--json", description = "Answer as the platform does: JSON.")
    private boolean json;

    /** Asks and prints: the text made of the answer, or the answer itself with {@code --json}; problems to the error output. */
    int get(String path, Function<JsonNode, String> text) {
        return ask(HttpRequest.newBuilder(url.resolve(path)).GET(), text);
    }

    /** Sends a zip, or nothing, and prints as {@link #get}. */
    int post(String path, byte[] body, Function<JsonNode, String> text) {
        return ask(
                HttpRequest.newBuilder(url.resolve(path))
                        .header("Content-Type", "application/zip")
                        .POST(BodyPublishers.ofByteArray(body)),
                text);
    }

    private int ask(HttpRequest.Builder request, Function<JsonNode, String> text) {
        try {
            String login = user + ":" + password();
            String basic = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
            HttpResponse<String> answer = HttpClient.newBuilder()
                    .connectTimeout(CONNECT)
                    .build()
                    .send(
                            withCode(request)
                                    .header("Authorization", "Basic " + basic)
                                    .timeout(ANSWER)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            return print(answer, text);
        } catch (IOException e) {
            return unreachable(url + " can not be reached, or the password file can not be read: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unreachable("interrupted");
        }
    }

    private HttpRequest.Builder withCode(HttpRequest.Builder request) {
        return code.isEmpty() ? request : request.header(LoginDetails.HEADER, code);
    }

    private String password() throws IOException {
        List<String> lines = Files.readAllLines(passwordFile);
        return lines.isEmpty() ? "" : lines.get(0).strip();
    }

    private int print(HttpResponse<String> answer, Function<JsonNode, String> text) throws IOException {
        boolean done = answer.statusCode() == 200;
        String readable = done ? text.apply(JSON.readTree(answer.body())) : "";
        if (json) {
            spec.commandLine().getOut().println(answer.body());
        } else if (done) {
            spec.commandLine().getOut().println(readable);
        } else {
            spec.commandLine().getErr().println("HTTP " + answer.statusCode() + " " + answer.body());
        }
        return done ? DONE : REFUSED;
    }

    private int unreachable(String why) {
        if (json) {
            ObjectNode problem = JsonNodeFactory.instance.objectNode().put("error", why);
            spec.commandLine().getOut().println(problem);
        } else {
            spec.commandLine().getErr().println(why);
        }
        return UNREACHABLE;
    }
}
