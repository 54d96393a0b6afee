package org.tongmai.adapters.files.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.net.DefaultSocketFactory;
import org.apache.commons.net.ProtocolCommandEvent;
import org.apache.commons.net.ProtocolCommandListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of one connection to a server, below TLS: closing these waits for nobody, and who reads or writes by them fails.
 * It knows when something last moved: a whole reply, a command, or a piece of the file.
 */
final class FtpSockets extends DefaultSocketFactory implements ProtocolCommandListener {
    private static final Logger LOG = LoggerFactory.getLogger(FtpSockets.class);

    private final Set<Socket> open = new HashSet<>();
    private boolean closed;
    private volatile long moved = System.nanoTime();

    @Override
    public synchronized Socket createSocket() throws IOException {
        if (closed) {
            throw new SocketException("closed");
        }
        open.removeIf(Socket::isClosed);
        Socket made = new Socket();
        open.add(made);
        return made;
    }

    /** Closes all there are, and lets no other be made. */
    synchronized void close() {
        closed = true;
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException e) {
                LOG.debug("A socket was lost already: {}", e.getClass().getSimpleName());
            }
        }
        open.clear();
    }

    /** Of {@link System#nanoTime}. */
    long moved() {
        return moved;
    }

    void move() {
        moved = System.nanoTime();
    }

    /** A content that is asked for its next piece when the server has taken the last. */
    InputStream watched(byte[] content) {
        return new ByteArrayInputStream(content) {
            @Override
            public synchronized int read(byte[] into, int from, int length) {
                move();
                return super.read(into, from, length);
            }
        };
    }

    @Override
    public void protocolCommandSent(ProtocolCommandEvent event) {
        move();
    }

    @Override
    public void protocolReplyReceived(ProtocolCommandEvent event) {
        move();
    }
}
