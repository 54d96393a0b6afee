package org.tongmai.adapters.canonicalstore.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.tongmai.standards.canonical.SearchKind;
import org.tongmai.standards.canonical.SearchParameter;
import org.tongmai.standards.canonical.SearchParameters;

/**
 * The search parameters with the numbers they have in the database. Parameters of a type that look at the same elements
 * ({@code patient} and {@code subject}) share one number, so that nothing is indexed twice.
 */
public final class IndexedParameters {
    private static final String GENERIC = "*";

    private final SearchParameters table;
    private final Map<Name, Short> numbers;
    private final Map<String, List<Indexed>> byType = new ConcurrentHashMap<>();

    private IndexedParameters(SearchParameters table, Map<Name, Short> numbers) {
        this.table = table;
        this.numbers = numbers;
    }

    /** Reads the numbers that {@code CanonicalStoreSchema.migrate} gave. */
    public static IndexedParameters load(Connection connection, SearchParameters table) throws SQLException {
        Map<Name, Short> numbers = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("select type, name, id from canonical.parameter");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                numbers.put(new Name(rows.getString(1), rows.getString(2)), rows.getShort(3));
            }
        }
        return new IndexedParameters(table, numbers);
    }

    /** Names what needs a number, in the order of the table. */
    public static Set<Name> names(SearchParameters table) {
        Set<Name> names = new LinkedHashSet<>();
        for (String type : table.types()) {
            for (SearchParameter row : table.of(type)) {
                names.add(storedAs(table, type, row));
            }
        }
        for (SearchParameter row : table.of(GENERIC)) {
            names.add(storedAs(table, GENERIC, row));
        }
        return names;
    }

    SearchParameters table() {
        return table;
    }

    /** What to extract from a resource of this type, each number once. */
    List<Indexed> of(String type) {
        return byType.computeIfAbsent(type, this::compile);
    }

    /** Of these, what looks at elements that are not the same in two contents; everything when there is one only. */
    List<Indexed> differing(String type, ObjectNode content, ObjectNode other) {
        return other == null
                ? of(type)
                : of(type).stream().filter(each -> each.differs(content, other)).toList();
    }

    Optional<SearchParameter> find(String type, String name) {
        return table.find(type, name);
    }

    short number(SearchParameter row) {
        String type = table.types().contains(row.type()) ? row.type() : GENERIC;
        Name name = storedAs(table, type, row);
        Short number = numbers.get(name);
        if (number == null) {
            throw new IllegalStateException(
                    "canonical.parameter has no row for " + name + "; CanonicalStoreSchema.migrate writes it");
        }
        return number;
    }

    /** The numbers of the parameters of this name, of all types. */
    short[] numbersOf(String name) {
        Set<Short> found = new LinkedHashSet<>();
        for (String type : table.types()) {
            table.find(type, name).ifPresent(row -> found.add(number(row)));
        }
        table.find(GENERIC, name).ifPresent(row -> found.add(number(row)));
        short[] all = new short[found.size()];
        int i = 0;
        for (short number : found) {
            all[i++] = number;
        }
        return all;
    }

    private List<Indexed> compile(String type) {
        Map<Short, Indexed> indexed = new HashMap<>();
        for (SearchParameter row : table.of(type)) {
            short number = number(row);
            indexed.putIfAbsent(number, new Indexed(number, row.kind(), split(row.paths())));
        }
        return List.copyOf(indexed.values());
    }

    static List<String[]> split(List<String> paths) {
        List<String[]> split = new ArrayList<>(paths.size());
        for (String path : paths) {
            split.add(path.split("\\."));
        }
        return split;
    }

    private static Name storedAs(SearchParameters table, String type, SearchParameter row) {
        for (SearchParameter other : table.of(type)) {
            if (other.kind() == row.kind() && other.paths().equals(row.paths())) {
                return new Name(type, other.name());
            }
        }
        return new Name(type, row.name());
    }

    /** A parameter as the database numbers it. */
    public record Name(String type, String name) {}

    /** A numbered parameter with its element paths. */
    record Indexed(short number, SearchKind kind, List<String[]> paths) {
        private boolean differs(ObjectNode content, ObjectNode other) {
            for (String[] path : paths) {
                if (!Objects.equals(content.get(path[0]), other.get(path[0]))) {
                    return true;
                }
            }
            return false;
        }
    }
}
