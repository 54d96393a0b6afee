package org.tongmai.benchmarks.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
import org.tongmai.mappings.Extent;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.exchange.MessageKeys;
import org.tongmai.standards.exchange.ReceivedMessage;
import org.tongmai.standards.terminology.Terminology;

/**
 * One thread, the {@code .hl7} files of a folder round and round, everything that the guide maps: decoded text to FHIR
 * resources to JSON bytes. For comparison with other converters on the same files.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx512m", "-XX:+UseSerialGC"})
public class FolderBenchmark {
    /** A folder; messages that the mapper refuses are left out and counted. */
    @Param("")
    public String folder;

    private final ObjectWriter json = new ObjectMapper().writer();
    private final List<ReceivedMessage> messages = new ArrayList<>();
    private MappingEngine engine;
    private int next;

    /** Compiles the maps and reads the messages. */
    @Setup
    public void setUp() throws IOException {
        if (folder.isEmpty()) {
            throw new IllegalArgumentException("found: no folder, expected: -p folder=<folder with .hl7 files>");
        }
        engine = MappingEngine.compile(
                Terminology.load(),
                new MappingSettings(MappingSettings.defaults().zone(), List.of(), Extent.WHOLE));
        List<Path> files;
        try (Stream<Path> walk = Files.walk(Path.of(folder))) {
            files = walk.filter(file -> file.toString().endsWith(".hl7"))
                    .sorted()
                    .toList();
        }
        long bytes = 0;
        for (Path file : files) {
            ReceivedMessage message = read(Files.readAllBytes(file));
            if (isMapped(message)) {
                messages.add(message);
                bytes += message.raw().length;
            }
        }
        System.out.printf(
                "%d of %d messages, %d bytes on average%n",
                messages.size(), files.size(), bytes / Math.max(1, messages.size()));
    }

    private boolean isMapped(ReceivedMessage message) {
        try {
            return !engine.map(message).resources().isEmpty();
        } catch (CodedException e) {
            return false;
        }
    }

    private static ReceivedMessage read(byte[] raw) {
        return new ReceivedMessage(
                "hl7v2:message",
                raw,
                StandardCharsets.UTF_8,
                new String(raw, StandardCharsets.UTF_8).replace("\r\n", "\r").replace('\n', '\r'),
                new MessageKeys("", "", "", "", "", "", "", "", List.of()),
                "",
                Instant.EPOCH);
    }

    /** Parses, maps, and writes every resource as JSON. */
    @Benchmark
    public void parseMapAndWrite(Blackhole hole) throws JsonProcessingException {
        ReceivedMessage message = messages.get(next);
        next = (next + 1) % messages.size();
        for (CanonicalResource resource : engine.map(message).resources()) {
            hole.consume(json.writeValueAsBytes(resource.content()));
        }
    }
}
