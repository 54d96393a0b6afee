package org.tongmai.mappings.internal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which maps run which others, so that a change of one is known to change all that lead to it. */
final class MapUses {
    private final Map<String, Set<String>> users = new HashMap<>();

    /** Notes that a map runs another; an empty user is nobody. */
    void note(String user, String used) {
        if (!user.isEmpty()) {
            users.computeIfAbsent(used, name -> new HashSet<>()).add(user);
        }
    }

    /** Takes over what is known of how these maps are used, by whichever of them. */
    void keep(Set<String> maps, MapUses known) {
        known.users.forEach((used, by) -> by.stream().filter(maps::contains).forEach(user -> note(user, used)));
    }

    /** These maps and all that lead to one of them. */
    Set<String> leadingTo(Set<String> changed) {
        Set<String> found = new HashSet<>();
        changed.forEach(name -> collect(name, found));
        return found;
    }

    private void collect(String name, Set<String> found) {
        if (found.add(name)) {
            users.getOrDefault(name, Set.of()).forEach(user -> collect(user, found));
        }
    }
}
