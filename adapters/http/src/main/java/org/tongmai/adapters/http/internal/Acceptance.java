package org.tongmai.adapters.http.internal;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.vertx.core.impl.transports.JDKTransport;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks of each connection whether it may be, where the system hands it over. Vert.x tells of one only after its TLS handshake:
 * until then it would count for nobody, and who never begins one could take every descriptor of the process.
 */
final class Acceptance extends JDKTransport {
    private final Map<InetSocketAddress, Connections> doors = new ConcurrentHashMap<>();

    /** @param address where it listens; whoever listens there already goes on counting for both */
    void guard(InetSocketAddress address, Connections connections) {
        doors.putIfAbsent(address, connections);
    }

    void leave(InetSocketAddress address, Connections connections) {
        doors.remove(address, connections);
    }

    /** Where the socket's own address is written in another way, whoever listens at the port. */
    private Connections at(InetSocketAddress local) {
        Connections exact = doors.get(local);
        return exact != null
                ? exact
                : doors.entrySet().stream()
                        .filter(door -> door.getKey().getPort() == local.getPort())
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(null);
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
        return domainSocket ? super.serverChannelFactory(true) : Accepting::new;
    }

    private final class Accepting extends NioServerSocketChannel {
        @Override
        protected int doReadMessages(List<Object> accepted) throws Exception {
            int count = super.doReadMessages(accepted);
            Connections connections = count > 0 ? at(localAddress()) : null;
            if (connections != null) {
                Channel last = (Channel) accepted.get(accepted.size() - 1);
                if (!connections.accepted(last)) {
                    accepted.remove(accepted.size() - 1);
                    last.unsafe().closeForcibly();
                }
            }
            return count;
        }
    }
}
