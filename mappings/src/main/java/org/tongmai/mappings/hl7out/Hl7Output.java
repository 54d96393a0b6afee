package org.tongmai.mappings.hl7out;

import java.nio.charset.Charset;
import java.util.List;
import org.tongmai.standards.error.Issue;

/**
 * One message made.
 *
 * @param raw the bytes, without frame marks; segments end with {@code \r}
 * @param text the same as text
 * @param charset what the bytes are written in; MSH-18 names it
 * @param event {@code ADT^A01}
 * @param issues what had no place or was not known; none of them refuses
 */
public record Hl7Output(byte[] raw, String text, Charset charset, String event, List<Issue> issues) {
    public Hl7Output {
        issues = List.copyOf(issues);
    }

    /** Names the message by its event, never by its content. */
    @Override
    public String toString() {
        return "Hl7Output[" + event + ", " + raw.length + " bytes, " + issues.size() + " issues]";
    }
}
