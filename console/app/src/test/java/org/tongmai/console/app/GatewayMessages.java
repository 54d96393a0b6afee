package org.tongmai.console.app;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** A steady load of calls that become messages of the broker ({@code jms}), at every node; what was accepted is kept. */
final class GatewayMessages implements AutoCloseable {
    static final String QUEUE = "gateway-kill";
    private static final int ACCEPTED = 202;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final List<PlatformPorts> nodes;
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final Queue<Accepted> accepted = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<?>> running = new ArrayList<>();
    private volatile boolean stopped;

    /**
     * A call that was answered with: the message is durable.
     *
     * @param node which node was called
     * @param began of {@link System#nanoTime}
     * @param trace under which it is in the audit log
     * @param number of the call; no two have the same, and none is sent twice
     */
    record Accepted(int node, long began, String trace, int number) {}

    GatewayMessages(List<PlatformPorts> nodes) {
        this.nodes = nodes;
    }

    void start() {
        for (int i = 0; i < nodes.size(); i++) {
            int node = i;
            running.add(threads.submit(() -> {
                while (!stopped) {
                    send(node);
                    LockSupport.parkNanos(PAUSE);
                }
            }));
        }
    }

    private void send(int node) {
        int number = sent.incrementAndGet();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + nodes.get(node).gatewayBus() + "/message/" + number))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("message " + number))
                .build();
        long began = System.nanoTime();
        try {
            HttpResponse<Void> answer = http.send(request, BodyHandlers.discarding());
            if (answer.statusCode() == ACCEPTED) {
                accepted.add(new Accepted(
                        node,
                        began,
                        answer.headers().firstValue("x-tongmai-trace").orElse(""),
                        number));
            }
        } catch (IOException e) {
            unanswered.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Every call there was, answered or not. */
    int sent() {
        return sent.get();
    }

    /** Those of which nobody knows whether they became a message: the node was away, or killed. */
    int unanswered() {
        return unanswered.get();
    }

    List<Accepted> accepted() {
        return List.copyOf(accepted);
    }

    /** Whether a call that began after the moment was accepted at the node. */
    boolean acceptedAfter(long moment, int node) {
        return accepted.stream().anyMatch(call -> call.began() > moment && call.node() == node);
    }

    /** Numbers of the calls whose messages are in the queue. */
    static List<Integer> queued(String broker, String user, String password) throws JMSException {
        List<Integer> numbers = new ArrayList<>();
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(broker, user, password);
                Connection connection = factory.createConnection()) {
            connection.start();
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            Enumeration<?> messages =
                    session.createBrowser(session.createQueue(QUEUE)).getEnumeration();
            while (messages.hasMoreElements()) {
                String path = ((Message) messages.nextElement()).getStringProperty("path");
                numbers.add(Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)));
            }
        }
        return numbers;
    }

    /** Ends when the last call is answered. */
    @Override
    public void close() throws Exception {
        stopped = true;
        for (Future<?> each : running) {
            each.get(30, TimeUnit.SECONDS);
        }
        threads.shutdown();
    }
}
