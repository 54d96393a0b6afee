package org.tongmai.console.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.tongmai.console.app.GatewayCall.Moment;

/** Publishes one generation of rules after the other, at whichever node it is told, whatever happens. */
final class GatewayPublisher implements AutoCloseable {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(300);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<PlatformClient> nodes;
    private final IntFunction<String> rules;
    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private Future<?> running;
    private long known;
    private int generation;
    private volatile int target;
    private volatile int under;
    private volatile boolean stopped;

    /** A publication that was answered as done. */
    record Acknowledged(int node, int generation, long revision, String digest, Moment moment) {}

    /** @param rules of a generation */
    GatewayPublisher(List<PlatformClient> nodes, IntFunction<String> rules) {
        this.nodes = nodes;
        this.rules = rules;
    }

    void start() {
        running = thread.submit(() -> {
            while (!stopped) {
                publish();
                LockSupport.parkNanos(PAUSE);
            }
        });
    }

    void at(int node) {
        target = node;
    }

    /** The generation that is being published at the node this moment; 0 for none. */
    int underWayAt(int node) {
        return target == node ? under : 0;
    }

    List<Acknowledged> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** Every attempt is a generation of its own, so that nobody takes one that got no answer for another. */
    private void publish() {
        int node = target;
        int number = ++generation;
        String body = rules.apply(number);
        long began = System.nanoTime();
        under = number;
        try {
            HttpResponse<byte[]> answer = nodes.get(node)
                    .send(
                            "security-administrator",
                            "/api/gateway/rules?basedOn=" + known + "&note=" + number,
                            request -> request.header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString(body)));
            under = 0;
            if (answer.statusCode() == 200) {
                JsonNode publication = JSON.readTree(answer.body());
                known = publication.path("revision").asLong();
                acknowledged.add(new Acknowledged(
                        node, number, known, publication.path("digest").asText(), Moment.since(began)));
            } else if (answer.statusCode() == 409 || answer.statusCode() >= 500) {
                known = highest(node);
            } else {
                throw new IllegalStateException("generation " + number + " was answered " + answer.statusCode() + " "
                        + new String(answer.body()));
            }
        } catch (UncheckedIOException | IOException e) { // killed before it answered
            under = 0;
            known = highest(node);
        }
    }

    /** What is in force, as far as anybody can be asked; what was known otherwise. */
    private long highest(int node) {
        try {
            HttpResponse<byte[]> answer =
                    nodes.get(node).send("security-administrator", "/api/gateway/publications", request -> request);
            return answer.statusCode() == 200
                    ? JSON.readTree(answer.body()).path(0).path("revision").asLong(known)
                    : known;
        } catch (UncheckedIOException | IOException e) {
            return known;
        }
    }

    @Override
    public void close() throws Exception {
        stopped = true;
        running.get(60, TimeUnit.SECONDS);
        thread.shutdown();
    }
}
