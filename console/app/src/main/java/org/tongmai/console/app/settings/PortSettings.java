package org.tongmai.console.app.settings;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.tongmai.routes.engine.gateway.GatewayKind;

/**
 * Where the platform listens.
 *
 * @param offset is added to each of the others: one number moves a second instance out of the way of the first
 * @param http console, API and FHIR
 * @param mllpAdt the sample feed of admissions, HL7 v2 over MLLP
 * @param mllpResults the sample feed of results, HL7 v2 over MLLP
 * @param gatewayOpen the open gateway, HTTP
 * @param gatewayBus the service bus, HTTP
 * @param gatewayUser the user gateway, HTTP
 * @param sampleSftp the sample district platform, on the loopback address
 * @param sampleMllp the sample downstream system, on the loopback address
 */
public record PortSettings(
        @DefaultValue("0") int offset,
        @DefaultValue("8080") int http,
        @DefaultValue("2575") int mllpAdt,
        @DefaultValue("2576") int mllpResults,
        @DefaultValue("9080") int gatewayOpen,
        @DefaultValue("9081") int gatewayBus,
        @DefaultValue("9082") int gatewayUser,
        @DefaultValue("2222") int sampleSftp,
        @DefaultValue("2577") int sampleMllp) {

    private static final String GATEWAY = "tongmai.ports.gateway-";

    /** The port of a gateway, with the offset. */
    public int of(GatewayKind door) {
        return offset
                + switch (door) {
                    case OPEN -> gatewayOpen;
                    case BUS -> gatewayBus;
                    case USER -> gatewayUser;
                };
    }

    /** Those of {@link #listening(SamplePresence)} without gateways that are closed. */
    public Map<String, Integer> listening(SamplePresence sample, Set<GatewayKind> doors) {
        Map<String, Integer> ports = listening(sample);
        EnumSet.complementOf(doors.isEmpty() ? EnumSet.noneOf(GatewayKind.class) : EnumSet.copyOf(doors))
                .forEach(closed -> ports.remove(GATEWAY + GatewaySettings.name(closed)));
        return ports;
    }

    /** The ports in use where every gateway is open, by the name of their setting, with the offset. */
    public Map<String, Integer> listening(SamplePresence sample) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("tongmai.ports.http", http + offset);
        ports.put("tongmai.ports.mllp-adt", mllpAdt + offset);
        ports.put("tongmai.ports.mllp-results", mllpResults + offset);
        ports.put(GATEWAY + "open", gatewayOpen + offset);
        ports.put(GATEWAY + "bus", gatewayBus + offset);
        ports.put(GATEWAY + "user", gatewayUser + offset);
        if (sample == SamplePresence.RUNNING) {
            ports.put("tongmai.ports.sample-sftp", sampleSftp + offset);
            ports.put("tongmai.ports.sample-mllp", sampleMllp + offset);
        }
        return ports;
    }

    /** Whether the sample counterparts run inside. */
    public enum SamplePresence {
        RUNNING,
        ABSENT
    }

    /** The same ports with the offset applied. */
    public PortSettings shifted() {
        return new PortSettings(
                0,
                http + offset,
                mllpAdt + offset,
                mllpResults + offset,
                gatewayOpen + offset,
                gatewayBus + offset,
                gatewayUser + offset,
                sampleSftp + offset,
                sampleMllp + offset);
    }

    void check(List<String> found) {
        Map<Integer, String> seen = new LinkedHashMap<>();
        listening(SamplePresence.RUNNING).forEach((name, port) -> {
            if (port < 1 || port > 65535) {
                found.add(name + ": " + port + " with the offset (expected: 1 to 65535)");
            }
            String other = seen.putIfAbsent(port, name);
            if (other != null) {
                found.add(name + ": " + port + ", the same as " + other + " (expected: a port of its own)");
            }
        });
    }
}
