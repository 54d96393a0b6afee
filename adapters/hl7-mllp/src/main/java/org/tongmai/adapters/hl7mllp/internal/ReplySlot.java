package org.tongmai.adapters.hl7mllp.internal;

import java.util.ArrayList;
import java.util.List;

/** Keeps the place of one frame's answer in its connection's order until every message in the frame is answered. */
final class ReplySlot {
    private final List<List<byte[]>> answers = new ArrayList<>(1);
    private final Batch batch;
    private final Frame.Then then;
    private final int size;
    private int missing;
    private volatile boolean abandoned;

    private ReplySlot(Batch batch, Frame.Then then, int size) {
        this.batch = batch;
        this.then = then;
        this.size = size;
    }

    /** For a frame that holds one message. */
    static ReplySlot single(int size, Frame.Then then) {
        ReplySlot slot = new ReplySlot(null, then, size);
        slot.expect(1);
        return slot;
    }

    /** For a frame that holds a batch. */
    static ReplySlot batch(Batch batch, int size) {
        ReplySlot slot = new ReplySlot(batch, Frame.Then.GO_ON, size);
        slot.expect(batch.messages().size());
        return slot;
    }

    /** For a frame that is answered already. */
    static ReplySlot answered(byte[] answer, Frame.Then then) {
        ReplySlot slot = new ReplySlot(null, then, 0);
        slot.answers.add(List.of(answer));
        return slot;
    }

    private void expect(int count) {
        missing = count;
        for (int i = 0; i < count; i++) {
            answers.add(null);
        }
    }

    /** Takes the answer of one message; says whether it was still missing. */
    boolean answer(int part, List<byte[]> frames) {
        if (answers.get(part) != null) {
            return false;
        }
        answers.set(part, frames);
        missing--;
        return true;
    }

    /** The connection is gone; nobody reads the answer. */
    void abandon() {
        abandoned = true;
    }

    boolean abandoned() {
        return abandoned;
    }

    boolean complete() {
        return missing == 0;
    }

    List<byte[]> frames() {
        return batch == null ? answers.get(0) : List.of(batch.answer(answers));
    }

    Frame.Then then() {
        return then;
    }

    /** How many bytes of the budget it holds. */
    int size() {
        return size;
    }
}
