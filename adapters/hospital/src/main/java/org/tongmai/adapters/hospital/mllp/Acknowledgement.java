package org.tongmai.adapters.hospital.mllp;

/**
 * What the receiver answered to a message.
 *
 * @param message what was sent
 * @param code MSA-1, HL7 table 0008
 * @param connection which connection, from 0
 * @param attempts how often the message was sent
 * @param nanos from the last sending to the answer
 */
public record Acknowledgement(OutboundMessage message, String code, int connection, int attempts, long nanos) {
    /** Says whether the receiver took the message. */
    public boolean accepted() {
        return "AA".equals(code) || "CA".equals(code);
    }
}
