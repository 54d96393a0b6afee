package org.tongmai.adapters.hl7mllp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** A sender made of a plain socket, to see every byte. */
final class MllpClientSocket implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    MllpClientSocket(int port) throws IOException {
        this(new Socket("127.0.0.1", port));
    }

    MllpClientSocket(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    void write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    void send(String message) throws IOException {
        write(frame(message.getBytes(StandardCharsets.UTF_8)));
    }

    String ask(String message) throws IOException {
        send(message);
        return read(StandardCharsets.UTF_8);
    }

    String read(Charset charset) throws IOException {
        byte[] answer = readFrame();
        return answer == null ? null : new String(answer, charset);
    }

    String read() throws IOException {
        return read(StandardCharsets.UTF_8);
    }

    /** One frame, or null when the peer has closed. */
    byte[] readFrame() throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        if (first != 0x0B) {
            throw new IOException("found " + first + " where a frame should begin");
        }
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        int b = in.read();
        while (b != 0x1C) {
            if (b < 0) {
                throw new IOException("closed inside a frame");
            }
            frame.write(b);
            b = in.read();
        }
        if (in.read() != 0x0D) {
            throw new IOException("no carriage return behind a frame");
        }
        return frame.toByteArray();
    }

    /** Waits until the peer has closed, cleanly or not. */
    boolean closed() {
        try {
            return in.read() < 0;
        } catch (java.net.SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    static byte[] frame(byte[] content) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x0B);
        frame.writeBytes(content);
        frame.write(0x1C);
        frame.write(0x0D);
        return frame.toByteArray();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
