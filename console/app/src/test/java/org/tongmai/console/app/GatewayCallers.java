package org.tongmai.console.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.tongmai.console.app.GatewayCall.Answer;
import org.tongmai.console.app.GatewayCall.Moment;
import org.tongmai.standards.crypto.SignatureScheme;
import org.tongmai.standards.crypto.Signer;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import org.tongmai.standards.crypto.request.RequestSignature;
import org.tongmai.standards.crypto.request.SignatureProfile;

/**
 * A steady load on every node: signed and unsigned calls, calls that came before, and some who must not get in. Each thread
 * has one call under way; what came of each is kept.
 */
final class GatewayCallers implements AutoCloseable {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(12);
    private static final int REPLAYED = 300;
    private static final List<String> UNSIGNED = List.of("pair-a", "pair-b", "withdrawn", "pair-b", "pair-a");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Signer signer;
    private final Signer stranger = Sm2PrivateKey.generate().signer(SignatureScheme.RAW);
    private final List<PlatformPorts> nodes;
    private final AtomicInteger next = new AtomicInteger();
    private final Queue<GatewayCall> calls = new ConcurrentLinkedQueue<>();
    private final Queue<GatewayCall> replays = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedDeque<Sent> signed = new ConcurrentLinkedDeque<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<?>> running = new ArrayList<>();
    private volatile boolean stopped;

    /** A signed call that was sent, to be sent once more. */
    private record Sent(GatewayCall call, HttpRequest request) {}

    GatewayCallers(Sm2PrivateKey key, List<PlatformPorts> nodes) {
        this.signer = key.signer(SignatureScheme.RAW);
        this.nodes = nodes;
    }

    void start() {
        for (int i = 0; i < nodes.size(); i++) {
            int node = i;
            run(() -> signedCall(node, next.incrementAndGet() % 3 == 0 ? "sometimes" : "steady"));
            run(() -> unsignedCall(node, UNSIGNED.get(next.incrementAndGet() % UNSIGNED.size())));
            Random random = new Random(node);
            run(() -> {
                if (random.nextBoolean()) {
                    replay(node, random);
                } else {
                    intrusion(node, random.nextInt(3));
                }
            });
        }
    }

    private void run(Runnable call) {
        running.add(threads.submit(() -> {
            while (!stopped) {
                call.run();
                LockSupport.parkNanos(PAUSE);
            }
        }));
    }

    /** Everything that was called, but for {@link #replays}. */
    List<GatewayCall> calls() {
        return List.copyOf(calls);
    }

    /** Signed calls that were sent once more. */
    List<GatewayCall> replays() {
        return List.copyOf(replays);
    }

    /** Whether a call of this service that began after the moment passed at the node. */
    boolean passedAfter(long moment, int node, String service) {
        return calls.stream()
                .anyMatch(call -> call.passed()
                        && call.moment().began() > moment
                        && call.node() == node
                        && call.service().equals(service));
    }

    private void signedCall(int node, String application) {
        String id = application + "-" + next.incrementAndGet();
        HttpRequest request = request(node, id, application, signer);
        GatewayCall call = send(new GatewayCall(node, "signed", application, id, null, null), request);
        calls.add(call);
        signed.addLast(new Sent(call, request));
        while (signed.size() > REPLAYED) {
            signed.pollFirst();
        }
    }

    private void unsignedCall(int node, String service) {
        String id = service + "-" + next.incrementAndGet();
        calls.add(send(
                new GatewayCall(node, service, "", id, null, null),
                HttpRequest.newBuilder(uri(nodes.get(node).gatewayBus(), service, id))
                        .build()));
    }

    /** One that was answered, at whichever node: what was not answered may come once more and pass. */
    private void replay(int node, Random random) {
        List<Sent> sent = List.copyOf(signed);
        if (sent.isEmpty()) {
            return;
        }
        Sent again = sent.get(random.nextInt(sent.size()));
        HttpRequest request = HttpRequest.newBuilder(again.request(), (name, value) -> true)
                .uri(uri(nodes.get(node).gatewayOpen(), "signed", again.call().id()))
                .build();
        GatewayCall call = again.call();
        GatewayCall before = new GatewayCall(node, call.service(), call.by(), call.id(), null, null);
        GatewayCall result = send(before, request);
        if (call.passed()) {
            replays.add(result);
        }
    }

    private void intrusion(int node, int kind) {
        String id = GatewayCall.INTRUDER + "-" + next.incrementAndGet();
        HttpRequest request =
                switch (kind) {
                    case 0 -> request(node, id, "steady", stranger);
                    case 1 -> request(node, id, "nobody", signer);
                    default ->
                        HttpRequest.newBuilder(uri(nodes.get(node).gatewayOpen(), "signed", id))
                                .header(RequestSignature.APP_HEADER, "steady")
                                .build();
                };
        calls.add(send(new GatewayCall(node, "signed", GatewayCall.INTRUDER, id, null, null), request));
    }

    private HttpRequest request(int node, String id, String application, Signer by) {
        String gateway = "http://127.0.0.1:" + nodes.get(node).gatewayOpen();
        return new SignedRequests(gateway, application, SignatureProfile.SM2_SM3, by)
                .request("GET", "/signed/" + id, new byte[0])
                .build();
    }

    private GatewayCall send(GatewayCall call, HttpRequest request) {
        long began = System.nanoTime();
        Answer answer;
        try {
            HttpRequest limited = HttpRequest.newBuilder(request, (name, value) -> true)
                    .timeout(Duration.ofSeconds(10))
                    .build();
            answer = answer(http.send(limited, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) { // nobody is there, or was killed
            answer = Answer.NONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer = Answer.NONE;
        }
        return new GatewayCall(call.node(), call.service(), call.by(), call.id(), Moment.since(began), answer);
    }

    private static Answer answer(HttpResponse<String> response) {
        int at = response.body().indexOf("TM-");
        String code = at < 0 ? "" : response.body().substring(at).replaceAll("[^A-Z0-9-].*", "");
        return new Answer(
                response.statusCode(),
                code,
                response.statusCode() == 200 ? Integer.parseInt(response.body()) : 0,
                response.headers().firstValue("x-tongmai-trace").orElse(""));
    }

    private static URI uri(int port, String service, String id) {
        return URI.create("http://127.0.0.1:" + port + "/" + service + "/" + id);
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
