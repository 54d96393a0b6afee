package org.tongmai.routes.engine.gateway.screen.internal.sql;

import java.util.Set;
import org.tongmai.routes.engine.gateway.screen.internal.sql.SqlToken.Kind;
import org.tongmai.routes.engine.gateway.screen.internal.sql.SqlWords.Operation;

/**
 * Expressions of SQL (ISO/IEC 9075-2 clause 6 and 8, and what the dialects add), as far as it takes to tell them from
 * prose: two words without an operator between them are none. What it sees it puts into the signs; precedence does not
 * matter. Parentheses may stay open at the end, as the statement around the value may close them.
 */
final class SqlGrammar {
    private final SqlCursor at;
    private final SqlWords words;
    private final Set<SqlSign> signs;
    private final SqlQueries queries;
    private final SqlOperand operand;

    SqlGrammar(SqlCursor at, SqlWords words, Set<SqlSign> signs, char around) {
        this.at = at;
        this.words = words;
        this.signs = signs;
        this.queries = new SqlQueries(at, words, signs, this);
        this.operand = new SqlOperand(at, words, signs, this, around);
    }

    SqlQueries queries() {
        return queries;
    }

    boolean operand() {
        return operand.read();
    }

    /** Of the last call or parenthesis. */
    int arguments() {
        return operand.arguments();
    }

    boolean expression() {
        return operand() && rest();
    }

    /** Operators with their operands, after an operand. */
    boolean rest() {
        while (true) {
            SqlToken token = at.peek();
            Operation operation = words.operation(token);
            boolean negated = token.isWord("not") && words.operation(at.peek(1)) == Operation.COMPARISON;
            if (negated) {
                at.next();
                operation = Operation.COMPARISON;
            }
            if (operation == null && !token.is(Kind.LEFT_BRACKET) || operation == Operation.SIGN) {
                return true;
            }
            if (!apply(operation)) {
                return false;
            }
        }
    }

    private boolean apply(Operation operation) {
        if (operation == null) {
            return subscript();
        }
        String symbol = at.next().text();
        return switch (operation) {
            case LOGIC -> logic();
            case COMPARISON -> comparison(symbol);
            case ARITHMETIC -> {
                signs.add(SqlSign.ARITHMETIC);
                yield operand();
            }
            case CAST -> typeName();
            default -> postfix(symbol);
        };
    }

    private boolean logic() {
        signs.add(SqlSign.LOGIC);
        String before = operand.text();
        String begin = operand.first();
        if (!operand()) {
            return false;
        }
        String last = operand.text();
        boolean alone = words.operation(at.peek()) != Operation.COMPARISON;
        boolean same = operand.isConstant() && !last.isEmpty() && (last.equals(before) || last.equals(begin));
        boolean odd = !begin.isEmpty() && operand.isConstant() && isOdd(last);
        boolean truth =
                operand.isNegated() ? last.equals("false") || last.equals("0") : same || odd || last.equals("true");
        if (alone && truth) {
            signs.add(SqlSign.CONSTANT_TRUTH);
        }
        return true;
    }

    /** A constant that no sentence has beside a number: a literal, hexadecimal, with an exponent. */
    private static boolean isOdd(String constant) {
        return constant.isEmpty() || constant.matches("(?i)0x.*|[0-9.]+e.*");
    }

    private boolean comparison(String symbol) {
        signs.add(operand.isInner() ? SqlSign.NESTED_COMPARISON : SqlSign.COMPARISON);
        signs.add(SqlSign.COMPARISON);
        if (!Character.isLetter(symbol.charAt(0))) {
            signs.add(SqlSign.HARD);
        }
        String left = operand.text();
        boolean constant = operand.isConstant();
        switch (symbol) {
            case "isnull", "notnull" -> {
                return true;
            }
            case "is" -> at.take("not");
            case "sounds", "similar", "member" -> {
                if (!at.take("like") && !at.take("to") && !at.take("of")) {
                    return false;
                }
            }
            default -> {}
        }
        if (at.take("distinct") && !at.take("from")) {
            return false;
        }
        if (!operand()) {
            return false;
        }
        if (constant && operand.isConstant() || !left.isEmpty() && left.equals(operand.text())) {
            signs.add(SqlSign.CONSTANT_CONDITION);
            if (signs.contains(SqlSign.LOGIC)) {
                signs.add(SqlSign.TAUTOLOGY);
            }
        }
        return !symbol.equals("between") || range();
    }

    /** What follows BETWEEN and its first operand. */
    private boolean range() {
        while (words.operation(at.peek()) == Operation.ARITHMETIC) {
            at.next();
            if (!operand()) {
                return false;
            }
        }
        return at.take("and") && operand();
    }

    private boolean postfix(String symbol) {
        if (symbol.equals("at")) {
            return at.take("time") && at.take("zone") && operand();
        }
        if (symbol.equals("within") && !at.take("group")) {
            return false;
        }
        return operand();
    }

    private boolean subscript() {
        at.next();
        return (at.peek().is(Kind.RIGHT_BRACKET) || expression()) && at.take(Kind.RIGHT_BRACKET);
    }

    private boolean typeName() {
        if (!at.take(Kind.QUOTED_NAME) && !at.take(Kind.WORD)) {
            return false;
        }
        while (at.take(Kind.DOT)) {
            at.next();
        }
        while (words.is(at.peek(), SqlWords.Kind.TYPE_TAIL)) {
            at.next();
        }
        if (at.peek().is(Kind.LEFT)) {
            return operand.parenthesis(Kind.WORD);
        }
        return true;
    }

    /** A name with its qualifiers, or null where none stands. */
    String name() {
        return operand.name();
    }
}
