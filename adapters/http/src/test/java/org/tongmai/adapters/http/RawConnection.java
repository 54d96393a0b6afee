package org.tongmai.adapters.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** Writes bytes as they are, and reads what comes until the connection closes or is quiet. */
final class RawConnection implements AutoCloseable {
    private final Socket socket;

    RawConnection(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
    }

    /** @param from address of this machine that it comes from */
    RawConnection(int port, String from) throws IOException {
        socket = new Socket("127.0.0.1", port, InetAddress.getByName(from), 0);
    }

    RawConnection write(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** What came, and whether the other side closed. */
    record Heard(String text, boolean closed) {
        int status() {
            return text.startsWith("HTTP/1.") ? Integer.parseInt(text.substring(9, 12)) : 0;
        }
    }

    /** @param quiet milliseconds of silence after which the other side is taken to have kept the connection open */
    Heard hear(int quiet) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        boolean closed = false;
        try {
            socket.setSoTimeout(quiet);
            byte[] buffer = new byte[4096];
            for (int count = 0; count >= 0; count = socket.getInputStream().read(buffer)) {
                all.write(buffer, 0, count);
            }
            closed = true;
        } catch (SocketTimeoutException silence) {
            closed = false;
        } catch (SocketException reset) {
            closed = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Heard(all.toString(StandardCharsets.ISO_8859_1), closed);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
