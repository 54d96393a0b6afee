package org.tongmai.benchmarks.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Takes HTTP/1.1 messages with a Content-Length, or none, off a connection. */
final class HttpFrames {
    private static final int CAPACITY = 64 * 1024;

    private final byte[] bytes = new byte[CAPACITY];
    private int length;
    private int begin;
    private String firstLine = "";

    /** Reads what is there; false at the end of the connection. */
    boolean read(SocketChannel channel) throws IOException {
        if (begin > 0) {
            System.arraycopy(bytes, begin, bytes, 0, length - begin);
            length -= begin;
            begin = 0;
        }
        int count = channel.read(ByteBuffer.wrap(bytes, length, bytes.length - length));
        length += Math.max(count, 0);
        return count >= 0;
    }

    /** Takes one whole message away; false when there is none. */
    boolean next() {
        int end = endOfHead();
        if (end < 0) {
            return false;
        }
        String head = new String(bytes, begin, end - begin, StandardCharsets.ISO_8859_1);
        int content = contentLength(head);
        if (end + content > length) {
            return false;
        }
        firstLine = head.substring(0, head.indexOf('\r'));
        begin = end + content;
        return true;
    }

    /** The first line of the message taken last. */
    String firstLine() {
        return firstLine;
    }

    private int endOfHead() {
        for (int i = begin + 3; i < length; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n' && bytes[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    private static int contentLength(String head) {
        int at = head.toLowerCase(Locale.ROOT).indexOf("content-length:");
        if (at < 0) {
            return 0;
        }
        int end = head.indexOf('\r', at);
        return Integer.parseInt(head.substring(at + 15, end).trim());
    }
}
