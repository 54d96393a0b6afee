package org.tongmai.benchmarks.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
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
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.exchange.MessageKeys;
import org.tongmai.standards.exchange.ReceivedMessage;
import org.tongmai.standards.terminology.Terminology;

/**
 * One thread, one message: decoded text to canonical resources to JSON bytes. Targets: {@code adt-a01} 8 000/s,
 * {@code oru-r01-20-obx} 2 000/s.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 4, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx512m", "-XX:+UseSerialGC"})
public class MappingBenchmark {
    /** File name of the message, without its ending. */
    @Param({"adt-a01", "oru-r01-20-obx"})
    public String message;

    private final ObjectWriter json = new ObjectMapper().writer();
    private MappingEngine engine;
    private ReceivedMessage received;

    /** Compiles the maps and reads the message. */
    @Setup
    public void setUp() throws IOException {
        engine = MappingEngine.compile(Terminology.load(), MappingSettings.defaults());
        try (InputStream in = MappingBenchmark.class.getResourceAsStream(message + ".hl7")) {
            byte[] raw = in.readAllBytes();
            received = new ReceivedMessage(
                    "hl7v2:message",
                    raw,
                    StandardCharsets.UTF_8,
                    new String(raw, StandardCharsets.UTF_8),
                    new MessageKeys("", "", "", "", "", "", "", "", List.of()),
                    "",
                    Instant.EPOCH);
        }
    }

    /** Parses and maps, and writes every resource as JSON. */
    @Benchmark
    public void parseMapAndWrite(Blackhole hole) throws JsonProcessingException {
        for (CanonicalResource resource : engine.map(received).resources()) {
            hole.consume(json.writeValueAsBytes(resource.content()));
        }
    }

    /** Parses and maps only. */
    @Benchmark
    public void parseAndMap(Blackhole hole) {
        hole.consume(engine.map(received));
    }

    /** Runs this benchmark. */
    public static void main(String[] arguments) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(MappingBenchmark.class.getName())
                        .build())
                .run();
    }
}
