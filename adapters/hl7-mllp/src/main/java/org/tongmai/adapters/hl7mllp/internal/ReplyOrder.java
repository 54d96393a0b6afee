package org.tongmai.adapters.hl7mllp.internal;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.adapters.hl7mllp.MllpError;
import org.tongmai.standards.error.Issue;

/**
 * Lets a bounded number of a connection's messages be processed at once and sends the answers in the order of the
 * frames, whatever order they are ready in. Stops reading when its window or the listener's byte budget is full. When the
 * listener stops, what is in process is answered first, and nothing else begun.
 */
public final class ReplyOrder extends ChannelDuplexHandler {
    private static final long LINGER_MILLISECONDS = 250;
    /** How long a connection of a listener that stopped may wait for answers. */
    private static final long LONGEST_DRAIN_SECONDS = 60;

    private static final Logger LOG = LoggerFactory.getLogger(ReplyOrder.class);
    /** What the answer of one message of a batch takes until all are there. */
    private static final int ANSWER = 512;

    private final int window;
    private final ByteBudget budget;
    private final Refusals refusals;
    private final Complaints complaints;
    private final BooleanSupplier stopping;
    private final Deque<ReplySlot> slots = new ArrayDeque<>();
    private final Deque<InboundMessage> waiting = new ArrayDeque<>();
    private int inFlight;
    private boolean ended;
    private boolean draining;
    private boolean admitting;
    private boolean waitsForBudget;

    /**
     * What the connections of a listener share.
     *
     * @param budget bytes of messages not yet answered
     * @param refusals writes the answer to frames that can not be taken now
     * @param stopping whether the listener stops, or has
     */
    public record Shared(ByteBudget budget, Refusals refusals, Complaints complaints, BooleanSupplier stopping) {}

    /** @param window how many messages of the connection may be in process */
    public ReplyOrder(int window, Shared shared) {
        this.window = window;
        this.budget = shared.budget();
        this.refusals = shared.refusals();
        this.complaints = shared.complaints();
        this.stopping = shared.stopping();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (ended || draining) {
            return;
        }
        if (msg instanceof Frame.Whole whole) {
            take(ctx, whole.content());
        } else if (msg instanceof Frame.Broken broken) {
            refuse(ctx, broken);
        } else {
            ctx.fireChannelRead(msg);
            return;
        }
        admit(ctx);
    }

    /** What is refused for good is handed on like a message, so that it is journalled; the rest will come again. */
    private void refuse(ChannelHandlerContext ctx, Frame.Broken broken) {
        if (!broken.reason().code().retryable()) {
            ReplySlot slot = ReplySlot.single(broken.head(), broken.then());
            slots.add(slot);
            budget.add(slot.size());
            waiting.add(InboundMessage.refused(broken, slot));
            return;
        }
        slots.add(ReplySlot.answered(refusals.answers(broken.head(), broken.reason()), broken.then()));
        sendReady(ctx);
        ctx.flush();
    }

    private void take(ChannelHandlerContext ctx, byte[] content) {
        ReplySlot slot;
        if (Batch.begins(content)) {
            Batch batch = Batch.of(content);
            if (batch.tooLong()) {
                Issue reason =
                        Issue.of(MllpError.BATCH_TOO_LONG, "", "expected at most " + Batch.MOST_MESSAGES + " messages");
                refuse(ctx, new Frame.Broken(Refusals.head(content), reason, Frame.Then.GO_ON));
                return;
            }
            slot = ReplySlot.batch(
                    batch, content.length + ANSWER * batch.messages().size());
            for (int i = 0; i < batch.messages().size(); i++) {
                waiting.add(new InboundMessage(batch.messages().get(i), slot, i));
            }
        } else {
            slot = ReplySlot.single(content, Frame.Then.GO_ON);
            waiting.add(new InboundMessage(content, slot, 0));
        }
        slots.add(slot);
        budget.add(slot.size());
    }

    private void admit(ChannelHandlerContext ctx) {
        if (admitting) {
            return;
        }
        admitting = true;
        try {
            sendReady(ctx);
            while (inFlight < window && !waiting.isEmpty()) {
                inFlight++;
                InboundMessage next = waiting.poll();
                next.slot().begin();
                ctx.fireChannelRead(next);
            }
        } finally {
            admitting = false;
        }
        readOrRest(ctx);
    }

    private void readOrRest(ChannelHandlerContext ctx) {
        if (ended || draining) {
            return; // it reads whatever comes until it closes, or nothing until it has answered
        }
        boolean room = budget.hasRoom();
        boolean read =
                inFlight < window && waiting.isEmpty() && room && ctx.channel().isWritable();
        if (ctx.channel().config().isAutoRead() != read) {
            ctx.channel().config().setAutoRead(read);
        }
        if (!room && !waitsForBudget) {
            waitsForBudget = true;
            budget.whenRoom(() -> ctx.executor().execute(() -> {
                waitsForBudget = false;
                readOrRest(ctx);
            }));
        }
    }

    /** A peer that does not read its answers is not read from either, or they would pile up without bound. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        readOrRest(ctx);
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        readOrRest(ctx);
        ctx.flush();
        ctx.fireChannelReadComplete();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        if (msg instanceof Reply reply) {
            if (reply.to().slot().answer(reply.to().part(), reply.frames())) {
                inFlight--;
                sendReady(ctx);
                admit(ctx);
                if (draining && inFlight == 0) {
                    ctx.flush();
                    linger(ctx);
                }
            }
            // The promise is kept here: whether the peer still reads is seen when the socket closes, for all at once.
            promise.trySuccess();
        } else if (msg instanceof Throwable failure) {
            fail(ctx, failure);
            promise.trySuccess();
        } else {
            ctx.write(msg, promise);
        }
    }

    /**
     * A listener that stops closes its connections: each ends when what it has in process is answered, or the time for that is
     * up. Of a batch that is begun the rest is refused, so that the batch has its answer; frames nobody has begun with are
     * left. Their sender sends them again.
     */
    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (ended || inFlight == 0 || !stopping.getAsBoolean()) {
            ctx.close(promise);
            return;
        }
        if (!draining) {
            draining = true;
            ctx.channel().config().setAutoRead(false);
            leaveWaiting(ctx);
            ctx.executor().schedule(() -> refuseInProcess(ctx), LONGEST_DRAIN_SECONDS, TimeUnit.SECONDS);
        }
        ctx.channel().closeFuture().addListener(closed -> promise.trySuccess());
    }

    private void leaveWaiting(ChannelHandlerContext ctx) {
        InboundMessage first = waiting.peek(); // of all that wait only its frame can be begun
        if (first != null && first.slot().begun()) {
            first.slot().answerFrom(first.part(), content -> refusals.answers(content, ending("not begun with")));
            sendReady(ctx);
            ctx.flush();
        }
        waiting.clear();
    }

    private void refuseInProcess(ChannelHandlerContext ctx) {
        if (ended || !ctx.channel().isActive()) {
            return;
        }
        Issue reason = ending("expected an answer within " + LONGEST_DRAIN_SECONDS + " s");
        slots.stream()
                .takeWhile(ReplySlot::begun)
                .forEach(slot -> slot.answerFrom(0, content -> refusals.answers(content, reason)));
        sendReady(ctx);
        ctx.flush();
        linger(ctx);
    }

    private static Issue ending(String detail) {
        return Issue.of(MllpError.LISTENER_ENDED, "", detail);
    }

    private void sendReady(ChannelHandlerContext ctx) {
        while (!slots.isEmpty() && slots.peek().complete()) {
            ReplySlot slot = slots.poll();
            List<byte[]> frames = slot.frames();
            boolean closes = slot.then() == Frame.Then.CLOSE;
            for (int i = 0; i < frames.size(); i++) {
                if (closes && i == frames.size() - 1) {
                    ctx.writeAndFlush(frames.get(i)).addListener(sent -> linger(ctx));
                } else {
                    ctx.write(frames.get(i), ctx.voidPromise());
                }
            }
            if (closes && frames.isEmpty()) {
                ctx.close();
            }
            budget.add(-slot.size());
        }
    }

    /**
     * Takes in for a moment what the peer is still sending: closing with unread bytes would reset the connection, and the
     * answer be lost. Nothing of it is a message any more.
     */
    private void linger(ChannelHandlerContext ctx) {
        ended = true;
        ctx.channel().config().setAutoRead(true);
        ctx.executor().schedule(() -> ctx.close(), LINGER_MILLISECONDS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        long left = slots.stream().mapToLong(ReplySlot::size).sum();
        if (!slots.isEmpty()) {
            LOG.info("{} closed with {} messages unanswered", ctx.channel().remoteAddress(), slots.size());
        }
        slots.forEach(ReplySlot::abandon);
        slots.clear();
        waiting.clear();
        budget.add(-left);
        ctx.fireChannelInactive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent && slots.isEmpty()) {
            ctx.close();
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    /** Ends this connection only; says what kind of failure it was and nothing of what was read. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("{} lost", ctx.channel().remoteAddress());
            ctx.close();
        } else {
            fail(ctx, cause);
        }
    }

    private void fail(ChannelHandlerContext ctx, Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String kind = "(" + root.getClass().getSimpleName() + ")";
        complaints.about(MllpError.CONNECTION_FAILED, kind, ctx.channel().remoteAddress(), ctx.executor());
        ctx.close();
    }
}
