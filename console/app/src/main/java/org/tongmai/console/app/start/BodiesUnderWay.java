package org.tongmai.console.app.start;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.standards.error.ProblemJson;
import org.tongmai.standards.exchange.AddressBlock;

/**
 * A body that is waited for holds a thread, whoever sends it: one sender has so many of them, all together fewer than there are,
 * so that probes and all who bring no body are served; and a body that comes too slowly ends. What is not read of one is taken in
 * here, since Tomcat would wait for that as long as something comes.
 */
final class BodiesUnderWay extends ValveBase {
    private static final long MOST_TAKEN_IN = 64L * 1024 * 1024;

    private final Limits limits;
    private final AtomicInteger all = new AtomicInteger();
    private final Map<String, Integer> bySender = new ConcurrentHashMap<>();

    /**
     * @param ofSender at once, of one address or network of IPv6
     * @param ofAll at once, of all
     * @param time of each body
     */
    record Limits(int ofSender, int ofAll, BodyInTime.Pace time) {
        /** Of 200 threads. */
        static final Limits USUAL = new Limits(32, 100, BodyInTime.Pace.USUAL);
    }

    BodiesUnderWay(Limits limits) {
        super(true);
        this.limits = limits;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        org.apache.coyote.Request coyote = request.getCoyoteRequest();
        // Tomcat uses the same again for the next request of the connection.
        InputBuffer bare = BodyInTime.bare(coyote.getInputBuffer());
        coyote.setInputBuffer(bare);
        if (coyote.isFinished()) {
            getNext().invoke(request, response);
            return;
        }
        String sender = AddressBlock.sender(request.getRemoteAddr());
        if (!begin(sender)) {
            refuse(request, response);
            return;
        }
        BodyInTime body = new BodyInTime(coyote, bare, limits.time(), () -> ended(sender));
        coyote.setInputBuffer(body);
        try {
            getNext().invoke(request, response);
            if (!request.isAsync()) {
                takeInTheRest(body, coyote, response);
            }
        } finally {
            // What is read without waiting holds no thread.
            body.over();
        }
    }

    private boolean begin(String sender) {
        int ofAll = all.incrementAndGet();
        int ofSender = bySender.merge(sender, 1, Integer::sum);
        if (ofAll <= limits.ofAll() && ofSender <= limits.ofSender()) {
            return true;
        }
        ended(sender);
        return false;
    }

    private void ended(String sender) {
        all.decrementAndGet();
        bySender.computeIfPresent(sender, (key, count) -> count == 1 ? null : count - 1);
    }

    /** Who sends more than is read is answered first: a connection that closes with unread bytes would lose the answer. */
    private static void takeInTheRest(BodyInTime body, org.apache.coyote.Request coyote, Response response)
            throws IOException {
        if (coyote.isFinished() || coyote.hasExpectation() && coyote.getBytesRead() == 0) {
            return;
        }
        response.finishResponse();
        boolean whole;
        try {
            whole = tookIn(body, coyote);
        } catch (IOException tooSlowOrGone) {
            whole = false;
        }
        if (!whole) {
            coyote.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }

    private static boolean tookIn(BodyInTime body, org.apache.coyote.Request coyote) throws IOException {
        long taken = 0;
        Nowhere nowhere = new Nowhere();
        for (int count = 0; count >= 0 && taken <= MOST_TAKEN_IN; count = body.doRead(nowhere)) {
            taken += count;
        }
        return coyote.isFinished();
    }

    private static void refuse(Request request, Response response) throws IOException {
        int status = ConsoleError.TOO_MANY_BODIES.wire().httpStatus();
        response.setStatus(status);
        response.setContentType(ProblemJson.MEDIA_TYPE);
        response.getOutputStream().write(ProblemJson.of(ConsoleError.TOO_MANY_BODIES, status));
        response.finishResponse();
        request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    }

    /** Where bytes go that nobody wants. */
    private static final class Nowhere implements ApplicationBufferHandler {
        private ByteBuffer last = ByteBuffer.allocate(0);

        @Override
        public void setByteBuffer(ByteBuffer buffer) {
            last = buffer;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return last;
        }

        @Override
        public void expand(int size) {
            // the buffer is Tomcat's
        }
    }
}
