package org.tongmai.routes.engine.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A service behind the gateway that answers what a test tells it to. */
final class Backend implements AutoCloseable {
    interface Answers {
        void answer(HttpExchange exchange, byte[] body) throws IOException;
    }

    final AtomicInteger calls = new AtomicInteger();
    final List<String> targets = new CopyOnWriteArrayList<>();
    volatile Answers answers = (exchange, body) -> reply(exchange, 200, "fine");
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    Backend() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 200);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            if (!exchange.getRequestURI().getPath().endsWith("/health")) {
                calls.incrementAndGet();
                targets.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            }
            byte[] body = exchange.getRequestBody().readAllBytes();
            answers.answer(exchange, body);
            exchange.close();
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    static void reply(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
