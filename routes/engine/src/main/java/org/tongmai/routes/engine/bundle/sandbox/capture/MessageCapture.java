package org.tongmai.routes.engine.bundle.sandbox.capture;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.sandbox.SandboxError;
import org.tongmai.routes.engine.bundle.sandbox.SandboxPlatform;
import org.tongmai.routes.engine.bundle.sandbox.golden.GoldenSuite;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ReceivedMessage;

/** Makes a case of a bundle's golden tests of a message that came in. */
public final class MessageCapture {
    private static final String FOLDER = "test/";
    private static final String ROUTES = FOLDER + "cases.csv";

    private final SandboxPlatform platform;
    private final MessageMask mask;

    public MessageCapture(SandboxPlatform platform, MessageMask mask) {
        this.platform = platform;
        this.mask = mask;
    }

    /**
     * A case to be made.
     *
     * @param name of the case: lower-case letters, digits and hyphens
     * @param bundle whose test it becomes
     * @param route id of the route the message came in by
     * @param settings what the platform sets, as for the gate
     */
    public record Order(String name, BundleArchive bundle, String route, BundleOverrides settings) {}

    /**
     * The files of the case: the masked message, and what the bundle answers and makes of it.
     *
     * @return content by name in the bundle
     * @throws CodedException when the message can not be masked, or the bundle breaks a rule
     */
    public SortedMap<String, byte[]> capture(Order order, ReceivedMessage message) {
        if (!order.name().matches("[a-z0-9][a-z0-9-]{0,63}")) {
            throw new CodedException(Issue.of(
                    SandboxError.NOT_CAPTURED, "name", "expected lower-case letters, digits and hyphens, at most 64"));
        }
        SortedMap<String, byte[]> files = new TreeMap<>();
        MessageMask.Masked masked = mask.mask(message);
        files.put(FOLDER + order.name() + "." + masked.ending(), masked.content());
        SortedMap<String, byte[]> alone = new TreeMap<>(order.bundle().files());
        alone.keySet().removeIf(name -> name.startsWith(FOLDER));
        alone.putAll(files);
        String routes = "case,route\n" + order.name() + "," + order.route() + "\n";
        alone.put(ROUTES, routes.getBytes(StandardCharsets.UTF_8));
        BundleArchive with = BundleArchive.of(order.bundle().id(), alone);
        try (GoldenSuite suite = GoldenSuite.open(with, order.settings(), platform)) {
            files.putAll(suite.written(order.name()));
        }
        return files;
    }
}
