package org.tongmai.console.app;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A plain MLLP client that shares no code with the platform. */
final class MllpSocket implements Closeable {
    private static final int START = 0x0b;
    private static final int END = 0x1c;
    private static final int TIMEOUT_MILLIS = 30_000;

    private final Socket socket = new Socket();
    private final InputStream in;

    MllpSocket(int port) throws IOException {
        socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    static byte[] frame(byte[] message) {
        byte[] framed = new byte[message.length + 3];
        framed[0] = START;
        System.arraycopy(message, 0, framed, 1, message.length);
        framed[framed.length - 2] = END;
        framed[framed.length - 1] = '\r';
        return framed;
    }

    void writeRaw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    byte[] exchange(byte[] message) throws IOException {
        writeRaw(frame(message));
        return readFrame();
    }

    /** Answers the next frame's content, or null when the peer closed the connection. */
    byte[] readFrame() throws IOException {
        int next = in.read();
        while (next != START) {
            if (next < 0) {
                return null;
            }
            next = in.read();
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        next = in.read();
        while (next != END) {
            if (next < 0) {
                return null;
            }
            content.write(next);
            next = in.read();
        }
        in.read();
        return content.toByteArray();
    }

    byte[] readFrame(Duration longest) throws IOException {
        socket.setSoTimeout((int) longest.toMillis());
        return readFrame();
    }

    /** The acknowledgement code of an answer: MSA-1. */
    static String code(byte[] acknowledgement) {
        return field(acknowledgement, "MSA", 1);
    }

    /** The first such segment's field, as ISO-8859-1; empty when it is not there. */
    static String field(byte[] message, String segment, int number) {
        for (String line : new String(message, StandardCharsets.ISO_8859_1).split("[\r\n]+")) {
            if (line.startsWith(segment) && line.length() > 3) {
                String[] fields = line.split(java.util.regex.Pattern.quote(line.substring(3, 4)), -1);
                return fields.length > number ? fields[number] : "";
            }
        }
        return "";
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
