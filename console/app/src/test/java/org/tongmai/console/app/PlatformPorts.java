package org.tongmai.console.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Ports that are free now, one for each setting. */
record PlatformPorts(int http, int mllpAdt, int mllpResults, int sampleSftp, int sampleMllp) {
    /** Below those the system hands out by itself, or another could be given one before the platform listens. */
    private static final int LOWEST = 15_000;

    private static final int HIGHEST = 32_000;

    static PlatformPorts free() {
        List<Integer> ports = new ArrayList<>();
        while (ports.size() < 5) {
            int port = one();
            if (!ports.contains(port)) {
                ports.add(port);
            }
        }
        return new PlatformPorts(ports.get(0), ports.get(1), ports.get(2), ports.get(3), ports.get(4));
    }

    /** One more port, for a server that a test brings along. */
    static int one() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(port)) {
                return port;
            }
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
        return List.of(
                "--tongmai.ports.http=" + http,
                "--tongmai.ports.mllp-adt=" + mllpAdt,
                "--tongmai.ports.mllp-results=" + mllpResults,
                "--tongmai.ports.sample-sftp=" + sampleSftp,
                "--tongmai.ports.sample-mllp=" + sampleMllp);
    }
}
