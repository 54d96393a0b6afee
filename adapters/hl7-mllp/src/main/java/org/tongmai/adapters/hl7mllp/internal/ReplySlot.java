package org.tongmai.adapters.hl7mllp.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Keeps the place of one frame's answer in its connection's order until every message in the frame is answered. */
final class ReplySlot {
    private final List<List<byte[]>> answers = new ArrayList<>(1);
    private final Batch batch;
    private final List<byte[]> messages;
    private final Frame.Then then;
    private final int size;
    private int missing;
    private boolean begun;
    private volatile boolean abandoned;

    private ReplySlot(Batch batch, List<byte[]> messages, Frame.Then then, int size) {
        this.batch = batch;
        this.messages = messages;
        this.then = then;
        this.size = size;
        this.missing = messages.size();
        messages.forEach(each -> answers.add(null));
    }

    /** For a frame that holds one message. */
    static ReplySlot single(byte[] content, Frame.Then then) {
        return new ReplySlot(null, List.of(content), then, content.length);
    }

    /** For a frame that holds a batch. */
    static ReplySlot batch(Batch batch, int size) {
        return new ReplySlot(batch, batch.messages(), Frame.Then.GO_ON, size);
    }

    /** For a frame that is answered already. */
    static ReplySlot answered(List<byte[]> frames, Frame.Then then) {
        ReplySlot slot = new ReplySlot(null, List.of(), then, 0);
        slot.answers.add(frames);
        return slot;
    }

    /** One of its messages is about to be processed, so that its sender gets an answer. */
    void begin() {
        begun = true;
    }

    /** Or there is nothing to begin with. */
    boolean begun() {
        return begun || complete();
    }

    /** Answers every message from one on that is not answered yet, by its bytes. */
    void answerFrom(int part, Function<byte[], List<byte[]>> answer) {
        for (int i = part; i < messages.size(); i++) {
            if (answers.get(i) == null) {
                answer(i, answer.apply(messages.get(i)));
            }
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
