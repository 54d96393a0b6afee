package org.tongmai.benchmarks.gateway;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** Sends requests over many connections from one thread; each connection has one unanswered. */
final class Load {
    private final int port;
    private final Supplier<byte[]> calls;
    private final Plan plan;
    private final Histogram times = new Histogram(60_000_000, 3);
    private final Map<String, Long> answers = new HashMap<>();
    private final Deque<Connection> idle = new ArrayDeque<>();
    private boolean exhausted;
    private long sentAtRate;
    private double seconds;
    private double processor;

    /**
     * How much, how long.
     *
     * @param rate calls a second; 0 for as fast as answers come
     */
    record Plan(int connections, Duration warmUp, Duration measured, int rate) {}

    private static final class Connection {
        private final SocketChannel channel;
        private final HttpFrames frames = new HttpFrames();
        private long sentAt;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }
    }

    /** @param calls the next request; null when there is none */
    Load(int port, Supplier<byte[]> calls, Plan plan) {
        this.port = port;
        this.calls = calls;
        this.plan = plan;
    }

    void run() throws IOException {
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < plan.connections(); i++) {
                SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
                channel.socket().setTcpNoDelay(true);
                channel.configureBlocking(false);
                Connection connection = new Connection(channel);
                channel.register(selector, SelectionKey.OP_READ, connection);
                idle.add(connection);
            }
            long begun = System.nanoTime();
            long from = begun + plan.warmUp().toNanos();
            long until = from + plan.measured().toNanos();
            double cpu = processorNow();
            long last = from;
            while (System.nanoTime() < until && !exhausted) {
                sendDue(begun);
                selector.select(1);
                Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
                while (ready.hasNext()) {
                    SelectionKey key = ready.next();
                    ready.remove();
                    last = receive((Connection) key.attachment(), from);
                }
            }
            seconds = (last - from) / 1e9;
            processor = processorNow() - cpu;
        }
    }

    private void sendDue(long begun) throws IOException {
        long due = plan.rate() == 0
                ? Long.MAX_VALUE
                : (System.nanoTime() - begun) * plan.rate() / 1_000_000_000L - sentAtRate;
        while (due > 0 && !idle.isEmpty()) {
            byte[] call = calls.get();
            if (call == null) {
                exhausted = true;
                return;
            }
            Connection connection = idle.poll();
            ByteBuffer request = ByteBuffer.wrap(call);
            connection.sentAt = System.nanoTime();
            while (request.hasRemaining()) {
                connection.channel.write(request);
            }
            due--;
            sentAtRate++;
        }
    }

    private long receive(Connection connection, long from) throws IOException {
        if (!connection.frames.read(connection.channel)) {
            throw new IOException("the gateway closed a connection");
        }
        long now = System.nanoTime();
        while (connection.frames.next()) {
            answers.merge(connection.frames.firstLine(), 1L, Long::sum);
            if (now >= from) {
                times.recordValue(Math.min(59_000_000, (now - connection.sentAt) / 1_000));
            }
            idle.add(connection);
        }
        return now;
    }

    private static double processorNow() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getProcessCpuTime()
                / 1e9;
    }

    Histogram times() {
        return times;
    }

    Map<String, Long> answers() {
        return answers;
    }

    double measuredSeconds() {
        return seconds;
    }

    double processorSeconds() {
        return processor;
    }
}
