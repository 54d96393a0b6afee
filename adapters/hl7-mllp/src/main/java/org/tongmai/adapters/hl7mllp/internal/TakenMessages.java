package org.tongmai.adapters.hl7mllp.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tongmai.adapters.hl7mllp.MllpError;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.hl7v2.Hl7Header;

/**
 * Which messages a listener takes, by MSH-9 (HL7 v2 chapter 2.14.9.9): {@code ADT^A04} is one event, {@code ADT} every
 * event of the type. What is not among them is refused before it is mapped, so that a sender connected to the wrong
 * port is told.
 */
public final class TakenMessages {
    private final List<String> written = new ArrayList<>();
    private final Set<String> types = new HashSet<>();

    /**
     * @param list types and events with commas between; empty for all
     * @throws IllegalArgumentException for what is neither a type nor a type with its event
     */
    public TakenMessages(String list) {
        for (String each : list.split(",")) {
            String name = each.trim();
            if (!name.isEmpty()) {
                if (!name.matches("[A-Z0-9]{3}(\\^[A-Z0-9]{3})?")) {
                    throw new IllegalArgumentException("messages: expected types and events, for example ADT^A04,ORU");
                }
                written.add(name);
                types.add(name.substring(0, 3));
            }
        }
    }

    /** Why the message is not taken; empty when it is, or when its header does not say what it is. */
    public Optional<Issue> refusal(Hl7Header header) {
        String event = header.keys().type();
        if (written.isEmpty() || event.isEmpty()) {
            return Optional.empty();
        }
        int end = event.indexOf('^');
        String type = end < 0 ? event : event.substring(0, end);
        if (written.contains(type) || written.contains(event)) {
            return Optional.empty();
        }
        MllpError error = types.contains(type) ? MllpError.EVENT_NOT_TAKEN : MllpError.TYPE_NOT_TAKEN;
        return Optional.of(Issue.of(error, "MSH-9", "expected " + String.join(", ", written)));
    }
}
