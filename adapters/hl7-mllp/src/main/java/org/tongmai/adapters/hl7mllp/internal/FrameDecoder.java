package org.tongmai.adapters.hl7mllp.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.tongmai.adapters.hl7mllp.MllpError;
import org.tongmai.standards.error.Issue;

/**
 * Cuts a byte stream into frames: {@code 0x0B content 0x1C 0x0D}. The carriage return may be a line feed, or missing
 * when the next frame or a short silence follows.
 *
 * <p>Stands in for camel-hl7's {@code HL7MLLPNettyDecoder}, which is right for good input but has no size limit, closes
 * the connection on a byte between frames, reads a frame without an end mark together with the next as one, and looks
 * through the whole buffer again at every packet. Its encoder is used as it is.
 */
public final class FrameDecoder extends ByteToMessageDecoder {
    static final byte START = 0x0B;
    static final byte END = 0x1C;
    private static final byte CARRIAGE_RETURN = 0x0D;
    private static final byte LINE_FEED = 0x0A;
    private static final int HEAD = 4096;
    /** Of a begun frame this much is not counted: who sends frames of the usual size never pays for others' big ones. */
    private static final int UNCOUNTED = 32 * 1024;

    private static final long MOST_GARBAGE = 64 * 1024;
    /** A message without frame marks is longer, a stray byte or two is not. */
    private static final long TELLING_GARBAGE = 16;

    private static final int DISCARDED_FRAMES = 16;
    private static final int SEGMENT_NAME = 3;
    private static final int LOOKS_A_TIMEOUT = 10;
    /** Long enough for a carriage return that was sent behind the end mark to arrive; should it come later, it is harmless. */
    private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private enum State {
        OUTSIDE,
        INSIDE,
        DISCARDING,
        CLOSED
    }

    private final FrameLimits limits;
    private final ByteBudget begun;
    private final Complaints complaints;
    private State state = State.OUTSIDE;
    private int searched;
    private long garbage;
    private boolean complained;
    private long discarded;
    private long startedAt;
    private boolean watched;
    private long reads;
    private long held;

    /**
     * @param limits of one connection
     * @param begun shared by the connections of a listener: bytes of frames that have no end yet. It is not waited for,
     *     because nobody can say when, or whether, a begun frame ends: the frame that finds no room is refused.
     * @param complaints shared by the connections of a listener
     */
    public FrameDecoder(FrameLimits limits, ByteBudget begun, Complaints complaints) {
        this.limits = limits;
        this.begun = begun;
        this.complaints = complaints;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) throws Exception {
        reads++;
        super.channelRead(ctx, msg);
        hold(state == State.INSIDE ? actualReadableBytes() - UNCOUNTED : 0);
        if (state != State.OUTSIDE && !watched) {
            watch(ctx);
        }
        if (endsInMark()) {
            long now = reads;
            ctx.executor().schedule(() -> endBySilence(ctx, now), SILENCE_NANOS, TimeUnit.NANOSECONDS);
        }
    }

    private boolean endsInMark() {
        ByteBuf in = internalBuffer();
        return state == State.INSIDE && in.isReadable() && in.getByte(in.writerIndex() - 1) == END;
    }

    /** Some senders leave the carriage return out and wait for their answer. */
    private void endBySilence(ChannelHandlerContext ctx, long readsThen) {
        if (reads == readsThen && endsInMark()) {
            ByteBuf in = internalBuffer();
            List<Object> frames = new ArrayList<>(1);
            whole(in, in.writerIndex() - 1, frames);
            hold(0);
            frames.forEach(ctx::fireChannelRead);
            ctx.fireChannelReadComplete();
        }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        hold(0);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        switch (state) {
            case OUTSIDE -> findStart(ctx, in);
            case INSIDE -> findEnd(in, out);
            case DISCARDING -> discard(ctx, in);
            case CLOSED -> in.skipBytes(in.readableBytes());
        }
    }

    /** What is left when the peer closes is no frame. */
    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (in.isReadable()) {
            decode(ctx, in, out);
        }
    }

    private void findStart(ChannelHandlerContext ctx, ByteBuf in) {
        int at = in.indexOf(in.readerIndex(), in.writerIndex(), START);
        int end = at < 0 ? in.writerIndex() : at;
        for (int i = in.readerIndex(); i < end; i++) {
            // Line ends between frames are common and harmless.
            garbage += in.getByte(i) == CARRIAGE_RETURN || in.getByte(i) == LINE_FEED ? 0 : 1;
        }
        in.readerIndex(at < 0 ? end : at + 1);
        if (garbage > TELLING_GARBAGE && !complained) {
            // The peer gets no answer, for nothing asks for one; whoever looks for its messages finds this.
            complained = true;
            complaints.about(MllpError.GARBAGE_BETWEEN_FRAMES, "", ctx.channel().remoteAddress(), ctx.executor());
        }
        if (garbage > MOST_GARBAGE) {
            close(ctx, in, MllpError.GARBAGE_BETWEEN_FRAMES);
            return;
        }
        if (at >= 0) {
            state = State.INSIDE;
            garbage = 0;
            searched = 0;
            startedAt = System.nanoTime();
        }
    }

    private void findEnd(ByteBuf in, List<Object> out) {
        int from = in.readerIndex() + searched;
        int at = in.indexOf(from, in.writerIndex(), END);
        while (at >= 0 && at + 1 < in.writerIndex() && !endsWith(in.getByte(at + 1))) {
            at = in.indexOf(at + 1, in.writerIndex(), END);
        }
        if (at >= 0 && at + 1 < in.writerIndex()) {
            whole(in, at, out);
        } else {
            searched = (at < 0 ? in.writerIndex() : at) - in.readerIndex();
            hold(searched - UNCOUNTED);
            if (searched > limits.maxFrameSize()) {
                out.add(tooLarge(in));
                discardWhatCame(in);
            } else if (held > 0 && !begun.hasRoom()) {
                out.add(broken(in, MllpError.NO_ROOM_FOR_FRAME, "", Frame.Then.CLOSE));
                discardWhatCame(in);
            }
        }
    }

    private void discardWhatCame(ByteBuf in) {
        state = State.DISCARDING;
        discarded = searched;
        in.skipBytes(searched);
    }

    /** Some senders end lines otherwise, or leave the carriage return out: then the next frame's start follows at once. */
    private static boolean endsWith(byte next) {
        return next == CARRIAGE_RETURN || next == LINE_FEED || next == START;
    }

    /** Skips the end mark and the line end behind it, if there is one. */
    private static void skipEnd(ByteBuf in) {
        in.skipBytes(1);
        if (in.isReadable() && in.getByte(in.readerIndex()) != START) {
            in.skipBytes(1);
        }
    }

    private void whole(ByteBuf in, int end, List<Object> out) {
        int length = end - in.readerIndex();
        if (length > limits.maxFrameSize()) {
            out.add(tooLarge(in));
            in.readerIndex(end);
        } else {
            dropUnended(in, end, out);
            byte[] content = new byte[end - in.readerIndex()];
            in.readBytes(content);
            out.add(new Frame.Whole(content));
        }
        skipEnd(in);
        state = State.OUTSIDE;
        searched = 0;
    }

    /** A start mark before MSH inside a frame: the frame before it lost its end. */
    private static void dropUnended(ByteBuf in, int end, List<Object> out) {
        int start = in.indexOf(in.readerIndex(), end, START);
        while (start >= 0) {
            if (beginsMessage(in, start + 1, end)) {
                byte[] head = new byte[Math.min(HEAD, start - in.readerIndex())];
                in.getBytes(in.readerIndex(), head);
                out.add(new Frame.Broken(
                        head,
                        Issue.of(MllpError.FRAME_NOT_ENDED, "", "found a start mark, expected an end mark first"),
                        Frame.Then.GO_ON));
                in.readerIndex(start + 1);
            }
            start = in.indexOf(start + 1, end, START);
        }
    }

    private static boolean beginsMessage(ByteBuf in, int at, int end) {
        if (at + SEGMENT_NAME > end) {
            return false;
        }
        String name = in.toString(at, SEGMENT_NAME, StandardCharsets.US_ASCII);
        return "MSH".equals(name) || "BHS".equals(name) || "FHS".equals(name);
    }

    private Frame tooLarge(ByteBuf in) {
        return broken(
                in,
                MllpError.FRAME_TOO_LARGE,
                "expected at most " + limits.maxFrameSize() + " bytes",
                Frame.Then.GO_ON);
    }

    private static Frame broken(ByteBuf in, MllpError error, String detail, Frame.Then then) {
        byte[] head = new byte[Math.min(HEAD, in.readableBytes())];
        in.getBytes(in.readerIndex(), head);
        return new Frame.Broken(head, Issue.of(error, "", detail), then);
    }

    private void discard(ChannelHandlerContext ctx, ByteBuf in) {
        int at = in.indexOf(in.readerIndex(), in.writerIndex(), END);
        while (at >= 0 && at + 1 < in.writerIndex() && !endsWith(in.getByte(at + 1))) {
            at = in.indexOf(at + 1, in.writerIndex(), END);
        }
        int end = at < 0 ? in.writerIndex() : at;
        discarded += end - in.readerIndex();
        in.readerIndex(end);
        if (at >= 0 && at + 1 < in.writerIndex()) {
            skipEnd(in);
            state = State.OUTSIDE;
        } else if (discarded > (long) DISCARDED_FRAMES * limits.maxFrameSize()) {
            close(ctx, in, MllpError.FRAME_TOO_LARGE);
        }
    }

    /** Not at once: closing inside decode would take the buffer away under it. */
    private void close(ChannelHandlerContext ctx, ByteBuf in, MllpError reason) {
        complaints.about(reason, "", ctx.channel().remoteAddress(), ctx.executor());
        in.skipBytes(in.readableBytes());
        state = State.CLOSED;
        ctx.executor().execute(ctx::close);
    }

    /** One timer at a time: cheaper than one for every frame. It looks often enough to see when this side rested. */
    private void watch(ChannelHandlerContext ctx) {
        watched = true;
        long nanos = limits.readTimeout().toNanos() / LOOKS_A_TIMEOUT + 1;
        ctx.executor().schedule(() -> check(ctx), nanos, TimeUnit.NANOSECONDS);
    }

    private void check(ChannelHandlerContext ctx) {
        watched = false;
        if (state == State.OUTSIDE || state == State.CLOSED || !ctx.channel().isActive()) {
            return;
        }
        if (!ctx.channel().config().isAutoRead()) {
            // It is this side that does not read, while it is busy: the sender is given the whole time again.
            startedAt = System.nanoTime();
        }
        long left = limits.readTimeout().toNanos() - (System.nanoTime() - startedAt);
        if (left > 0) {
            watch(ctx);
            return;
        }
        if (state == State.DISCARDING) {
            ctx.close();
            return;
        }
        Frame broken = broken(
                internalBuffer(),
                MllpError.FRAME_NOT_ENDED,
                "expected the end mark within " + limits.readTimeout().toMillis() + " ms",
                Frame.Then.CLOSE);
        state = State.DISCARDING;
        discarded = 0;
        ctx.fireChannelRead(broken);
    }

    private void hold(long bytes) {
        long counted = Math.max(0, bytes);
        if (counted != held) {
            begun.add(counted - held);
            held = counted;
        }
    }
}
