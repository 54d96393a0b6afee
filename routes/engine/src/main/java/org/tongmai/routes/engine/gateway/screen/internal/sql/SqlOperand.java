package org.tongmai.routes.engine.gateway.screen.internal.sql;

import java.util.Set;
import org.tongmai.routes.engine.gateway.screen.internal.sql.SqlToken.Kind;
import org.tongmai.routes.engine.gateway.screen.internal.sql.SqlWords.Operation;

/**
 * Operands of SQL: constants, names, calls, parentheses, CASE (ISO/IEC 9075-2 6.3–6.12). Keeps of the last one what a
 * comparison must know.
 */
final class SqlOperand {
    private final SqlCursor at;
    private final SqlWords words;
    private final Set<SqlSign> signs;
    private final SqlGrammar grammar;
    /** The quote of the literal the value stands in, or 0. */
    private final char around;
    /** The last operand read: a constant's or a name's text, or empty. */
    private String last = "";

    private boolean lastConstant;
    private String first = "";
    /** Whether the last operand was negated. */
    private boolean negated;

    /** How many arguments the last call had. */
    private int arguments;
    /** Calls that the place is in. */
    private int calls;
    /** Parentheses of no call that the place is in. */
    private int inner;
    /** Whether a word of a function's own stands before its next argument. */
    private boolean argumentWord;

    SqlOperand(SqlCursor at, SqlWords words, Set<SqlSign> signs, SqlGrammar grammar, char around) {
        this.at = at;
        this.words = words;
        this.signs = signs;
        this.grammar = grammar;
        this.around = around;
    }

    /** Of the last operand: a number's or a name's text, or empty. */
    String text() {
        return last;
    }

    /** The first number of the fragment, or empty. */
    String first() {
        return first;
    }

    int arguments() {
        return arguments;
    }

    boolean isInner() {
        return inner > 0;
    }

    boolean isConstant() {
        return lastConstant;
    }

    boolean isNegated() {
        return negated;
    }

    /** Signs and an operand; false where none stands. */
    boolean read() {
        at.enter();
        return at.leave(sign() && primary());
    }

    private boolean sign() {
        negated = false;
        while (true) {
            SqlToken token = at.peek();
            boolean call = at.peek(1).is(Kind.LEFT) && token.is(Kind.WORD);
            boolean sign = words.operation(token) == Operation.SIGN || token.isOperator("-") || token.isOperator("+");
            if (!sign || call && token.isWord("row")) {
                return true;
            }
            negated |= token.isWord("not") || token.isOperator("!");
            at.next();
        }
    }

    private boolean primary() {
        SqlToken token = at.peek();
        last = "";
        lastConstant = false;
        switch (token.kind()) {
            case NUMBER -> {
                return constant();
            }
            case STRING -> {
                return isName(token) && at.peek(1).is(Kind.DOT) ? named() : constant();
            }
            case OPEN_STRING -> {
                return opening();
            }
            case VARIABLE -> {
                return variable();
            }
            case LEFT -> {
                return parenthesis(Kind.LEFT) && (!at.take(Kind.DOT) || name() != null);
            }
            case LEFT_BRACE -> {
                at.next();
                return (at.take(Kind.WORD) || at.peek().is(Kind.QUOTED_NAME))
                        && grammar.expression()
                        && (at.take(Kind.RIGHT_BRACE) || at.peek().ends());
            }
            case LEFT_BRACKET, QUOTED_NAME, WORD -> {
                return token.isWord("case") ? conditional() : named();
            }
            case OPERATOR -> {
                return token.isOperator("*") && star();
            }
            default -> {
                return false;
            }
        }
    }

    /** PostgreSQL, Oracle, DM, SQL Server write names so. */
    private static boolean isName(SqlToken token) {
        return token.is(Kind.STRING) && token.text().equals("\"");
    }

    /** A literal that the statement's own closing quote ends, or one that the next value will end. */
    private boolean opening() {
        SqlToken token = at.next();
        lastConstant = true;
        boolean same = token.text().charAt(0) == around;
        if (around != 0 && !same && token.text().charAt(0) != '`') {
            signs.add(token.text().length() == 1 ? SqlSign.SPLIT : SqlSign.SPLIT_TEXT);
        }
        signs.add(SqlSign.REOPENED);
        return around != 0 && same && at.peek().is(Kind.END);
    }

    private boolean variable() {
        signs.add(SqlSign.HARD);
        if (at.next().text().startsWith("@@")) {
            signs.add(SqlSign.CATALOG);
        }
        return true;
    }

    private boolean constant() {
        SqlToken token = at.next();
        signs.add(SqlSign.HARD);
        while (token.is(Kind.STRING) && at.peek().is(Kind.STRING)) {
            at.next();
        }
        lastConstant = true;
        last = token.is(Kind.NUMBER) ? token.text() : "";
        if (first.isEmpty()) {
            first = last;
        }
        return true;
    }

    private boolean star() {
        at.next();
        signs.add(SqlSign.STAR);
        signs.add(SqlSign.HARD);
        return true;
    }

    private boolean conditional() {
        at.next();
        if (!at.peek().isWord("when") && !grammar.expression()) {
            return false;
        }
        boolean any = false;
        while (at.take("when")) {
            if (!grammar.expression() || !at.take("then") || !grammar.expression()) {
                return false;
            }
            any = true;
        }
        if (any) {
            signs.add(SqlSign.CONDITIONAL);
        }
        return any
                && (!at.take("else") || grammar.expression())
                && (at.take("end") || at.peek().ends());
    }

    /** A column, a constant with a name, a literal with its type, or a call. */
    private boolean named() {
        SqlToken token = at.peek();
        boolean call = token.is(Kind.WORD) && at.peek(1).is(Kind.LEFT);
        if (token.is(Kind.WORD) && words.isReserved(token.text()) && !(call && callable(token.text()))) {
            return false;
        }
        boolean prose = words.is(token, SqlWords.Kind.PROSE);
        String name = name();
        if (name == null) {
            return false;
        }
        if (at.peek().is(Kind.LEFT)) {
            return call(name);
        }
        if (words.has(SqlWords.Kind.LITERAL_TYPE, name)) {
            int mark = at.mark();
            while (words.is(at.peek(), SqlWords.Kind.TYPE_TAIL)) {
                at.next();
            }
            if (prefixes(name, at.peek())) {
                return opening();
            }
            if (at.peek().is(Kind.STRING)) {
                return typed(name);
            }
            at.back(mark);
        }
        if (name.equals("interval") && at.peek().is(Kind.NUMBER)) {
            return grammar.expression() && at.take(Kind.WORD);
        }
        if (prose) {
            signs.add(SqlSign.PROSE);
        }
        lastConstant = words.has(SqlWords.Kind.CONSTANT, name);
        last = name;
        return true;
    }

    /** Whether a name is the prefix of a literal that opens here; beside arithmetic a program's text is commoner. */
    private boolean prefixes(String name, SqlToken token) {
        boolean joined = signs.contains(SqlSign.LOGIC)
                || signs.contains(SqlSign.COMPARISON)
                || signs.contains(SqlSign.LIST)
                || signs.contains(SqlSign.SELECT);
        return token.is(Kind.OPEN_STRING)
                && !token.gap()
                && joined
                && (token.text().charAt(0) == '\'' || name.charAt(0) == '_');
    }

    private boolean typed(String type) {
        constant();
        if (type.equals("interval") || type.equals("timestamp")) {
            at.take(Kind.WORD);
        }
        return true;
    }

    /** Functions that are called like statements or operators. */
    private static boolean callable(String word) {
        return !word.equals("select") && !word.equals("from") && !word.equals("where");
    }

    /** A name with its qualifiers, or null where none stands. */
    String name() {
        StringBuilder name = new StringBuilder();
        while (true) {
            SqlToken token = at.next();
            if (token.is(Kind.LEFT_BRACKET)) {
                while (!at.peek().ends() && !at.take(Kind.RIGHT_BRACKET)) {
                    at.next();
                }
                signs.add(SqlSign.HARD);
            } else if (token.is(Kind.WORD) || token.is(Kind.QUOTED_NAME) || isName(token)) {
                name.append(token.text());
            } else if (token.isOperator("*") && !name.isEmpty()) {
                signs.add(SqlSign.STAR);
                break;
            } else {
                return null;
            }
            if (!at.peek().is(Kind.DOT)) {
                break;
            }
            while (at.take(Kind.DOT)) {
                name.append('.');
            }
            signs.add(SqlSign.HARD);
        }
        grammar.queries().catalog(name.toString());
        return name.toString();
    }

    private boolean call(String name) {
        boolean bare = at.peek(1).is(Kind.RIGHT);
        calls++;
        boolean read = parenthesis(Kind.WORD);
        calls--;
        if (!read) {
            return false;
        }
        last = "";
        lastConstant = false;
        signs.add(SqlSign.CALL);
        if (calls > 0) {
            signs.add(SqlSign.NESTED_CALL);
        }
        kind(name, bare);
        return !at.take(Kind.DOT) || name() != null && (!at.peek().is(Kind.LEFT) || parenthesis(Kind.WORD));
    }

    private void kind(String name, boolean bare) {
        boolean pair = arguments > 1 && words.has(SqlWords.Kind.DANGEROUS_PAIR, name);
        if (pair || words.has(SqlWords.Kind.DANGEROUS, name) || SqlStatements.isPackaged(name)) {
            signs.add(SqlSign.DANGEROUS_CALL);
        }
        if (words.has(SqlWords.Kind.TELLING, name) && bare) {
            signs.add(SqlSign.TELLING_CALL);
        }
        if (words.has(SqlWords.Kind.EXTRACTING, name)) {
            signs.add(SqlSign.EXTRACTING_CALL);
        }
        if (arguments > 1 && words.has(SqlWords.Kind.CONVERSION, name)) {
            signs.add(SqlSign.CONVERSION);
        }
        if (name.equals("if") || name.equals("iif")) {
            signs.add(arguments > 2 || at.peek().ends() ? SqlSign.CONDITIONAL : SqlSign.CALL);
        }
    }

    /** A query, or expressions with commas; those of a call may have its words between them. */
    boolean parenthesis(Kind before) {
        int outer = inner;
        inner = before == Kind.LEFT ? inner + 1 : inner;
        boolean read = content(before);
        inner = outer;
        return read;
    }

    private boolean content(Kind before) {
        at.next();
        boolean constant = false;
        int count = 0;
        if (grammar.queries().beginsQuery()) {
            signs.add(SqlSign.SUBQUERY);
            if (!grammar.queries().query()) {
                return false;
            }
        } else if (!at.peek().is(Kind.RIGHT)) {
            do {
                skipArgumentWords(before);
                if (!(argumentWord && at.peek().is(Kind.RIGHT)) && !grammar.expression()) {
                    return false;
                }
                constant = lastConstant;
                count++;
                skipArgumentWords(before);
            } while (at.take(Kind.COMMA) || before == Kind.WORD && !at.peek().is(Kind.RIGHT) && argument());
        }
        String inner = last;
        if (!grammar.queries().clauses() || !at.take(Kind.RIGHT) && !at.peek().ends()) {
            return false;
        }
        last = inner;
        lastConstant = constant;
        arguments = count;
        return true;
    }

    /** Whether a word of {@code substring(x FROM 1 FOR 2)} was just passed and an expression comes. */
    private boolean argument() {
        return argumentWord && !at.peek().ends();
    }

    private void skipArgumentWords(Kind before) {
        argumentWord = false;
        while (before == Kind.WORD
                && words.is(at.peek(), SqlWords.Kind.ARGUMENT)
                && !at.peek(1).is(Kind.LEFT)) {
            at.next();
            argumentWord = true;
        }
    }
}
