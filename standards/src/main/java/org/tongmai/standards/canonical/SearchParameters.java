package org.tongmai.standards.canonical;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The search parameters in use, by type. The store indexes by this table and the FHIR endpoint declares it, so that
 * what is promised and what is indexed are one thing.
 */
public final class SearchParameters {
    private static final String TABLE = "search-parameters.csv";
    private static final String ANY_TYPE = "*";
    private static final String HEADER = "type,parameter,kind,path,targets";

    private final Map<String, Map<String, SearchParameter>> byType;

    private SearchParameters(Map<String, Map<String, SearchParameter>> byType) {
        this.byType = byType;
    }

    /** Loads the table that ships with the platform. */
    public static SearchParameters standard() {
        try (InputStream in = SearchParameters.class.getResourceAsStream(TABLE);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return parse(reader.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException("search-parameters.csv is in the jar", e);
        }
    }

    static SearchParameters parse(List<String> lines) {
        if (lines.isEmpty() || !HEADER.equals(lines.get(0))) {
            throw new IllegalArgumentException(TABLE + ": expected the header " + HEADER);
        }
        Map<String, Map<String, SearchParameter>> byType = new TreeMap<>();
        for (int i = 1; i < lines.size(); i++) {
            String[] cells = lines.get(i).split(",", -1);
            if (cells.length != 5) {
                throw new IllegalArgumentException(TABLE + " line " + (i + 1) + ": expected 5 cells");
            }
            SearchParameter row = new SearchParameter(
                    cells[0],
                    cells[1],
                    SearchKind.valueOf(cells[2].toUpperCase(Locale.ROOT)),
                    List.of(cells[3].split("\\|")),
                    cells[4].isEmpty() ? List.of() : List.of(cells[4].split("\\|")));
            if (byType.computeIfAbsent(row.type(), t -> new TreeMap<>()).put(row.name(), row) != null) {
                throw new IllegalArgumentException(TABLE + " line " + (i + 1) + ": a second row for it");
            }
        }
        return new SearchParameters(byType);
    }

    /** The types with rows of their own, in alphabetical order. */
    public Set<String> types() {
        Set<String> types = new TreeSet<>(byType.keySet());
        types.remove(ANY_TYPE);
        return Collections.unmodifiableSet(types);
    }

    /** The parameters of a type, by name; a type without rows of its own has those of {@code *}. */
    public List<SearchParameter> of(String type) {
        Map<String, SearchParameter> rows = byType.get(type);
        if (rows != null) {
            return List.copyOf(rows.values());
        }
        List<SearchParameter> generic = new ArrayList<>();
        for (SearchParameter row : byType.getOrDefault(ANY_TYPE, Map.of()).values()) {
            generic.add(new SearchParameter(type, row.name(), row.kind(), row.paths(), row.targets()));
        }
        return generic;
    }

    public Optional<SearchParameter> find(String type, String name) {
        return of(type).stream().filter(row -> row.name().equals(name)).findFirst();
    }
}
