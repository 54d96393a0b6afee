package org.tongmai.benchmarks.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/** Answers every HTTP request with the same 200, on one thread; costs as little as a service can. */
final class Backend implements Runnable, AutoCloseable {
    private static final byte[] ANSWER =
            ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n" + "{\"done\":\"true\"}")
                    .getBytes(StandardCharsets.US_ASCII);

    private final Selector selector = Selector.open();
    private final ServerSocketChannel server = ServerSocketChannel.open();
    private volatile boolean closing;

    Backend(int port) throws IOException {
        server.bind(new InetSocketAddress("127.0.0.1", port), 1024);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
    }

    @Override
    public void run() {
        try {
            while (true) {
                selector.select(200);
                if (closing) {
                    selector.close();
                    return;
                }
                Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
                while (ready.hasNext()) {
                    SelectionKey key = ready.next();
                    ready.remove();
                    serve(key);
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void serve(SelectionKey key) throws IOException {
        if (key.isAcceptable()) {
            SocketChannel channel = server.accept();
            channel.configureBlocking(false);
            channel.socket().setTcpNoDelay(true);
            channel.register(selector, SelectionKey.OP_READ, new HttpFrames());
            return;
        }
        SocketChannel channel = (SocketChannel) key.channel();
        HttpFrames frames = (HttpFrames) key.attachment();
        try {
            if (!frames.read(channel)) {
                channel.close();
                return;
            }
            while (frames.next()) {
                channel.write(ByteBuffer.wrap(ANSWER));
            }
        } catch (IOException gone) {
            channel.close();
        }
    }

    @Override
    public void close() throws IOException {
        closing = true;
        server.close();
    }
}
