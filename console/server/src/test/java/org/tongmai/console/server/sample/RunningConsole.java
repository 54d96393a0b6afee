package org.tongmai.console.server.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.ConfigurableApplicationContext;
import org.tongmai.console.server.account.Accounts;
import org.tongmai.console.server.account.FirstPasswords;
import org.tongmai.console.server.account.Role;

/** The sample console, started once for all tests of a run, and a client of it. */
public final class RunningConsole implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();

    private RunningConsole(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** A console of its own, with settings of its own. */
    public static RunningConsole start(Map<String, Object> settings) {
        try {
            return new RunningConsole(SampleConsole.start(Files.createTempDirectory("tongmai-console"), settings));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static RunningConsole shared() {
        return Holder.CONSOLE;
    }

    /** Makes the account when it is not there, with a password that is not to be changed. */
    public String person(String name, Role... roles) {
        Accounts accounts = bean(Accounts.class);
        if (accounts.find(name).isEmpty()) {
            accounts.create(name, "", Set.of(roles));
            accounts.changePassword(name, passwordOf(name));
        }
        return passwordOf(name);
    }

    private static String passwordOf(String name) {
        return "Correct-horse-" + Math.abs(name.hashCode());
    }

    public HttpRequest.Builder as(String name, String password, String path) {
        return HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .header("Authorization", basic(name, password));
    }

    @Override
    public void close() {
        context.close();
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public int port() {
        return Integer.parseInt(context.getEnvironment().getProperty("local.server.port"));
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    /** The first passwords, as a person would read them. */
    public Map<String, String> passwords() {
        Path file = bean(FirstPasswords.class).file();
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .collect(Collectors.toMap(words -> words[0], words -> words[1]));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public HttpResponse<String> get(String account, String path) {
        return send(request(account, path).GET());
    }

    public HttpResponse<String> post(String account, String path, String json) {
        return send(request(account, path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    public HttpRequest.Builder request(String account, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (account != null) {
            request.header("Authorization", basic(account, passwords().get(account)));
        }
        return request;
    }

    public static String basic(String name, String password) {
        byte[] pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static final class Holder {
        private static final RunningConsole CONSOLE = start(Map.of());
    }
}
