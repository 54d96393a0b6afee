package org.tongmai.routes.engine.gateway.call;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tongmai.routes.engine.gateway.request.Names;

/** Parameters that make a difference to an answer that is kept, of a query or a form. */
final class QueryKey {
    /** A name that all who read it read alike, but for what {@link Names} knows of. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");

    private final List<String> names;
    /** Of those that make a difference, by the most lenient reading. */
    private final Map<Set<String>, String> spelled;

    /** @param names of those; empty for all */
    QueryKey(List<String> names) {
        this.names = names;
        this.spelled = names.stream()
                .collect(Collectors.toUnmodifiableMap(Names::plainParameter, name -> name, (one, other) -> other));
    }

    /**
     * Those that make a difference, by name; of one name in the order they came, because that makes one too. Empty for what two
     * services could read in two ways: then all of it counts.
     */
    Optional<String> of(String query) {
        if (query.isEmpty()) {
            return Optional.of("");
        }
        Map<Set<String>, String> met = new HashMap<>(spelled);
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        for (String parameter : query.split("&", -1)) {
            String name = parameter.split("=", 2)[0];
            // Some take the semicolon for a separator, and ID for id: what they find under a name is another value than
            // ours.
            if (parameter.indexOf(';') >= 0
                    || !PLAIN.matcher(name).matches()
                    || !met.computeIfAbsent(Names.plainParameter(name), first -> name)
                            .equals(name)) {
                return Optional.empty();
            }
            if (names.isEmpty() || names.contains(name)) {
                parameters.add(Map.entry(name, parameter));
            }
        }
        return Optional.of(parameters.stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .collect(Collectors.joining("&")));
    }
}
