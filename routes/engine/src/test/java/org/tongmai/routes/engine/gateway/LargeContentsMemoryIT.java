package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.journal.TestDatabase;
import org.tongmai.standards.crypto.Sm2PrivateKey;

/** Contents of 120 MB, two at once in both directions, through a node whose memory can not hold one of them. */
class LargeContentsMemoryIT {
    private static final int AT_ONCE = 2;
    private static final long LENGTH = 120L * 1024 * 1024;
    private static final byte[] PIECE = new byte[64 * 1024];

    /** The node, in a process of its own: the addresses of database and service, then it says its port and waits. */
    static final class Node {
        private Node() {}

        public static void main(String[] addresses) throws Exception {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(addresses[0]);
            config.setMaximumPoolSize(6);
            try (HikariDataSource database = new HikariDataSource(config);
                    GatewayNode node = new GatewayNode(database, "memory", Set.of(), Clock.systemUTC())) {
                node.registry.publish(
                        LargeContentsIT.rules(Sm2PrivateKey.generate(), addresses[1]), 0, "memory", "test");
                System.out.println("port " + node.bus);
                System.in.transferTo(OutputStream.nullOutputStream()); // until the test has done
            }
        }
    }

    @Test
    void contents_that_do_not_fit_into_the_heap_pass_at_once_in_both_directions() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        HttpServer service = service(threads);
        Process process = null;
        try (TestDatabase database = new TestDatabase()) {
            process = start(
                    database.dataSource().getJdbcUrl(),
                    "http://127.0.0.1:" + service.getAddress().getPort());
            BufferedReader said = new BufferedReader(new InputStreamReader(process.getInputStream()));
            String address = "http://127.0.0.1:" + after("port ", said) + "/raw/";
            List<CompletableFuture<Long>> all = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                all.add(CompletableFuture.supplyAsync(() -> upload(address + "up"), threads));
                all.add(CompletableFuture.supplyAsync(() -> download(address + "down"), threads));
            }
            for (CompletableFuture<Long> each : all) {
                assertThat(each.get(60, TimeUnit.SECONDS)).isEqualTo(LENGTH);
            }
        } finally {
            if (process != null) {
                process.getOutputStream().close();
                assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isZero();
            }
            service.stop(0);
            threads.shutdownNow();
        }
    }

    /** Half of one content for everything, in the heap and outside. */
    private static Process start(String database, String service) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-Xmx96m",
                        "-XX:MaxDirectMemorySize=16m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Node.class.getName(),
                        database,
                        service)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String after(String word, BufferedReader said) throws IOException {
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(word)) {
                return line.substring(word.length());
            }
        }
        throw new IOException("the node ended");
    }

    private static HttpServer service(ExecutorService threads) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 50);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            long length = count(exchange.getRequestBody());
            if (exchange.getRequestMethod().equals("POST")) {
                Backend.reply(exchange, 200, Long.toString(length));
            } else {
                large(exchange);
            }
            exchange.close();
        });
        server.start();
        return server;
    }

    private static void large(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, LENGTH);
        write(exchange.getResponseBody());
    }

    private static long upload(String address) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(address).toURL().openConnection();
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(LENGTH);
            write(connection.getOutputStream());
            return Long.parseLong(new String(connection.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long download(String address) {
        try (InputStream in = URI.create(address).toURL().openStream()) {
            return count(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(OutputStream out) throws IOException {
        for (long sent = 0; sent < LENGTH; sent += PIECE.length) {
            out.write(PIECE);
        }
    }

    private static long count(InputStream in) throws IOException {
        byte[] piece = new byte[64 * 1024];
        long count = 0;
        for (int some = in.read(piece); some >= 0; some = in.read(piece)) {
            count += some;
        }
        return count;
    }
}
