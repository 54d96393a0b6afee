package org.tongmai.console.app.start;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.tongmai.console.app.AppError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Finds out before anything starts whether the ports are free, and names all that are not. */
final class FreePorts {
    private FreePorts() {}

    static void check(Map<String, Integer> ports) {
        List<Issue> taken = new ArrayList<>();
        ports.forEach((setting, port) -> {
            if (!free(port)) {
                String detail =
                        "port " + port + "; expected: a free one, set by " + setting + " or tongmai.ports.offset";
                taken.add(Issue.of(AppError.PORT_IN_USE, setting, detail));
            }
        });
        if (!taken.isEmpty()) {
            throw new CodedException(taken, null);
        }
    }

    static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Any port of the loopback address that is free now.
     *
     * @param reserved ports that are free still and somebody else's: those who will listen later on
     */
    static int any(Collection<Integer> reserved) {
        for (int attempt = 0; attempt <= reserved.size(); attempt++) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress("127.0.0.1", 0));
                if (!reserved.contains(socket.getLocalPort())) {
                    return socket.getLocalPort();
                }
            } catch (IOException e) {
                throw new CodedException(Issue.of(AppError.PORT_IN_USE, "", "no free port on the loopback address"), e);
            }
        }
        throw new CodedException(Issue.of(AppError.PORT_IN_USE, "", "no free port on the loopback address"));
    }
}
