package org.tongmai.adapters.hospital.mllp;

import java.time.Duration;

/**
 * How messages are sent.
 *
 * @param host the receiver's name or address
 * @param port the receiver's port
 * @param connections how many connections; one patient's messages stay on one
 * @param depth how many messages may be unanswered on a connection
 * @param perSecond how many messages a second over all connections; 0 sends as fast as answers come
 * @param answerTimeout after how long without an answer a connection is closed and its messages are sent again
 * @param reconnectDelay how long to wait before a connection is opened again
 * @param resend what is sent again
 */
public record MllpSenderSettings(
        String host,
        int port,
        int connections,
        int depth,
        double perSecond,
        Duration answerTimeout,
        Duration reconnectDelay,
        Resend resend) {
    /** What is sent again, always the same bytes. */
    public enum Resend {
        /** Messages whose answer was lost with the connection. */
        UNANSWERED,
        /** Also messages answered AE or CE, until they are taken; needs a depth of 1, or the order would be lost. */
        UNANSWERED_AND_ERRORS
    }

    public MllpSenderSettings {
        if (connections < 1 || depth < 1 || perSecond < 0) {
            throw new IllegalArgumentException("expected: connections >= 1, depth >= 1, perSecond >= 0");
        }
        if (resend == Resend.UNANSWERED_AND_ERRORS && depth > 1) {
            throw new IllegalArgumentException("depth: " + depth + " (expected: 1 when errors are sent again)");
        }
    }

    /** As fast as possible, and only what was not answered is sent again. */
    public static MllpSenderSettings to(String host, int port) {
        return new MllpSenderSettings(
                host, port, 1, 1, 0, Duration.ofSeconds(30), Duration.ofMillis(200), Resend.UNANSWERED);
    }

    /** The same with a number of connections, each with a number of unanswered messages. */
    public MllpSenderSettings pipelined(int newConnections, int newDepth) {
        return new MllpSenderSettings(
                host, port, newConnections, newDepth, perSecond, answerTimeout, reconnectDelay, resend);
    }

    /** The same at a rate. */
    public MllpSenderSettings atRate(double newPerSecond) {
        return new MllpSenderSettings(
                host, port, connections, depth, newPerSecond, answerTimeout, reconnectDelay, resend);
    }

    /** The same with another rule for what is sent again. */
    public MllpSenderSettings resending(Resend newResend) {
        return new MllpSenderSettings(
                host, port, connections, depth, perSecond, answerTimeout, reconnectDelay, newResend);
    }
}
