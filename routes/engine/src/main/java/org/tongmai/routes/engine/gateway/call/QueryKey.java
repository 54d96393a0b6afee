package org.tongmai.routes.engine.gateway.call;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Parameters that make a difference to an answer that is kept, of a query or a form. */
final class QueryKey {
    private final List<String> names;

    /** @param names of those; empty for all */
    QueryKey(List<String> names) {
        this.names = names;
    }

    /** Those that make a difference, by name; of one name in the order they came, because that makes one too. */
    String of(String query) {
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        for (String parameter : query.split("&")) {
            int equals = parameter.indexOf('=');
            String name = decoded(equals < 0 ? parameter : parameter.substring(0, equals));
            if (names.isEmpty() || names.contains(name)) {
                parameters.add(Map.entry(name, parameter));
            }
        }
        return parameters.stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .collect(Collectors.joining("&"));
    }

    /** A name that could be written in several ways is looked at in one. */
    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }
}
