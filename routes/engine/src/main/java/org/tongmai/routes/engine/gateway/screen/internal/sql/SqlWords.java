package org.tongmai.routes.engine.gateway.screen.internal.sql;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tongmai.routes.engine.gateway.screen.internal.value.Tables;

/** The words and operators of the dialects, from {@code sql-words.csv} and {@code sql-operators.csv}. */
final class SqlWords {
    /** What a word is; a word may be several. */
    enum Kind {
        /** Never a name or an alias. */
        RESERVED,
        /** Begins a clause after an expression. */
        CLAUSE,
        JOIN,
        /** May stand between SELECT and its list. */
        MODIFIER,
        /** May stand between the arguments of a function. */
        ARGUMENT,
        /** May follow a type: {@code double precision}. */
        TYPE_TAIL,
        /** May follow a table, before what says how it is read. */
        TABLE_OPTION,
        /** Begins a statement that SQL Server takes without a semicolon before it. */
        RUN_ON,
        /** A constant that stands where a number could. */
        TRUTH,
        /** A value without arguments. */
        CONSTANT,
        /** A type before a literal: {@code date '…'}. */
        LITERAL_TYPE,
        /** Joins two queries. */
        SET_OPERATOR,
        DANGEROUS,
        /** The same with two arguments; with one it is an error, or a word of prose. */
        DANGEROUS_PAIR,
        /** Takes a text apart. */
        EXTRACTING,
        /** Makes one type another. */
        CONVERSION,
        TELLING,
        CATALOG,
        PROSE
    }

    /** What an operator does. */
    enum Operation {
        LOGIC,
        COMPARISON,
        ARITHMETIC,
        SIGN,
        POSTFIX,
        CAST
    }

    private final Map<Kind, Set<String>> words = new EnumMap<>(Kind.class);
    private final Map<String, Operation> operators = new HashMap<>();
    private final int longest;

    SqlWords() {
        for (Kind kind : Kind.values()) {
            words.put(kind, new HashSet<>());
        }
        Tables.rows("sql-words.csv", row -> {
            Kind kind = Kind.valueOf(row.cell(0).toUpperCase(Locale.ROOT).replace('-', '_'));
            return words.get(kind).addAll(Tables.words(row.cell(1)));
        });
        longest = words.values().stream()
                .flatMap(Set::stream)
                .mapToInt(String::length)
                .max()
                .orElse(0);
        Tables.rows("sql-operators.csv", row -> {
            Operation operation = Operation.valueOf(row.cell(0).toUpperCase(Locale.ROOT));
            for (String symbol : row.cell(1).split(" ")) {
                if (operators.put(symbol, operation) != null) {
                    throw new IllegalArgumentException("operator twice: " + symbol);
                }
            }
            return operation;
        });
    }

    boolean is(SqlToken token, Kind kind) {
        return token.is(SqlToken.Kind.WORD) && words.get(kind).contains(token.text());
    }

    boolean has(Kind kind, String word) {
        return words.get(kind).contains(word);
    }

    /** Characters of the longest word of any kind. */
    int longest() {
        return longest;
    }

    boolean isReserved(String word) {
        return words.get(Kind.RESERVED).contains(word);
    }

    boolean isOperator(String symbol) {
        return operators.containsKey(symbol);
    }

    /** What a token does between two operands, or null where it is no operator. */
    Operation operation(SqlToken token) {
        return token.is(SqlToken.Kind.OPERATOR) || token.is(SqlToken.Kind.WORD) ? operators.get(token.text()) : null;
    }
}
