package org.tongmai.adapters.hl7mllp.internal;

import org.tongmai.standards.error.Issue;

/** What the decoder finds between the marks. */
public sealed interface Frame {

    /**
     * A whole frame.
     *
     * @param content the bytes between the marks
     */
    record Whole(byte[] content) implements Frame {
        @Override
        public String toString() {
            return "Whole[" + content.length + " bytes]";
        }
    }

    /**
     * A frame that can not be taken.
     *
     * @param head its first bytes, enough to find out whom to answer
     * @param reason why it can not be taken
     * @param then what becomes of the connection
     */
    record Broken(byte[] head, Issue reason, Then then) implements Frame {
        @Override
        public String toString() {
            return "Broken[" + reason.code().code() + "]";
        }
    }

    /** What becomes of a connection after a broken frame has been answered. */
    enum Then {
        GO_ON,
        CLOSE
    }
}
