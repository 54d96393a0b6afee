package org.tongmai.adapters.hl7mllp.internal.client;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.adapters.hl7mllp.MllpError;
import org.tongmai.adapters.hl7mllp.internal.Frame;

/** One connection to a receiver: one message out, its answer in, then the next. */
final class ReceiverConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ReceiverConnection.class);

    private final Consumer<ReceiverConnection> whenFree;
    private ChannelHandlerContext context;
    private Call current;

    ReceiverConnection(Consumer<ReceiverConnection> whenFree) {
        this.whenFree = whenFree;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    boolean isOpen() {
        return context != null && context.channel().isActive();
    }

    void send(Call call) {
        current = call;
        context.writeAndFlush(call.content()).addListener(written -> {
            if (!written.isSuccess()) {
                context.close();
            } else if (call.expected() == Call.Expected.NOTHING) {
                finish(call);
            }
        });
        // A message that was given up takes its connection with it: a late answer must not be taken for the next one's.
        call.whenGivenUp(() -> {
            if (current == call) {
                context.close();
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (!(msg instanceof Frame.Whole whole)) {
            LOG.warn(
                    "The receiver at {} sent a broken frame; closing",
                    ctx.channel().remoteAddress());
            ctx.close();
            return;
        }
        Answer answer = Answer.of(whole.content());
        if (current == null || !answer.answers(current.controlId())) {
            LOG.debug(
                    "The receiver at {} answered a message that is not waiting",
                    ctx.channel().remoteAddress());
            return;
        }
        Call answered = current;
        current = null;
        answered.answered(answer);
        whenFree.accept(this);
    }

    private void finish(Call call) {
        if (current == call) {
            current = null;
            call.answered(Answer.NONE);
            whenFree.accept(this);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        Call lost = current;
        current = null;
        if (lost != null) {
            lost.fail(MllpError.CONNECTION_LOST, "expected an answer first");
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug(
                "{} closed after {}",
                ctx.channel().remoteAddress(),
                cause.getClass().getName());
        ctx.close();
    }
}
