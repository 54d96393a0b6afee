package org.tongmai.console.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports that are free now, one for each setting. */
record PlatformPorts(int http, int mllpAdt, int mllpResults, int sampleSftp, int sampleMllp) {
    static PlatformPorts free() {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                ServerSocket socket = new ServerSocket();
                socket.bind(new InetSocketAddress("127.0.0.1", 0));
                sockets.add(socket);
            }
            int[] ports = sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
            for (ServerSocket socket : sockets) {
                socket.close();
            }
            return new PlatformPorts(ports[0], ports[1], ports[2], ports[3], ports[4]);
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
