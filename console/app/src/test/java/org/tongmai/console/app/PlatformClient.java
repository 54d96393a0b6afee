package org.tongmai.console.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.function.UnaryOperator;

/** Speaks to a running platform from outside: HTTP with a first password, HL7 v2 over a plain socket. */
final class PlatformClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FRAME_START = 0x0b;
    private static final int FRAME_END = 0x1c;

    // One for all: each client of the JDK keeps three open files and a thread until it is collected.
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final PlatformPorts ports;
    private final Path dataDirectory;

    PlatformClient(PlatformPorts ports, Path dataDirectory) {
        this.ports = ports;
        this.dataDirectory = dataDirectory;
    }

    /** The first password of the account, as the start wrote it. */
    String password(String account) {
        try {
            return Files.readAllLines(dataDirectory.resolve("first-passwords.txt")).stream()
                    .filter(line -> line.startsWith(account + " "))
                    .map(line -> line.substring(account.length() + 1).strip())
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no account " + account));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean ready() {
        try {
            return send(HttpRequest.newBuilder(uri("/actuator/health/readiness")))
                            .statusCode()
                    == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** GET as the service account. */
    HttpResponse<byte[]> get(String path) {
        return send(as("service", path));
    }

    /** POST of JSON as an account; fails unless it is answered 200 with JSON. */
    JsonNode post(String account, String path, String body) {
        return parsed(
                path,
                send(as(account, path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))));
    }

    /** Any request as one of the first accounts. */
    HttpResponse<byte[]> send(String account, String path, UnaryOperator<HttpRequest.Builder> request) {
        return send(request.apply(as(account, path)));
    }

    private HttpRequest.Builder as(String account, String path) {
        String login = account + ":" + password(account);
        String basic = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(uri(path)).header("Authorization", "Basic " + basic);
    }

    /** POST as the service account. */
    HttpResponse<byte[]> post(String path, String type, byte[] body) {
        String login = "service:" + password("service");
        String basic = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        return send(HttpRequest.newBuilder(uri(path))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    /** GET as the service account; fails unless it is answered 200 with JSON. */
    JsonNode json(String path) {
        return parsed(path, get(path));
    }

    /** The same as one of the first accounts. */
    JsonNode json(String account, String path) {
        return parsed(path, send(as(account, path)));
    }

    private static JsonNode parsed(String path, HttpResponse<byte[]> answer) {
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + " answered " + answer.statusCode());
        }
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode stats() {
        return json("/api/journal/stats");
    }

    /** Sends one message to the port and waits for its acknowledgement. */
    static String exchange(int port, byte[] message) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(60_000);
            OutputStream out = socket.getOutputStream();
            out.write(FRAME_START);
            out.write(message);
            out.write(new byte[] {FRAME_END, '\r'});
            out.flush();
            return readFrame(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String readFrame(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int next = in.read(); next != FRAME_END; next = in.read()) {
            if (next < 0) {
                throw new IOException("closed before the end of the frame");
            }
            if (next != FRAME_START) {
                text.append((char) next);
            }
        }
        return text.toString();
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + ports.http() + path);
    }
}
