package org.tongmai.console.app.start;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.apache.coyote.InputBuffer;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/** The body of a request as it comes; Tomcat bounds the time of a byte, this the time of the whole. */
final class BodyInTime implements InputBuffer {
    private final Request request;
    private final InputBuffer bare;
    private final Pace pace;
    private final long begun = System.nanoTime();
    private Runnable atEnd;
    private boolean over;

    /**
     * How fast a body has to come.
     *
     * @param grace what each has
     * @param bytesASecond what it has besides for what has come
     */
    record Pace(Duration grace, int bytesASecond) {
        static final Pace USUAL = new Pace(Duration.ofSeconds(20), 16 * 1024);

        boolean isLate(long nanos, long bytes) {
            return nanos > grace.toNanos() + Duration.ofSeconds(1).toNanos() / bytesASecond * bytes;
        }
    }

    /** @param atEnd run once, when it is here or nothing waits for it any more */
    BodyInTime(Request request, InputBuffer bare, Pace pace, Runnable atEnd) {
        this.request = request;
        this.bare = bare;
        this.pace = pace;
        this.atEnd = atEnd;
    }

    /** The buffer without this around it. */
    static InputBuffer bare(InputBuffer buffer) {
        return buffer instanceof BodyInTime timed ? timed.bare : buffer;
    }

    @Override
    public int doRead(ApplicationBufferHandler handler) throws IOException {
        if (!over && pace.isLate(System.nanoTime() - begun, request.getBytesRead())) {
            throw new SocketTimeoutException("the body came too slowly");
        }
        int count = bare.doRead(handler);
        if (count < 0 || request.isFinished()) {
            end();
        }
        return count;
    }

    @Override
    public int available() {
        return bare.available();
    }

    /** What still comes is read without waiting, or not at all. */
    void over() {
        over = true;
        end();
    }

    private synchronized void end() {
        if (atEnd != null) {
            atEnd.run();
            atEnd = null;
        }
    }
}
