package org.tongmai.benchmarks.patientindex;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.tongmai.adapters.fhir.FhirServlet;
import org.tongmai.adapters.fhirvalidation.HapiResourceValidator;
import org.tongmai.adapters.fhirvalidation.ValidationSettings;
import org.tongmai.standards.canonical.CanonicalSearch;
import org.tongmai.standards.patientindex.PersonDirectory;
import org.tongmai.standards.terminology.Terminology;

/** Asks the FHIR endpoint over HTTP for everything about people, and measures from the request to the last byte. */
final class EverythingLoad implements AutoCloseable {
    private static final Terminology TABLES = Terminology.load();

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final HttpClient client = HttpClient.newHttpClient();

    private final HapiResourceValidator validator;

    EverythingLoad(CanonicalSearch search, PersonDirectory persons) throws Exception {
        validator = new HapiResourceValidator(ValidationSettings.defaults(), TABLES, search);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(new ServletHolder(new FhirServlet(search, persons, () -> TABLES, validator)), "/fhir/*");
        server.setHandler(context);
        server.start();
    }

    /**
     * Asks and prints.
     *
     * @param ids Patients, asked for in turn
     * @param warmup requests before measuring
     * @param count measured requests
     */
    void run(List<String> ids, int warmup, int count, PrintStream out) throws InterruptedException {
        int threads = 2;
        ask(ids, warmup, threads, new ConcurrentHistogram(3));
        ConcurrentHistogram times = new ConcurrentHistogram(3);
        AtomicLong bytes = new AtomicLong();
        long start = System.nanoTime();
        bytes.set(ask(ids, count, threads, times));
        double seconds = (System.nanoTime() - start) / 1e9;
        out.printf(
                "$everything over HTTP, %d connections: %d requests, %.0f/s, %.1f KB each, "
                        + "p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, max %.1f ms%n",
                threads,
                count,
                count / seconds,
                bytes.get() / 1024.0 / count,
                times.getValueAtPercentile(50) / 1000.0,
                times.getValueAtPercentile(95) / 1000.0,
                times.getValueAtPercentile(99) / 1000.0,
                times.getMaxValue() / 1000.0);
    }

    private long ask(List<String> ids, int count, int threads, ConcurrentHistogram times) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        AtomicLong bytes = new AtomicLong();
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        for (int i = 0; i < threads; i++) {
            workers.execute(() -> {
                for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                    long start = System.nanoTime();
                    bytes.addAndGet(get(ids.get(n % ids.size())));
                    times.recordValue((System.nanoTime() - start) / 1000);
                }
            });
        }
        workers.shutdown();
        if (!workers.awaitTermination(10, TimeUnit.MINUTES) || next.get() < count) {
            throw new IllegalStateException("a request failed");
        }
        return bytes.get();
    }

    private int get(String id) {
        try {
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/fhir/Patient/"
                                    + id + "/$everything?_count=50"))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("answered " + answer.statusCode());
            }
            return answer.body().length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws Exception {
        server.stop();
        validator.close();
    }
}
