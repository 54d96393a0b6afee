package org.tongmai.routes.engine.gateway.user;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;

/**
 * Calls identity providers on threads of its own, beside the path of calls. Follows no redirect, takes no large answer. Each
 * provider has a lane of its own, so that one nobody answers keeps no other from being asked.
 */
final class SideCalls implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int MOST_UNDER_WAY = 256;
    private static final int LARGEST = 1024 * 1024;
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "gateway-identity");
        thread.setDaemon(true);
        return thread;
    });
    private CompletableFuture<HttpClient> client;

    /** What came back. */
    record Reply(int status, byte[] body) {
        @Override
        public String toString() {
            return "Reply[" + status + "]";
        }
    }

    /** Made when a provider is asked first, and beside the path: it reads what Java trusts. */
    private synchronized CompletableFuture<HttpClient> client() {
        if (client == null || client.isCompletedExceptionally()) {
            client = CompletableFuture.supplyAsync(
                    () -> HttpClient.newBuilder()
                            .executor(threads)
                            .connectTimeout(CONNECT)
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .version(HttpClient.Version.HTTP_1_1)
                            .build(),
                    threads);
        }
        return client;
    }

    /** For one provider. */
    Lane lane() {
        return new Lane();
    }

    /** Has only so many calls under way; more fail at once. */
    final class Lane {
        private final Semaphore free = new Semaphore(MOST_UNDER_WAY);

        private Lane() {}

        CompletableFuture<Reply> get(URI address) {
            return send(HttpRequest.newBuilder(address).header("Accept", "application/json"));
        }

        CompletableFuture<Reply> post(URI address, String contentType, byte[] body) {
            return send(HttpRequest.newBuilder(address)
                    .header("Accept", "application/json")
                    .header("Content-Type", contentType)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
        }

        private CompletableFuture<Reply> send(HttpRequest.Builder request) {
            if (!free.tryAcquire()) {
                return CompletableFuture.failedFuture(new Refused(
                        GatewayError.PROVIDER_AWAY, "", "more than " + MOST_UNDER_WAY + " questions under way"));
            }
            HttpRequest asked = request.timeout(ANSWER).build();
            return client().thenCompose(known -> sent(known, asked)).whenComplete((reply, failure) -> free.release());
        }

        private static CompletableFuture<Reply> sent(HttpClient client, HttpRequest request) {
            CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(request, head -> new BoundedBody(LARGEST));
            return sent.copy()
                    .orTimeout(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((answer, failure) -> {
                        if (failure != null) {
                            sent.cancel(true);
                        }
                    })
                    .thenApply(answer -> new Reply(answer.statusCode(), answer.body()));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
