package org.tongmai.benchmarks.validation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.tongmai.adapters.fhirvalidation.HapiResourceValidator;
import org.tongmai.adapters.fhirvalidation.ValidationSettings;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.exchange.MessageKeys;
import org.tongmai.standards.exchange.ReceivedMessage;
import org.tongmai.standards.identifier.IdentityNumber;
import org.tongmai.standards.terminology.Terminology;
import org.tongmai.standards.validation.ValidationReport;
import org.tongmai.standards.validation.ValidationRequest;

/**
 * Judging canonical resources by their profiles, one after the other on one thread. The set-up prints what making the
 * validator costs (that is what the start of the platform pays), what preparing it costs, once, and the first judgement.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 4, time = 3)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx1g", "-XX:+UseSerialGC"})
public class ValidationBenchmark {
    /** File name of the message whose resources are judged, without its ending. */
    @Param({"adt-a01", "oru-r01-20-obx"})
    public String message;

    private final List<ValidationRequest> requests = new ArrayList<>();
    private final IdentityNumber identityNumber = new IdentityNumber();
    private HapiResourceValidator validator;
    private int next;

    /** Maps the message and prepares the validator, printing what that took. */
    @Setup
    public void setUp() throws IOException {
        Terminology terminology = Terminology.load();
        long start = System.nanoTime();
        validator = new HapiResourceValidator(ValidationSettings.defaults(), terminology, null);
        long made = System.nanoTime();
        validator.prepare().join();
        long prepared = System.nanoTime();
        for (CanonicalResource resource : map(terminology)) {
            requests.add(new ValidationRequest(
                    resource.content().toString().getBytes(StandardCharsets.UTF_8),
                    ValidationRequest.Format.JSON,
                    validator.profile(resource.type()).map(List::of).orElse(List.of())));
        }
        long asked = System.nanoTime();
        validator.validate(requests.get(0));
        System.out.printf(
                "made in %d us, prepared in %d ms, first resource in %d ms; %d resources%n",
                (made - start) / 1_000,
                (prepared - made) / 1_000_000,
                (System.nanoTime() - asked) / 1_000_000,
                requests.size());
    }

    private List<CanonicalResource> map(Terminology terminology) throws IOException {
        try (InputStream in =
                ValidationBenchmark.class.getResourceAsStream("/org/tongmai/benchmarks/mapping/" + message + ".hl7")) {
            byte[] raw = in.readAllBytes();
            return MappingEngine.compile(terminology, MappingSettings.defaults())
                    .map(new ReceivedMessage(
                            "hl7v2:message",
                            raw,
                            StandardCharsets.UTF_8,
                            new String(raw, StandardCharsets.UTF_8),
                            new MessageKeys("", "", "", "", "", "", "", "", List.of()),
                            "",
                            Instant.EPOCH))
                    .resources();
        }
    }

    /** Judges the next resource of the message. */
    @Benchmark
    public ValidationReport judge() {
        next = (next + 1) % requests.size();
        return validator.validate(requests.get(next));
    }

    /** Checks an identity number, as the maps do for each one. */
    @Benchmark
    public Object checkIdentityNumber() {
        return identityNumber.check("310101199003071230");
    }

    /** Ends the validator's threads. */
    @TearDown
    public void tearDown() {
        validator.close();
    }
}
