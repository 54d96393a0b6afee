package org.tongmai.adapters.hl7mllp.internal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.tongmai.adapters.hl7mllp.MllpError;

/**
 * A batch (HL7 chapter 2.10.3): {@code FHS BHS message… BTS FTS}, file segments optional. Every message is taken
 * and answered as its own; the answers go back as one batch. Cut on the bytes, because no charset in use has a line end
 * inside a character.
 */
final class Batch {
    private static final int NAME = 3;
    private static final int BATCH_CONTROL_ID = 11;
    /** Every message costs an answer of some hundred bytes, however short it is: few bytes in must not become many out. */
    static final int MOST_MESSAGES = 10_000;

    private final List<byte[]> messages = new ArrayList<>();
    private String fileHeader = "";
    private String batchHeader = "";
    private String declaredCount = "";
    private int batches;
    private String declaredBatches = "";

    private Batch() {}

    /** Says whether a frame holds a batch and no single message. */
    static boolean begins(byte[] frame) {
        return named(frame, 0, "BHS") || named(frame, 0, "FHS");
    }

    static Batch of(byte[] frame) {
        Batch batch = new Batch();
        int messageFrom = -1;
        int at = 0;
        while (at < frame.length && batch.messages.size() <= MOST_MESSAGES) {
            int end = endOfSegment(frame, at);
            if (isBoundary(frame, at)) {
                batch.close(frame, messageFrom, at);
                messageFrom = named(frame, at, "MSH") ? at : -1;
                batch.note(frame, at, end);
            }
            at = end;
            while (at < frame.length && (frame[at] == '\r' || frame[at] == '\n')) {
                at++;
            }
        }
        batch.close(frame, messageFrom, frame.length);
        return batch;
    }

    /** Says whether it holds more than is taken; then not all of it was read. */
    boolean tooLong() {
        return messages.size() > MOST_MESSAGES;
    }

    List<byte[]> messages() {
        return messages;
    }

    /** Joins the answers of its messages into one batch. */
    byte[] answer(List<List<byte[]>> answers) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256 * (answers.size() + 1));
        write(out, fileHeader.isEmpty() ? "" : swapped(fileHeader));
        write(out, batchHeader.isEmpty() ? "BHS|^~\\&" : swapped(batchHeader));
        int count = 0;
        for (List<byte[]> frames : answers) {
            for (byte[] frame : frames) {
                out.writeBytes(frame);
                count++;
            }
        }
        char separator = batchHeader.length() <= NAME ? '|' : batchHeader.charAt(NAME);
        write(out, "BTS" + separator + count + complaint(separator));
        write(out, fileHeader.isEmpty() ? "" : "FTS" + separator + "1");
        return out.toByteArray();
    }

    private String complaint(char separator) {
        boolean messagesDiffer = differs(declaredCount, messages.size());
        if (!messagesDiffer && !differs(declaredBatches, batches)) {
            return "";
        }
        String what = messagesDiffer
                ? " at BTS-1 (found " + messages.size() + " messages)"
                : " at FTS-1 (found " + batches + " batches)";
        return separator + MllpError.BATCH_COUNT_WRONG.code() + " " + MllpError.BATCH_COUNT_WRONG.summary() + what;
    }

    private static boolean differs(String declared, int found) {
        return !declared.isBlank() && !declared.trim().equals(Integer.toString(found));
    }

    private void close(byte[] frame, int from, int to) {
        if (from >= 0) {
            messages.add(Arrays.copyOfRange(frame, from, to));
        }
    }

    private void note(byte[] frame, int from, int end) {
        String segment = new String(frame, from, end - from, StandardCharsets.ISO_8859_1);
        String name = segment.substring(0, NAME);
        switch (name) {
            case "FHS" -> fileHeader = segment;
            case "BHS" -> {
                batchHeader = segment;
                batches++;
            }
            case "BTS" -> declaredCount = plus(declaredCount, field(segment, 1));
            case "FTS" -> declaredBatches = field(segment, 1);
            default -> {
                // MSH: a message, kept as bytes.
            }
        }
    }

    /** A file may hold several batches; their counts add up. */
    private static String plus(String sum, String more) {
        try {
            return sum.isEmpty()
                    ? more
                    : Integer.toString(Integer.parseInt(sum.trim()) + Integer.parseInt(more.trim()));
        } catch (NumberFormatException e) {
            return more;
        }
    }

    /** The header of the answer: sender and receiver change places, the control id becomes the reference (BHS-12). */
    private static String swapped(String header) {
        if (header.length() <= NAME) {
            return header + "|^~\\&";
        }
        String separator = header.substring(NAME, NAME + 1);
        String[] in = header.split(Pattern.quote(separator), -1);
        String[] out = new String[BATCH_CONTROL_ID + 1];
        Arrays.fill(out, "");
        out[0] = in[0];
        out[1] = at(in, 1);
        out[2] = at(in, 4);
        out[3] = at(in, 5);
        out[4] = at(in, 2);
        out[5] = at(in, 3);
        out[BATCH_CONTROL_ID] = at(in, BATCH_CONTROL_ID - 1);
        return String.join(separator, out).replaceAll(Pattern.quote(separator) + "+$", "");
    }

    private static String at(String[] fields, int index) {
        return index < fields.length ? fields[index] : "";
    }

    private static String field(String segment, int number) {
        if (segment.length() <= NAME) {
            return "";
        }
        String[] fields = segment.split(Pattern.quote(segment.substring(NAME, NAME + 1)), -1);
        return at(fields, number);
    }

    private static boolean isBoundary(byte[] frame, int at) {
        return named(frame, at, "MSH")
                || named(frame, at, "BHS")
                || named(frame, at, "BTS")
                || named(frame, at, "FHS")
                || named(frame, at, "FTS");
    }

    private static boolean named(byte[] frame, int at, String name) {
        return frame.length >= at + NAME
                && frame[at] == name.charAt(0)
                && frame[at + 1] == name.charAt(1)
                && frame[at + 2] == name.charAt(2);
    }

    private static int endOfSegment(byte[] frame, int from) {
        int i = from;
        while (i < frame.length && frame[i] != '\r' && frame[i] != '\n') {
            i++;
        }
        return i;
    }

    private static void write(ByteArrayOutputStream out, String segment) {
        if (!segment.isEmpty()) {
            out.writeBytes(segment.getBytes(StandardCharsets.ISO_8859_1));
            out.write('\r');
        }
    }
}
