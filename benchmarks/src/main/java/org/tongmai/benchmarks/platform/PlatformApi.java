package org.tongmai.benchmarks.platform;

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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The platform's REST, as an administrator or engineer uses it; with the options that say where and as whom. */
public final class PlatformApi {
    private static final Duration ASKING = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--api", defaultValue = "http://localhost:8080", description = "The platform (${DEFAULT-VALUE}).")
    private String api;

    @Option(names = "--user", defaultValue = "administrator", description = "Account (${DEFAULT-VALUE}).")
    private String user;

    @Option(names = "--password-file", description = "File whose first line is the password.")
    private Path passwordFile;

    /** Whether there is a password, without which nothing can be asked. */
    public boolean usable() {
        return passwordFile != null;
    }

    /** Answers the content; anything but HTTP 2xx is an IOException. */
    public String get(String path) throws IOException, InterruptedException {
        return send(request(path).timeout(ASKING).GET());
    }

    /** As {@link #get}, with a zip. */
    public String postZip(String path, byte[] zip, Duration atMost) throws IOException, InterruptedException {
        return send(request(path)
                .timeout(atMost)
                .header("Content-Type", "application/zip")
                .POST(BodyPublishers.ofByteArray(zip)));
    }

    /** As {@link #get}, with JSON. */
    public String postJson(String path, String json) throws IOException, InterruptedException {
        return send(request(path)
                .timeout(ASKING)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    private HttpRequest.Builder request(String path) throws IOException {
        if (passwordFile == null) {
            throw new ParameterException(command.commandLine(), "expected --password-file");
        }
        String password = Files.readAllLines(passwordFile).stream()
                .findFirst()
                .orElseThrow(() -> new IOException("no password in " + passwordFile))
                .strip();
        String login = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create(api + path)).header("Authorization", "Basic " + login);
    }

    private String send(HttpRequest.Builder builder) throws IOException, InterruptedException {
        HttpRequest request = builder.build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(
                    request.uri().getPath() + " was answered HTTP " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }
}
