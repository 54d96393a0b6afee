package org.tongmai.benchmarks.bundles;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.locks.LockSupport;

/** Deploys over REST as an engineer does, and looks whether the listener is there. */
final class BundleApi {
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final String api;
    private final String login;

    BundleApi(String api, String user, String password) {
        this.api = api;
        this.login = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Deploys a zip; answers when the platform has. */
    void deploy(byte[] zip) throws IOException, InterruptedException {
        post("/api/bundles", zip, Duration.ofMinutes(2));
    }

    /** Compares a zip with what runs, over messages of the journal; answers the report as JSON. */
    String diff(byte[] zip, String span, Duration atMost) throws IOException, InterruptedException {
        return post("/api/bundles/diff?" + span, zip, atMost);
    }

    private String post(String path, byte[] zip, Duration atMost) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(api + path))
                .header("Authorization", "Basic " + login)
                .header("Content-Type", "application/zip")
                .timeout(atMost)
                .POST(HttpRequest.BodyPublishers.ofByteArray(zip))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(path + " was answered HTTP " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    /** Waits until something listens on the port of this machine. */
    static void awaitListener(int port) throws IOException {
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
                return;
            } catch (IOException e) {
                if (System.nanoTime() > until) {
                    throw new IOException("nobody listens on port " + port + " after 60 s", e);
                }
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            }
        }
    }
}
