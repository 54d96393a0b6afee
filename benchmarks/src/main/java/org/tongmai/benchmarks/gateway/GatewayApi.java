package org.tongmai.benchmarks.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Publishes rules over REST as an administrator does. */
final class GatewayApi {
    private static final Pattern REVISION = Pattern.compile("\"revision\":(\\d+)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final String api;
    private final String login;

    GatewayApi(String api, String user, String password) {
        this.api = api;
        this.login = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Publishes rules in the place of those in force. */
    void publish(String rules) throws IOException, InterruptedException {
        Matcher latest =
                REVISION.matcher(send(request("/api/gateway/publications").GET().build()));
        String basedOn = latest.find() ? latest.group(1) : "0";
        send(request("/api/gateway/rules?note=load&basedOn=" + basedOn)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(rules))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(api + path)).header("Authorization", "Basic " + login);
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("answered HTTP " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }
}
