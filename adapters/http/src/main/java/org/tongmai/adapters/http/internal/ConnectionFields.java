package org.tongmai.adapters.http.internal;

import java.util.Locale;
import java.util.Set;

/** Header fields of one connection, not of the message that comes over it; server and client write their own. */
final class ConnectionFields {
    /** RFC 9110, section 7.6.1, and what says where a content ends. */
    private static final Set<String> NAMES = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "content-length");

    private ConnectionFields() {}

    static boolean contain(String name) {
        return NAMES.contains(name.toLowerCase(Locale.ROOT));
    }
}
