package org.tongmai.adapters.hospital.twin;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.DelimiterBasedFrameDecoder;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Imitates a system that receives HL7 messages over MLLP: takes each control id once, notes the order per patient,
 * answers {@code AA}, and misbehaves when asked to.
 */
public final class DownstreamSystem implements AutoCloseable {
    private static final int LARGEST_FRAME = 16 * 1024 * 1024;

    private final NioEventLoopGroup thread = new NioEventLoopGroup(1, task -> {
        Thread receiver = new Thread(task, "downstream-twin");
        receiver.setDaemon(true);
        return receiver;
    });
    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Deque<DownstreamFault> faults = new ArrayDeque<>();
    private final DownstreamLedger ledger;
    private final Channel server;

    private DownstreamSystem(InetSocketAddress address, Path ledgerFile) throws IOException {
        ledger = new DownstreamLedger(ledgerFile);
        try {
            server = new ServerBootstrap()
                    .group(thread)
                    .channel(NioServerSocketChannel.class)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel accepted) {
                            open.add(accepted);
                            ByteBuf end = Unpooled.wrappedBuffer(new byte[] {0x1C, 0x0D});
                            accepted.pipeline().addLast(new DelimiterBasedFrameDecoder(LARGEST_FRAME, end));
                            accepted.pipeline().addLast(new Receiver());
                        }
                    })
                    .bind(address)
                    .syncUninterruptibly()
                    .channel();
        } catch (RuntimeException e) {
            thread.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            ledger.close();
            throw e;
        }
    }

    /**
     * Starts a receiver; it listens when this returns.
     *
     * @param address where to listen; port 0 takes a free one
     * @param ledgerFile where it notes what it took; continued when there
     */
    public static DownstreamSystem start(InetSocketAddress address, Path ledgerFile) throws IOException {
        return new DownstreamSystem(address, ledgerFile);
    }

    public int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    public DownstreamLedger ledger() {
        return ledger;
    }

    /** Lets something go wrong with the next messages, after the faults that were asked for before. */
    public void inject(DownstreamFault fault) {
        synchronized (faults) {
            for (int i = 0; i < fault.times(); i++) {
                faults.addLast(fault);
            }
        }
    }

    /** Ends all faults. */
    public void recover() {
        synchronized (faults) {
            faults.clear();
        }
    }

    /** Closes all connections, as a network does. */
    public void reset() {
        open.close().awaitUninterruptibly();
    }

    @Override
    public void close() throws IOException {
        server.close().awaitUninterruptibly();
        open.close().awaitUninterruptibly();
        thread.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5_000);
        ledger.close();
    }

    private DownstreamFault nextFault() {
        synchronized (faults) {
            return faults.pollFirst();
        }
    }

    /** Answers one connection's messages. */
    private final class Receiver extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) throws IOException {
            // Control id and patient number are ASCII and stand before any name, so every charset reads the same here.
            String text = frame.toString(StandardCharsets.ISO_8859_1);
            int start = text.indexOf("MSH|");
            String controlId = start < 0 ? "" : field(text, start, 9);
            int pid = text.indexOf("\rPID|");
            String patient = pid < 0 ? "" : component(field(text, pid + 1, 3));
            DownstreamFault fault = nextFault();
            if (fault == null) {
                take(controlId, patient);
                context.write(answer(context, controlId, controlId.isEmpty() ? "AR" : "AA"));
                return;
            }
            misbehave(context, fault, new String[] {controlId, patient});
        }

        private void misbehave(ChannelHandlerContext context, DownstreamFault fault, String[] message)
                throws IOException {
            switch (fault.kind()) {
                case ANSWER_ERROR -> context.write(answer(context, message[0], "AE"));
                case ANSWER_REJECT -> context.write(answer(context, message[0], "AR"));
                case SLOW -> {
                    take(message[0], message[1]);
                    long delay = fault.delay().toMillis();
                    context.executor()
                            .schedule(
                                    () -> context.writeAndFlush(answer(context, message[0], "AA")),
                                    delay,
                                    TimeUnit.MILLISECONDS);
                }
                case TAKE_AND_CLOSE -> {
                    take(message[0], message[1]);
                    context.close();
                }
                case CLOSE -> context.close();
                default -> {
                    // No answer: the sender has to notice by itself.
                }
            }
        }

        private void take(String controlId, String patient) throws IOException {
            if (!controlId.isEmpty()) {
                ledger.take(controlId, patient);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (cause instanceof TooLongFrameException || cause instanceof IOException) {
                context.close();
                return;
            }
            context.close();
            throw new IllegalStateException(cause);
        }

        private ByteBuf answer(ChannelHandlerContext context, String controlId, String code) {
            String text = "\u000BMSH|^~\\&|DOWNSTREAM|DISTRICT|||||ACK|R-" + controlId + "|P|2.5.1\rMSA|" + code + "|"
                    + controlId + "\r\u001C\r";
            ByteBuf answer = context.alloc().buffer(text.length());
            answer.writeCharSequence(text, StandardCharsets.ISO_8859_1);
            return answer;
        }

        /** @param number position after the segment's name; MSH-10 is the 9th because MSH-1 is the separator itself */
        private String field(String text, int segment, int number) {
            int at = segment;
            for (int i = 0; i < number; i++) {
                at = text.indexOf('|', at) + 1;
                if (at == 0) {
                    return "";
                }
            }
            int end = at;
            while (end < text.length() && text.charAt(end) != '|' && text.charAt(end) != '\r') {
                end++;
            }
            return text.substring(at, end);
        }

        private String component(String field) {
            int end = 0;
            while (end < field.length() && field.charAt(end) != '^' && field.charAt(end) != '~') {
                end++;
            }
            return field.substring(0, end);
        }
    }
}
