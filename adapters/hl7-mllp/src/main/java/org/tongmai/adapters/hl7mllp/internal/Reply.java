package org.tongmai.adapters.hl7mllp.internal;

import java.util.List;

/**
 * The answer to one message, on its way to the connection it came by.
 *
 * @param to the message answered
 * @param frames what is sent: nothing, one acknowledgement, or in enhanced mode two
 */
public record Reply(InboundMessage to, List<byte[]> frames) {
    public Reply {
        frames = List.copyOf(frames);
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "Reply[" + frames.size() + " frames]";
    }
}
