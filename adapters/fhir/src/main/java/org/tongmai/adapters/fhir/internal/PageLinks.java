package org.tongmai.adapters.fhir.internal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes the links of a page: the parameters that were understood, and where to go on. */
final class PageLinks {
    /** Where the page before ended. */
    static final String CURSOR = "_cursor";

    private final String address;
    private final Map<String, List<String>> parameters = new TreeMap<>();

    PageLinks(String address) {
        this.address = address;
    }

    void keep(String name, List<String> values) {
        parameters.put(name, List.copyOf(values));
    }

    String self() {
        return url(parameters);
    }

    String next(String cursor) {
        Map<String, List<String>> changed = new TreeMap<>(parameters);
        changed.put(CURSOR, List.of(cursor));
        return url(changed);
    }

    private String url(Map<String, List<String>> query) {
        StringBuilder url = new StringBuilder(address);
        char separator = '?';
        for (Map.Entry<String, List<String>> parameter : query.entrySet()) {
            for (String value : parameter.getValue()) {
                url.append(separator)
                        .append(encode(parameter.getKey()))
                        .append('=')
                        .append(encode(value));
                separator = '&';
            }
        }
        return url.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("%3A", ":")
                .replace("%2F", "/");
    }
}
