package org.tongmai.adapters.hl7mllp.internal;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.NettyRuntime;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Promise;
import java.util.concurrent.TimeUnit;

/**
 * The threads of all MLLP listeners of this process: as many for five hundred as for one. What runs on them never waits:
 * the journal takes a message over before anything may. They begin with the first connection and end with the process.
 * Senders have one of their own each: they look up names, and steps behind them may wait.
 */
public final class EventLoops {
    /** Accepts only, so that whoever connects again and again slows nobody who is connected. */
    private static final EventLoopGroup ACCEPTING =
            new NioEventLoopGroup(1, new DefaultThreadFactory("mllp-accept", true));

    /** Two a core, as many as Netty gives each listener that has its own. */
    private static final EventLoopGroup CONNECTED =
            new NioEventLoopGroup(2 * NettyRuntime.availableProcessors(), new DefaultThreadFactory("mllp-io", true));

    private EventLoops() {}

    /**
     * Returns when the ports of listeners that were closed before this call can be listened on again. Java gives a closed
     * port back only in the next selection of the thread it was registered with, after Netty has said that it is closed.
     */
    public static void awaitReleased() throws InterruptedException {
        EventLoop accepting = ACCEPTING.next();
        Promise<Void> released = accepting.newPromise();
        // What the thread plans for itself it does in its next round, and each round begins with a selection.
        accepting.execute(() -> accepting.schedule(() -> released.setSuccess(null), 1, TimeUnit.NANOSECONDS));
        released.sync();
    }

    public static EventLoopGroup accepting() {
        return ACCEPTING;
    }

    public static EventLoopGroup connected() {
        return CONNECTED;
    }
}
