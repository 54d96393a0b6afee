package org.tongmai.standards.exchange;

import java.util.Arrays;

/** A content in memory. */
record HeldContent(byte[] bytes) implements HttpContent {
    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public boolean isHeld() {
        return true;
    }

    @Override
    public byte[] read(long from, int most) {
        int begin = (int) Math.min(from, bytes.length);
        return Arrays.copyOfRange(bytes, begin, (int) Math.min((long) begin + most, bytes.length));
    }

    @Override
    public void close() {
        // nothing is held but memory
    }

    /** Shows nothing of it. */
    @Override
    public String toString() {
        return "HttpContent[" + bytes.length + " bytes]";
    }
}
