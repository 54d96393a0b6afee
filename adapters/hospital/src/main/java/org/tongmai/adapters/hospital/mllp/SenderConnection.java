package org.tongmai.adapters.hospital.mllp;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/** One connection of a {@link MllpSender}; used on the sender's thread only. */
final class SenderConnection {
    private static final byte START = 0x0B;
    private static final byte END = 0x1C;
    private static final byte RETURN = 0x0D;

    private final MllpSender sender;
    private final Bootstrap bootstrap;
    private final int number;
    private final Deque<Sent> waiting = new ArrayDeque<>();
    private final Deque<Sent> unanswered = new ArrayDeque<>();
    private Channel channel;
    private long lastProgress;
    private long pausedUntil;

    SenderConnection(MllpSender sender, Bootstrap bootstrap, int number) {
        this.sender = sender;
        this.bootstrap = bootstrap.clone().handler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel opened) {
                opened.pipeline().addLast(new Answers());
            }
        });
        this.number = number;
    }

    void open() {
        ChannelFuture connecting = bootstrap.connect();
        connecting.addListener(future -> {
            if (future.isSuccess()) {
                channel = connecting.channel();
                lastProgress = System.nanoTime();
                write();
            } else {
                openLater();
            }
        });
    }

    boolean isFull(int most) {
        return waiting.size() >= most;
    }

    boolean isBusy() {
        return !waiting.isEmpty() || !unanswered.isEmpty();
    }

    void offer(OutboundMessage message) {
        waiting.addLast(new Sent(message));
        sender.waitingChanged(1);
    }

    /** Sends what may be sent now. */
    void write() {
        if (channel == null || !channel.isActive() || System.nanoTime() < pausedUntil) {
            return;
        }
        boolean written = false;
        while (!waiting.isEmpty() && unanswered.size() < sender.settings().depth() && channel.isWritable()) {
            Sent next = waiting.pollFirst();
            sender.waitingChanged(-1);
            if (unanswered.isEmpty()) {
                lastProgress = System.nanoTime();
            }
            next.attempts++;
            next.sentAt = System.nanoTime();
            unanswered.addLast(next);
            channel.write(frame(next.message.bytes()), channel.voidPromise());
            written = true;
        }
        if (written) {
            channel.flush();
        }
    }

    void checkTimeout() {
        boolean late = System.nanoTime() - lastProgress
                > sender.settings().answerTimeout().toNanos();
        if (channel != null && !unanswered.isEmpty() && late) {
            channel.close();
        }
    }

    private ByteBuf frame(byte[] bytes) {
        ByteBuf frame = channel.alloc().buffer(bytes.length + 3);
        return frame.writeByte(START).writeBytes(bytes).writeByte(END).writeByte(RETURN);
    }

    private void openLater() {
        if (bootstrap.config().group().isShuttingDown()) {
            return;
        }
        long delay = sender.settings().reconnectDelay().toMillis();
        bootstrap.config().group().schedule(this::open, delay, TimeUnit.MILLISECONDS);
    }

    private void closed() {
        channel = null;
        while (!unanswered.isEmpty()) {
            waiting.addFirst(unanswered.pollLast());
            sender.waitingChanged(1);
        }
        openLater();
    }

    private void answered(String controlId, String code) {
        Sent sent = take(controlId);
        if (sent == null) {
            // An answer to nobody: to a frame of an earlier attempt, or without MSA-2. A hospital ignores it.
            return;
        }
        long now = System.nanoTime();
        lastProgress = now;
        boolean again = sender.settings().resend() == MllpSenderSettings.Resend.UNANSWERED_AND_ERRORS
                && ("AE".equals(code) || "CE".equals(code));
        if (again) {
            waiting.addFirst(sent);
            sender.waitingChanged(1);
            pausedUntil = now + sender.settings().reconnectDelay().toNanos();
        }
        sender.listener()
                .acknowledged(new Acknowledgement(sent.message, code, number, sent.attempts, now - sent.sentAt));
    }

    private Sent take(String controlId) {
        Sent first = unanswered.peekFirst();
        if (first != null && first.message.controlId().equals(controlId)) {
            return unanswered.pollFirst();
        }
        for (Iterator<Sent> all = unanswered.iterator(); all.hasNext(); ) {
            Sent sent = all.next();
            if (sent.message.controlId().equals(controlId)) {
                all.remove();
                return sent;
            }
        }
        return null;
    }

    private static final class Sent {
        private final OutboundMessage message;
        private int attempts;
        private long sentAt;

        private Sent(OutboundMessage message) {
            this.message = message;
        }
    }

    /** Reads the answers of one connection. */
    private final class Answers extends ChannelInboundHandlerAdapter {
        private ByteBuf received;

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            received = context.alloc().buffer(8192);
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext context) {
            received.release();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object part) {
            ByteBuf bytes = (ByteBuf) part;
            received.writeBytes(bytes);
            bytes.release();
            int end = received.indexOf(received.readerIndex(), received.writerIndex(), END);
            while (end >= 0) {
                byte[] answer = new byte[end - received.readerIndex()];
                received.readBytes(answer);
                received.skipBytes(1);
                read(answer);
                end = received.indexOf(received.readerIndex(), received.writerIndex(), END);
            }
            received.discardSomeReadBytes();
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            sender.listener().flush();
            sender.pump();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            closed();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }

        private void read(byte[] answer) {
            String text = new String(answer, StandardCharsets.ISO_8859_1);
            int msa = text.indexOf("\rMSA|");
            if (msa < 0) {
                return;
            }
            int code = msa + 5;
            int afterCode = text.indexOf('|', code);
            if (afterCode < 0) {
                return;
            }
            int end = afterCode + 1;
            while (end < text.length() && text.charAt(end) != '|' && text.charAt(end) != '\r') {
                end++;
            }
            answered(text.substring(afterCode + 1, end), text.substring(code, afterCode));
        }
    }
}
