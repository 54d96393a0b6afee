package org.tongmai.routes.engine.gateway.request;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Header fields that only a gateway may say: of those that came with a call none is handed on, so none is screened. */
public final class GatewayFields {
    private static final List<String> STARTS = List.of("x-tongmai-", "x-forwarded", "forwarded", "x-http-method");

    private static final Set<String> NAMES = Set.of(
            "x-method-override",
            "x-real-ip",
            "x-client-ip",
            "true-client-ip",
            "x-original-url",
            "x-original-uri",
            "x-rewrite-url");

    private GatewayFields() {}

    /** @param plain as {@link #plain} gives it */
    public static boolean contain(String plain) {
        for (String start : STARTS) {
            if (plain.startsWith(start)) {
                return true;
            }
        }
        return NAMES.contains(plain);
    }

    /** A name in small letters. Some servers read an underscore as a hyphen, so both are one here. */
    public static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
