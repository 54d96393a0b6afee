package org.tongmai.routes.engine.gateway.screen.internal.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.tongmai.routes.engine.gateway.screen.internal.sql.SqlToken.Kind;
import org.tongmai.routes.engine.gateway.screen.internal.value.Tables;

/** How statements begin, by {@code sql-statements.csv}: words, {@code |} between alternatives, {@code <kinds>}. */
final class SqlStatements {
    /** Packages of Oracle and DM, extended procedures of SQL Server. */
    private static final Pattern PACKAGES = Pattern.compile("(xp|sp|dbms|utl)_.*|master|ctxsys|ordsys|sys");
    /** The same, called in an expression; an expression calls functions of packages that only change what is there, too. */
    private static final Pattern CALLED = Pattern.compile("([a-z_$]+\\.)*((dbms|utl|apex|owa)_\\w+\\.\\w+|xp_\\w+)");

    /** How many tokens on a statement is looked for that makes another sure. */
    private static final int FURTHEST = 200;

    private final SqlWords words;
    private final Map<String, List<Beginning>> byFirstWord = new HashMap<>();

    private record Beginning(List<List<String>> steps, Certainty certainty) {}

    /** How sure a beginning is. */
    enum Certainty {
        /** It is no statement. */
        NONE,
        /** It is one after a semicolon where nobody writes sentences. */
        LIKELY,
        /** It is one where a semicolon stands before it. */
        AFTER_SEMICOLON,
        /** The same, and SQL Server asks for no semicolon. */
        RUN_ON,
        /** It is one wherever it stands. */
        ANYWHERE
    }

    SqlStatements(SqlWords words) {
        this.words = words;
        Tables.rows("sql-statements.csv", row -> {
            List<List<String>> steps = Arrays.stream(row.cell(0).strip().split(" "))
                    .map(step -> step.equals("|") ? List.of(step) : List.of(step.split("\\|")))
                    .toList();
            Certainty certainty =
                    Certainty.valueOf(row.cell(1).toUpperCase(Locale.ROOT).replace('-', '_'));
            for (String first : steps.get(0)) {
                byFirstWord.computeIfAbsent(first, word -> new ArrayList<>()).add(new Beginning(steps, certainty));
            }
            return certainty;
        });
    }

    /** Whether a function is a package's of Oracle or DM, or an extended procedure of SQL Server. */
    static boolean isPackaged(String function) {
        return function.indexOf('_') > 0 && CALLED.matcher(function).matches();
    }

    /** Whether a word can begin a statement. */
    boolean begins(SqlToken token) {
        return token.is(Kind.WORD) && byFirstWord.containsKey(token.text());
    }

    /** The surest pattern that the coming tokens follow; the cursor stays where it is. */
    Certainty match(SqlCursor at) {
        Certainty best = Certainty.NONE;
        String first = at.peek().is(Kind.LEFT) ? "(" : at.peek().text();
        for (Beginning pattern : byFirstWord.getOrDefault(first, List.of())) {
            if (pattern.certainty().compareTo(best) > 0 && follows(at, pattern)) {
                best = pattern.certainty();
            }
        }
        return best;
    }

    /** Whether a statement comes that is one wherever it stands: after {@code IF 1=1}, after {@code BEGIN}. */
    boolean surelyHolds(SqlCursor at) {
        int mark = at.mark();
        boolean sure = false;
        for (int i = 0; i < FURTHEST && !sure && !at.peek().ends(); i++) {
            sure = words.is(at.peek(), SqlWords.Kind.RUN_ON) && match(at) == Certainty.ANYWHERE;
            at.next();
        }
        at.back(mark);
        return sure;
    }

    private boolean follows(SqlCursor at, Beginning pattern) {
        int mark = at.mark();
        boolean all = true;
        for (List<String> step : pattern.steps()) {
            all = all && step.stream().anyMatch(option -> fits(at, option));
            if (all && step.contains("<name>") && name(at.peek())) {
                lastPart(at);
            }
            at.next();
        }
        at.back(mark);
        return all;
    }

    /** Goes to the last token of {@code schema..[a table]}. */
    private void lastPart(SqlCursor at) {
        while (at.peek().is(Kind.LEFT_BRACKET)
                || at.peek().is(Kind.DOT)
                || at.peek(1).is(Kind.DOT)) {
            if (at.peek().is(Kind.LEFT_BRACKET)) {
                while (!at.peek().ends() && !at.peek().is(Kind.RIGHT_BRACKET)) {
                    at.next();
                }
            } else {
                at.next();
            }
            if (at.peek().ends()) {
                return;
            }
        }
    }

    private boolean fits(SqlCursor at, String option) {
        SqlToken token = at.peek();
        return switch (option) {
            case "<name>" -> name(token);
            case "<string>" -> token.is(Kind.STRING);
            case "<variable>" -> token.is(Kind.VARIABLE);
            case "<number>" -> token.is(Kind.NUMBER);
            case "<dangerous>" ->
                words.is(token, SqlWords.Kind.DANGEROUS)
                        || token.is(Kind.WORD) && PACKAGES.matcher(token.text()).matches();
            case "<any>" -> !token.ends();
            case "<end>" -> token.ends() || token.is(Kind.SEMICOLON);
            case "<comment>" -> token.is(Kind.COMMENT);
            case "(" -> token.is(Kind.LEFT);
            case ";" -> token.is(Kind.SEMICOLON);
            case "." -> token.is(Kind.DOT);
            default -> token.isWord(option) || token.isOperator(option);
        };
    }

    private boolean name(SqlToken token) {
        return token.is(Kind.QUOTED_NAME)
                || token.is(Kind.LEFT_BRACKET)
                || token.is(Kind.STRING)
                || token.is(Kind.WORD) && !words.isReserved(token.text()) && !words.is(token, SqlWords.Kind.PROSE);
    }
}
