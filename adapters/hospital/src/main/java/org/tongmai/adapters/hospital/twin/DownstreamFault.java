package org.tongmai.adapters.hospital.twin;

import java.time.Duration;

/**
 * A scripted misbehaviour of the receiver.
 *
 * @param kind what goes wrong
 * @param times with how many messages it happens
 * @param delay how late {@link Kind#SLOW} answers, otherwise zero
 */
public record DownstreamFault(Kind kind, int times, Duration delay) {
    /** What can go wrong; only {@link #SLOW} and {@link #TAKE_AND_CLOSE} take the message. */
    public enum Kind {
        /** Answers AE. */
        ANSWER_ERROR,
        /** Answers AR. */
        ANSWER_REJECT,
        /** Takes the message and answers late. */
        SLOW,
        /** Does not take the message and does not answer. */
        NO_ANSWER,
        /** Does not take the message and closes the connection. */
        CLOSE,
        /** Takes the message and closes the connection without an answer. */
        TAKE_AND_CLOSE
    }

    /** A fault of the next messages. */
    public static DownstreamFault times(Kind kind, int times) {
        return new DownstreamFault(kind, times, Duration.ZERO);
    }

    /** Answers the next messages late. */
    public static DownstreamFault slow(Duration delay, int times) {
        return new DownstreamFault(Kind.SLOW, times, delay);
    }
}
