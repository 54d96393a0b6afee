package org.tongmai.adapters.canonicalstore.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.tongmai.standards.canonical.Criterion;
import org.tongmai.standards.canonical.EverythingQuery;
import org.tongmai.standards.canonical.SearchPage;
import org.tongmai.standards.canonical.SearchParameter;
import org.tongmai.standards.canonical.SearchParameters;
import org.tongmai.standards.canonical.SearchQuery;
import org.tongmai.standards.canonical.StoredResource;

/** Finds current resources by criteria, page by page. */
public final class ResourceSearch {
    private static final Set<String> EVERYTHING_INCLUDES =
            Set.of("Practitioner", "PractitionerRole", "Location", "Organization");

    private final ResourceReader reader;
    private final IndexedParameters parameters;

    public ResourceSearch(ResourceReader reader, IndexedParameters parameters) {
        this.reader = reader;
        this.parameters = parameters;
    }

    public SearchParameters parameters() {
        return parameters.table();
    }

    /** Answers one page of matches with what they include. */
    public SearchPage search(SearchQuery query) {
        CriterionSql criteria = new CriterionSql(parameters, query.type());
        Consumer<Sql> where = sql -> {
            sql.add(" where r.type = ? and not r.deleted", query.type());
            for (Criterion criterion : query.criteria()) {
                criteria.add(sql, criterion);
            }
        };
        Matches matches = page(where, query.page());
        return new SearchPage(matches.found, included(query, matches.found), matches.next, total(where, query.page()));
    }

    /** Answers one page of what refers to the person's Patients. */
    public SearchPage everything(EverythingQuery query) {
        SearchQuery.Page page = query.page();
        Consumer<Sql> where = sql -> {
            sql.add(" where not r.deleted and r.rid in (select rid from canonical.search_text")
                    .add(" where parameter = any(?)", parameters.numbersOf("patient"))
                    .add(" and value = any(?))", query.references());
            if (!query.types().isEmpty()) {
                sql.add(" and r.type = any(?)", query.types());
            }
            query.since().ifPresent(since -> sql.add(" and r.last_updated >= ?", since));
        };
        Matches matches = page(where, page);
        List<StoredResource> found = new ArrayList<>();
        if (page.cursor().isEmpty()) {
            reader.findAll(query.references()).stream().filter(query::wants).forEach(found::add);
        }
        found.addAll(matches.found);
        Set<String> references = new LinkedHashSet<>();
        for (StoredResource each : found) {
            collect(each.resource().content(), references);
        }
        references.removeIf(reference -> !EVERYTHING_INCLUDES.contains(typeOf(reference)));
        List<StoredResource> included =
                others(references, found).stream().filter(query::wants).toList();
        return new SearchPage(found, included, matches.next, total(where, page));
    }

    private Matches page(Consumer<Sql> where, SearchQuery.Page page) {
        if (page.count() <= 0) {
            return new Matches(List.of(), Optional.empty());
        }
        Sql sql = new Sql()
                .add("select " + ResourceReader.COLUMNS + ", r.rid from (select r.* from canonical.resource r"
                        + agesOf(page.order()));
        where.accept(sql);
        if (!page.cursor().isEmpty()) {
            after(sql, Cursor.parse(page.cursor()), page.order());
        }
        sql.add(orderOf(page.order(), "a")).add(" limit ?) r", page.count() + 1L);
        sql.add(" join canonical.resource_version v on v.rid = r.rid and v.version = r.version")
                .add(orderOf(page.order(), "v"));
        List<Long> rids = new ArrayList<>();
        List<StoredResource> rows = reader.query(sql, row -> rids.add(row.getLong(7)));
        if (rows.size() <= page.count()) {
            return new Matches(rows, Optional.empty());
        }
        StoredResource last = rows.get(page.count() - 1);
        Cursor next = new Cursor(last.lastUpdated(), rids.get(page.count() - 1));
        return new Matches(rows.subList(0, page.count()), Optional.of(next.text()));
    }

    /** The time of the current version is found at the version: see V2 of the schema. */
    private static String agesOf(SearchQuery.Order order) {
        return order == SearchQuery.Order.YOUNGEST_FIRST
                ? ""
                : " join canonical.resource_version a on a.rid = r.rid and a.version = r.version and a.type = r.type";
    }

    /** @param version what the table of versions is called */
    private static String orderOf(SearchQuery.Order order, String version) {
        return switch (order) {
            case YOUNGEST_FIRST -> " order by r.rid desc";
            case LAST_UPDATED_FIRST -> " order by %1$s.last_updated desc, %1$s.rid desc".formatted(version);
            case LAST_UPDATED_LAST -> " order by %1$s.last_updated, %1$s.rid".formatted(version);
        };
    }

    private static void after(Sql sql, Cursor cursor, SearchQuery.Order order) {
        switch (order) {
            case YOUNGEST_FIRST -> sql.add(" and r.rid < ?", cursor.rid());
            case LAST_UPDATED_FIRST ->
                sql.add(" and (a.last_updated, a.rid) < (?", cursor.lastUpdated())
                        .add(", ?)", cursor.rid());
            case LAST_UPDATED_LAST ->
                sql.add(" and (a.last_updated, a.rid) > (?", cursor.lastUpdated())
                        .add(", ?)", cursor.rid());
        }
    }

    private OptionalLong total(Consumer<Sql> where, SearchQuery.Page page) {
        if (page.total() == SearchQuery.Total.NONE) {
            return OptionalLong.empty();
        }
        Sql sql = new Sql().add("select count(*) from canonical.resource r");
        where.accept(sql);
        return OptionalLong.of(reader.count(sql));
    }

    private List<StoredResource> included(SearchQuery query, List<StoredResource> matches) {
        Set<String> references = new LinkedHashSet<>();
        for (String include : query.includes()) {
            SearchParameter row = parameters.find(query.type(), include).orElse(null);
            if (row == null) {
                continue;
            }
            for (StoredResource match : matches) {
                for (String[] path : IndexedParameters.split(row.paths())) {
                    follow(match.resource().content(), path, 0, reference -> {
                        if (row.targets().isEmpty() || row.targets().contains(typeOf(reference))) {
                            references.add(reference);
                        }
                    });
                }
            }
        }
        return others(references, matches);
    }

    private List<StoredResource> others(Set<String> references, List<StoredResource> matches) {
        Set<String> wanted = new LinkedHashSet<>(references);
        Set<String> known = new HashSet<>();
        matches.forEach(match -> known.add(match.resource().reference()));
        wanted.removeAll(known);
        wanted.removeIf(reference -> typeOf(reference).isEmpty());
        return reader.findAll(List.copyOf(wanted));
    }

    private static void follow(JsonNode node, String[] path, int depth, Consumer<String> found) {
        if (node.isArray()) {
            node.forEach(element -> follow(element, path, depth, found));
        } else if (depth == path.length) {
            String reference = node.path("reference").textValue();
            if (reference != null) {
                found.accept(reference);
            }
        } else if (node.has(path[depth])) {
            follow(node.get(path[depth]), path, depth + 1, found);
        }
    }

    private static void collect(JsonNode node, Set<String> references) {
        if (node.path("reference").isTextual()) {
            references.add(node.path("reference").textValue());
        }
        node.forEach(child -> {
            if (child.isContainerNode()) {
                collect(child, references);
            }
        });
    }

    private static String typeOf(String reference) {
        int slash = reference.indexOf('/');
        return slash <= 0 || reference.indexOf('/', slash + 1) > 0 ? "" : reference.substring(0, slash);
    }

    /** The matches of a page and where it ended. */
    private record Matches(List<StoredResource> found, Optional<String> next) {}
}
