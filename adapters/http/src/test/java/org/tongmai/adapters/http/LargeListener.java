package org.tongmai.adapters.http;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.AsyncProcessorSupport;
import org.tongmai.standards.crypto.Sm3Stream;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpContent;
import org.tongmai.standards.exchange.HttpFields;
import org.tongmai.standards.exchange.LargeContents;
import org.tongmai.standards.exchange.Spool;

/** A listener with a spool, which answers what is called …/sent by a service that is played byte by byte. */
final class LargeListener implements AutoCloseable {
    /** Of this machine, as all of its block are. */
    static final String PROXY = "127.0.0.9";

    static final int ABOVE = 100_000;
    static final int MOST = 5_000_000;
    /** A quarter of it, what one sender has, is one of the largest. */
    private static final int ROOM = 20_000_000;

    final List<HttpCall> calls = new CopyOnWriteArrayList<>();
    final Spool spool;
    final int port;
    /** What calls that reach the route wait for. */
    volatile CompletableFuture<Void> held = CompletableFuture.completedFuture(null);

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final ServerSocket service = new ServerSocket(0);

    /** Answers with the hash of the content and whether it was in memory, when it is let go. */
    private final class Hashing extends AsyncProcessorSupport {
        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            HttpCall call = exchange.getMessage().getBody(HttpCall.class);
            calls.add(call);
            if (call.path().endsWith("/failing")) {
                exchange.setException(new IllegalStateException("of a step"));
                callback.done(true);
                return true;
            }
            held.thenRunAsync(() -> {
                String text = hash(call.content()) + (call.content().isHeld() ? " in memory" : " in a file");
                exchange.getMessage()
                        .setBody(new HttpAnswer(200, HttpFields.NONE, text.getBytes(StandardCharsets.UTF_8)));
                callback.done(false);
            });
            return false;
        }
    }

    static String hash(HttpContent content) {
        Sm3Stream hash = new Sm3Stream();
        for (long at = 0; at < content.length(); at += 10_000) {
            byte[] piece = content.read(at, 10_000);
            hash.update(piece, 0, piece.length);
        }
        return hash.hex();
    }

    LargeListener(Path directory) throws Exception {
        this(directory, ABOVE);
    }

    /** @param above bytes up to which a content is held in memory where it may go into a file, half of where it may not */
    LargeListener(Path directory, int above) throws Exception {
        spool = new Spool(directory, new Spool.Bounds(above, ROOM, 0));
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        camel.getRegistry().bind("spool", spool);
        camel.getRegistry().bind("who", (LargeContents)
                (door, head) -> door.equals("front") && head.path().startsWith("/large") ? MOST : 0);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:http-source?host=127.0.0.1&port=" + port + "&trustedProxies=" + PROXY + "&maxBody="
                                + 2 * above + "&requestTimeout=2s&idleTimeout=1s&largeContents=front")
                        .choice()
                        .when(exchange -> exchange.getMessage()
                                .getBody(HttpCall.class)
                                .path()
                                .contains("/sent"))
                        .to("kamelet:http-sink?url=http://127.0.0.1:" + service.getLocalPort() + "&largeBody=" + MOST
                                + "&answerTimeout=3s")
                        .otherwise()
                        .process(new Hashing());
            }
        });
        camel.start();
    }

    @Override
    public void close() throws IOException {
        camel.stop();
        service.close();
    }

    void awaitNothingLeft() {
        await().until(() -> spool.used() == 0 && underWay() == 0);
    }

    private int underWay() {
        return camel.getRoutes().stream()
                .filter(each -> each.getEndpoint().getEndpointUri().contains(":" + port))
                .mapToInt(each -> ((ShutdownAware) each.getConsumer()).getPendingExchangesSize())
                .sum();
    }

    interface Serving {
        byte[] serve(InputStream in, OutputStream out) throws IOException;
    }

    /** One connection that is served and closed. */
    CompletableFuture<byte[]> serve(Serving serving) {
        return CompletableFuture.supplyAsync(() -> {
            try (Socket socket = service.accept()) {
                InputStream in = socket.getInputStream();
                StringBuilder head = new StringBuilder();
                while (head.indexOf("\r\n\r\n") < 0) {
                    head.append((char) in.read());
                }
                return serving.serve(in, socket.getOutputStream());
            } catch (IOException e) {
                return null; // the caller ended it
            }
        });
    }

    /** What comes until the answer's content is whole. */
    static String heard(RawConnection raw) {
        StringBuilder heard = new StringBuilder();
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    heard.append(raw.hear(50).text());
                    int blank = heard.indexOf("\r\n\r\n");
                    if (blank < 0) {
                        return false;
                    }
                    String head = heard.substring(0, blank).toLowerCase(Locale.ROOT);
                    int at = head.indexOf("content-length: ") + 16;
                    int end = head.indexOf("\r\n", at);
                    int length = Integer.parseInt(head.substring(at, end < 0 ? head.length() : end));
                    return heard.length() == blank + 4 + length;
                });
        return heard.toString();
    }

    static String head(int length) {
        return "POST /large HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n";
    }

    static byte[] content(int length) {
        byte[] content = new byte[length];
        for (int i = 0; i < length; i++) {
            content[i] = (byte) (i * 31 + i / 251);
        }
        return content;
    }

    static String text(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1);
    }
}
