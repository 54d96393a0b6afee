package org.tongmai.adapters.canonicalstore.internal;

import java.util.List;
import java.util.function.Consumer;
import org.tongmai.adapters.canonicalstore.CanonicalStoreError;
import org.tongmai.standards.canonical.Criterion;
import org.tongmai.standards.canonical.DateTest;
import org.tongmai.standards.canonical.SearchKind;
import org.tongmai.standards.canonical.SearchParameter;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Writes one criterion as a condition on {@code resource r}. */
final class CriterionSql {
    /** The last character there is: a text between a prefix and the prefix with it begins with the prefix. */
    private static final String LAST = new String(Character.toChars(Character.MAX_CODE_POINT));

    /** A day less precise than a year does not exist, so a date begins at most this long before it ends. */
    private static final long LONGEST_DATE = 367L * 24 * 3600 * 1000;

    private final IndexedParameters parameters;
    private final String type;

    CriterionSql(IndexedParameters parameters, String type) {
        this.parameters = parameters;
        this.type = type;
    }

    void add(Sql sql, Criterion criterion) {
        if (criterion instanceof Criterion.IdIs ids) {
            sql.add(" and r.id = any(?)", ids.ids());
        } else if (criterion instanceof Criterion.LastUpdatedIs times) {
            sql.add(" and (r.rid, r.version) in (select a.rid, a.version from canonical.resource_version a")
                    .add(" where a.type = ? and ", type);
            alternatives(sql, times.tests(), test -> lastUpdated(sql, test));
            sql.add(")");
        } else {
            SearchParameter row = parameters
                    .find(type, criterion.parameter())
                    .orElseThrow(() -> new CodedException(
                            Issue.of(CanonicalStoreError.UNKNOWN_PARAMETER, type, "see search-parameters.csv")));
            indexed(sql, criterion, row);
        }
    }

    private void indexed(Sql sql, Criterion criterion, SearchParameter row) {
        boolean date = criterion instanceof Criterion.DateIs;
        sql.add(" and r.rid in (select rid from canonical." + (date ? "search_date" : "search_text"))
                .add(" where parameter = ?::smallint and ", parameters.number(row));
        if (criterion instanceof Criterion.TokenIs tokens) {
            alternatives(sql, tokens.tokens(), token -> token(sql, token));
        } else if (criterion instanceof Criterion.TextStarts texts) {
            alternatives(sql, texts.prefixes(), prefix -> prefix(sql, prefix));
        } else if (criterion instanceof Criterion.ReferenceIs references) {
            sql.add(
                    "value = any(?)",
                    references.references().stream().map(SearchText::exact).toList());
        } else if (criterion instanceof Criterion.DateIs dates) {
            alternatives(sql, dates.tests(), test -> date(sql, test, row.kind()));
        }
        sql.add(")");
    }

    private static <T> void alternatives(Sql sql, List<T> values, Consumer<T> write) {
        sql.add("(");
        for (int i = 0; i < values.size(); i++) {
            sql.add(i == 0 ? "" : " or ");
            write.accept(values.get(i));
        }
        sql.add(values.isEmpty() ? "false)" : ")");
    }

    private static void token(Sql sql, Criterion.Token token) {
        if (token.code() == null) {
            sql.add("system = ?", SearchText.exact(token.system()));
        } else if (token.system() == null) {
            sql.add("value = ?", SearchText.exact(token.code()));
        } else {
            sql.add("(value = ?", SearchText.exact(token.code()))
                    .add(" and system = ?)", SearchText.exact(token.system()));
        }
    }

    private static void prefix(Sql sql, String prefix) {
        String from = SearchText.bounded(SearchText.normalise(prefix));
        sql.add("(value >= ?", from).add(" and value < ?)", from + LAST);
    }

    private static void lastUpdated(Sql sql, DateTest test) {
        switch (test.comparison()) {
            case EQ ->
                sql.add("(a.last_updated >= ?", test.range().low())
                        .add(" and a.last_updated < ?)", test.range().high());
            case NE ->
                sql.add("(a.last_updated < ?", test.range().low())
                        .add(" or a.last_updated >= ?)", test.range().high());
            case LT, EB -> sql.add("a.last_updated < ?", test.range().low());
            case GT, SA -> sql.add("a.last_updated >= ?", test.range().high());
            case LE -> sql.add("a.last_updated < ?", test.range().high());
            case GE -> sql.add("a.last_updated >= ?", test.range().low());
        }
    }

    private static void date(Sql sql, DateTest test, SearchKind kind) {
        long low = test.range().low().toEpochMilli();
        long high = test.range().high().toEpochMilli();
        boolean period = kind == SearchKind.PERIOD;
        // For dates a bound on "low" is added that follows from the others: it lets the index begin in the middle.
        String bound = period ? "" : " and low > ?";
        switch (test.comparison()) {
            case EQ -> {
                if (period) {
                    sql.add("(low < ?", high).add(" and high > ?)", low);
                } else {
                    sql.add("(low >= ?", low).add(" and low < ?", high).add(" and high <= ?)", high);
                }
            }
            case NE -> {
                if (period) {
                    sql.add("(low >= ?", high).add(" or high <= ?)", low);
                } else {
                    sql.add("(low < ?", low).add(" or high > ?)", high);
                }
            }
            case LT -> sql.add("low < ?", low);
            case LE -> sql.add("low < ?", high);
            case GT -> after(sql, high, bound);
            case GE -> after(sql, low, bound);
            case SA -> sql.add("low >= ?", high);
            case EB -> sql.add("high <= ?", low);
        }
    }

    private static void after(Sql sql, long moment, String bound) {
        sql.add("(high > ?", moment);
        if (!bound.isEmpty()) {
            sql.add(bound, moment - LONGEST_DATE);
        }
        sql.add(")");
    }
}
