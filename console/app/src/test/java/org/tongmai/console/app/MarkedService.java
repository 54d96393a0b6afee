package org.tongmai.console.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The service behind the gateways: answers the generation its address says, and remembers who got through to it. */
final class MarkedService implements AutoCloseable {
    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final HttpServer server;

    /**
     * A call that came through.
     *
     * @param generation of the rules that let it
     * @param service first part of the path
     * @param application as the gateway says; empty for none
     * @param id last part of the path
     */
    record Arrival(int generation, String service, String application, String id) {}

    MarkedService() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 200);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/");
        String application = exchange.getRequestHeaders().getFirst("X-Tongmai-Application");
        arrivals.add(new Arrival(Integer.parseInt(path[1]), path[2], application == null ? "" : application, path[3]));
        byte[] body = path[1].getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
