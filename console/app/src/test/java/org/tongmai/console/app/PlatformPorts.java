package org.tongmai.console.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * An offset at which every port of a platform is free: those of the settings, and those its bundles listen on.
 *
 * @param offset {@code tongmai.ports.offset}
 */
record PlatformPorts(int offset) {
    /** Below those the system hands out by itself, or another could be given one before the platform listens. */
    private static final int LOWEST = 15_000;

    private static final int HIGHEST = 32_000;
    /** Those of single servers, below all others. */
    private static final int LOWEST_SINGLE = 10_000;

    /**
     * Two test processes run side by side, and while a platform is down its ports look free: offsets of the second are 25
     * away from a multiple of 50, which no two of the ports below are from each other.
     */
    private static final int STEP = 50;

    private static final int FORK = Integer.getInteger("tongmai.test.fork", 1) - 1;

    private static final int HTTP = 8080;
    private static final int ADT = 2575;
    private static final int RESULTS = 2576;
    private static final int SFTP = 2222;
    private static final int MLLP = 2577;
    private static final int GATEWAY_OPEN = 9080;
    private static final int GATEWAY_BUS = 9081;
    private static final int GATEWAY_USER = 9082;
    private static final int FIRST_OF_BUNDLES = 2581;
    private static final int LAST_OF_BUNDLES = 2586;

    /** By this process, listened on yet or not: what two are given at once must not overlap. */
    private static final Set<Integer> HANDED_OUT = new HashSet<>();

    /** Nothing that was handed out before in this process. */
    static PlatformPorts free() {
        while (true) {
            int steps =
                    ThreadLocalRandom.current().nextInt((LOWEST - SFTP) / STEP + 1, (HIGHEST - GATEWAY_USER) / STEP);
            int offset = steps * STEP + FORK * STEP / 2;
            List<Integer> ports = IntStream.concat(
                            IntStream.of(HTTP, ADT, RESULTS, SFTP, MLLP, GATEWAY_OPEN, GATEWAY_BUS, GATEWAY_USER),
                            IntStream.rangeClosed(FIRST_OF_BUNDLES, LAST_OF_BUNDLES))
                    .mapToObj(port -> port + offset)
                    .toList();
            if (handOut(ports)) {
                return new PlatformPorts(offset);
            }
        }
    }

    int http() {
        return HTTP + offset;
    }

    int mllpAdt() {
        return ADT + offset;
    }

    int mllpResults() {
        return RESULTS + offset;
    }

    int gatewayOpen() {
        return GATEWAY_OPEN + offset;
    }

    int gatewayBus() {
        return GATEWAY_BUS + offset;
    }

    int gatewayUser() {
        return GATEWAY_USER + offset;
    }

    int sampleSftp() {
        return SFTP + offset;
    }

    int sampleMllp() {
        return MLLP + offset;
    }

    /** One more port, for a server that a test brings along; none that was handed out before in this process. */
    static int one() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_SINGLE, LOWEST) / 2 * 2 + FORK;
            if (handOut(List.of(port))) {
                return port;
            }
        }
    }

    private static boolean handOut(List<Integer> ports) {
        synchronized (HANDED_OUT) {
            return Collections.disjoint(HANDED_OUT, ports)
                    && ports.stream().allMatch(PlatformPorts::isFree)
                    && HANDED_OUT.addAll(ports);
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (BindException taken) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> arguments() {
        return List.of("--tongmai.ports.offset=" + offset);
    }
}
