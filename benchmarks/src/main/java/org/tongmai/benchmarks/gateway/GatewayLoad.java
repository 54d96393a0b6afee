package org.tongmai.benchmarks.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.tongmai.benchmarks.platform.PlatformApi;
import org.tongmai.standards.crypto.PemKeys;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Calls through the open gateway with everything on, or through the bus with nothing on. */
@Command(name = "gateway", description = "Load on the bus and its gateways", mixinStandardHelpOptions = true)
public final class GatewayLoad implements Callable<Integer> {
    private static final Pattern REVISION = Pattern.compile("\"revision\":(\\d+)");

    /** What the calls go through. */
    enum Chain {
        /** Identity, authorisation, SM2 verification, screening, nonce, limits, breaker, access log with contents, audit. */
        FULL,
        /** A service of the bus with no identity. */
        PLAIN
    }

    @Option(names = "--chain", defaultValue = "FULL", description = "${COMPLETION-CANDIDATES}")
    private Chain chain;

    @Option(names = "--connections", defaultValue = "64")
    private int connections;

    @Option(names = "--seconds", defaultValue = "20")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "10", description = "seconds not counted")
    private int warmUp;

    @Option(names = "--rate", defaultValue = "0", description = "calls a second; 0 for as fast as answers come")
    private int rate;

    @Option(
            names = "--signed",
            defaultValue = "250000",
            description = "calls signed before, each is sent once; 0 to sign while it runs")
    private int signed;

    @Option(names = "--pid", description = "process of the platform, whose memory is printed each minute")
    private Long pid;

    @Mixin
    private PlatformApi platform;

    @Option(names = "--open-port", defaultValue = "9080")
    private int openPort;

    @Option(names = "--bus-port", defaultValue = "9081")
    private int busPort;

    @Option(names = "--backend-port", defaultValue = "9990")
    private int backendPort;

    @Override
    public Integer call() throws Exception {
        Sm2PrivateKey key = Sm2PrivateKey.generate();
        publish(rules(PemKeys.write(key.publicKey())));
        try (Backend backend = new Backend(backendPort)) {
            Thread service = new Thread(backend, "backend");
            service.setDaemon(true);
            service.start();
            Load load = new Load(
                    chain == Chain.FULL ? openPort : busPort,
                    calls(key),
                    new Load.Plan(connections, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds), rate));
            try (MemoryWatch memory = MemoryWatch.of(pid)) {
                load.run();
            }
            return report(load);
        }
    }

    private Supplier<byte[]> calls(Sm2PrivateKey key) {
        if (chain == Chain.PLAIN) {
            return SignedCalls.plain();
        }
        return signed > 0 ? SignedCalls.before(signed, key) : SignedCalls.meanwhile(key);
    }

    private int report(Load load) {
        Histogram times = load.times();
        double measured = load.measuredSeconds();
        Map<String, Long> answers = new TreeMap<>(load.answers());
        System.out.printf(
                "method     %s chain, %d connections, one unanswered each, %s; warm-up %d s not counted%n",
                chain, connections, rate == 0 ? "as fast as answers come" : rate + " calls a second", warmUp);
        System.out.printf(
                "           client, service and platform on this machine; client and service used %.1f s of processor time%n",
                load.processorSeconds());
        System.out.printf(
                "measured   %d calls in %.1f s: %.0f calls/s%n",
                times.getTotalCount(), measured, times.getTotalCount() / measured);
        System.out.printf(
                "answer     p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms, max %.1f ms%n",
                times.getValueAtPercentile(50) / 1e3,
                times.getValueAtPercentile(99) / 1e3,
                times.getValueAtPercentile(99.9) / 1e3,
                times.getMaxValue() / 1e3);
        System.out.println("answers    " + answers);
        return answers.keySet().equals(java.util.Set.of("HTTP/1.1 200 OK")) ? 0 : 1;
    }

    /** Publishes rules in the place of those in force. */
    private void publish(String rules) throws IOException, InterruptedException {
        Matcher latest = REVISION.matcher(platform.get("/api/gateway/publications"));
        String basedOn = latest.find() ? latest.group(1) : "0";
        platform.postJson("/api/gateway/rules?note=load&basedOn=" + basedOn, rules);
    }

    private String rules(String publicKey) throws IOException {
        try (var in = GatewayLoad.class.getResourceAsStream("rules.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@KEY@", publicKey.replace("\n", "\\n"))
                    .replace("@PORT@", Integer.toString(backendPort));
        }
    }
}
