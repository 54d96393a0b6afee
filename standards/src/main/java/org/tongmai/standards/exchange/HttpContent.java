package org.tongmai.standards.exchange;

import java.util.Objects;

/**
 * The content of an HTTP message, without transfer coding: bytes, or a file where they are too many to be held in memory. A
 * file is read as often as is needed, and is gone when the content is closed: by the listener that answers the call, for
 * the content of the request and for the one of the answer it sends; by whoever puts another answer in an answer's place.
 */
public sealed interface HttpContent extends AutoCloseable permits HeldContent, SpooledContent {
    /** None. */
    HttpContent NONE = new HeldContent(new byte[0]);

    /** @param bytes not changed afterwards */
    static HttpContent of(byte[] bytes) {
        return Objects.requireNonNull(bytes, "body").length == 0 ? NONE : new HeldContent(bytes);
    }

    /** How many bytes it has. */
    long length();

    /** Whether it is in memory. */
    boolean isHeld();

    /**
     * All of it: what has to be read whole to be judged or made into something else.
     *
     * @throws org.tongmai.standards.error.CodedException {@link ExchangeError#TOO_LARGE_TO_READ} where it is not held
     */
    byte[] bytes();

    /**
     * A piece of it. One that is not held waits for the disk: not on a connection's thread.
     *
     * @param from where it begins
     * @param most bytes; fewer where the content ends before
     * @throws org.tongmai.standards.error.CodedException {@link ExchangeError#NOT_READ} when the disk fails, or it is closed
     */
    byte[] read(long from, int most);

    /** The room of one that is not held is free soon after. May be called more than once, by any thread; waits for nothing. */
    @Override
    void close();
}
