package org.tongmai.benchmarks.screening;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.tongmai.routes.engine.gateway.request.ReadCall;
import org.tongmai.routes.engine.gateway.screen.Finding;
import org.tongmai.routes.engine.gateway.screen.Screening;
import org.tongmai.routes.engine.gateway.screen.ScreeningPolicy;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;

/** One thread, one request with the headers of a browser. Target: {@code plain} 5 µs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx256m", "-XX:+UseSerialGC"})
public class ScreeningBenchmark {
    private static final HttpFields HEADERS = HttpFields.of(
            "Host", "gateway.example.org",
            "User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/1",
            "Content-Type", "application/json",
            "Accept", "application/json",
            "X-Request-Id", "6f1c2b7e-5a4d-4f2e-9a3b-1c2d3e4f5a6b");

    /** File name of the body, without its ending. */
    @Param({"plain", "prose", "fhir", "attack"})
    public String body;

    private Screening screening;
    private ReadCall request;

    /** Compiles the policy and reads the body. */
    @Setup
    public void setUp() throws IOException {
        screening = Screening.of(ScreeningPolicy.STRICT);
        try (InputStream in = ScreeningBenchmark.class.getResourceAsStream(body + ".json")) {
            request = new ReadCall(new HttpCall(
                    "POST", "/api/visits", "from=2026-01-01&page=1", HEADERS, in.readAllBytes(), "127.0.0.1"));
        }
        if (screening.screen(request).isPresent() != body.equals("attack")) {
            throw new IllegalStateException("not judged as it should be: " + body);
        }
    }

    /** Screens the whole request. */
    @Benchmark
    public Optional<Finding> screen() {
        return screening.screen(request);
    }
}
