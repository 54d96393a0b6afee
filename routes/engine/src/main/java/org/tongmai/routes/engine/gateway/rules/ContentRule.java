package org.tongmai.routes.engine.gateway.rules;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.tongmai.routes.engine.gateway.screen.Defence;

/**
 * What a call may hold.
 *
 * @param maxBody bytes of content
 * @param fields header fields that are handed on, beside those of the content; null for all that are not the gateway's own
 * @param screening attacks that are looked for in every value; null for all
 * @param freeText names of parameters and members that people write sentences into: there only what is certain counts
 */
public record ContentRule(int maxBody, List<String> fields, Set<Defence> screening, Set<String> freeText) {
    /** 10 MB, all fields, screened for everything. */
    public static final ContentRule DEFAULT = new ContentRule(0, null, null, null);

    private static final int TEN_MEGABYTES = 10 * 1024 * 1024;

    public ContentRule {
        maxBody = maxBody == 0 ? TEN_MEGABYTES : maxBody;
        fields = fields == null ? null : List.copyOf(fields);
        screening = Absent.set(screening == null ? EnumSet.allOf(Defence.class) : screening);
        freeText = Absent.set(freeText);
    }
}
