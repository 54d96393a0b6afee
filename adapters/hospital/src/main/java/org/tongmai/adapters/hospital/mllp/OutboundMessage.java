package org.tongmai.adapters.hospital.mllp;

/**
 * A message ready to be sent.
 *
 * @param sequence its place in the feed, from 1
 * @param controlId MSH-10
 * @param orderingKey whose it is; messages of one key travel on one connection, in order
 * @param bytes the message without its MLLP frame; sent as they are, not copied
 */
public record OutboundMessage(long sequence, String controlId, String orderingKey, byte[] bytes) {
    @Override
    public String toString() {
        return "OutboundMessage[" + sequence + ", " + bytes.length + " bytes]";
    }
}
