package org.tongmai.routes.engine.gateway.rules;

import java.util.List;

/**
 * What a call may hold.
 *
 * @param maxBody bytes of content
 * @param fields header fields that are handed on, beside those of the content; null for all that are not the gateway's own
 */
public record ContentRule(int maxBody, List<String> fields) {
    /** 10 MB, all fields. */
    public static final ContentRule DEFAULT = new ContentRule(0, null);

    private static final int TEN_MEGABYTES = 10 * 1024 * 1024;

    public ContentRule {
        maxBody = maxBody == 0 ? TEN_MEGABYTES : maxBody;
        fields = fields == null ? null : List.copyOf(fields);
    }
}
