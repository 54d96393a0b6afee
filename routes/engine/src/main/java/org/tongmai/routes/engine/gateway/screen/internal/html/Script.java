package org.tongmai.routes.engine.gateway.screen.internal.html;

import java.util.BitSet;
import java.util.Locale;
import org.tongmai.routes.engine.gateway.screen.internal.value.Work;

/**
 * Reads text as ECMAScript, as far as it takes to tell it from prose: two words with nothing between them are none
 * (ECMA-262 clause 13). What counts is a call or an assignment.
 */
final class Script {
    /** What text is, read as a script. */
    enum Effect {
        NONE,
        /** It calls something. */
        CALLS,
        /** It calls or writes what payloads call or write. */
        ACTS
    }

    private static final String OPERATORS = "+-*/%&|^!~?:=<>,";

    private final MarkupTables tables;
    private final String text;
    private final char around;
    private int at;
    private boolean operandBefore;
    /** The last name, in lower case; empty after anything that can not be called. */
    private String name = "";

    private boolean callable;
    /** Whether a parenthesis or brace just closed: a statement may follow. */
    private boolean afterBlock;

    private boolean closed;
    private boolean broken;
    private boolean newLine;
    private Effect effect = Effect.NONE;
    private final BitSet blocks = new BitSet();

    /**
     * @param from index of the first character that is script
     * @param around the quote of the string the value stands in, or 0; with one, an operand stands before
     */
    Script(MarkupTables tables, String text, int from, char around) {
        this.tables = tables;
        this.text = text;
        this.at = from;
        this.around = around;
        this.operandBefore = around != 0;
    }

    /** Reads to the end, or to where it is no script. */
    Effect read(Work work) {
        int from = at;
        read();
        work.charge(at - from);
        return broken || around != 0 && !closed && effect != Effect.ACTS ? Effect.NONE : effect;
    }

    /** Whether a block opened just before this character: from there on it was read as if nothing stood before it. */
    boolean beginsBlock(int index) {
        return blocks.get(index);
    }

    private void read() {
        while (!broken && skip()) {
            char c = text.charAt(at);
            if (c == '"' || c == '\'' || c == '`') {
                string(c);
            } else if (Character.isDigit(c)) {
                number();
            } else if (Character.isJavaIdentifierStart(c) || c == '\\' && peek(1) == 'u') {
                word();
            } else {
                symbol(c);
            }
            newLine = false;
        }
    }

    private boolean skip() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029') {
                newLine = true;
                at++;
            } else if (c <= ' ' || Character.isSpaceChar(c) || c == '\uFEFF') {
                at++;
            } else if (c == '/' && peek(1) == '/' || text.startsWith("<!--", at)) {
                int end = at;
                while (end < text.length() && "\n\r\u2028\u2029".indexOf(text.charAt(end)) < 0) {
                    end++;
                }
                closed = closed || end == text.length();
                at = end;
            } else if (c == '/' && peek(1) == '*') {
                int end = text.indexOf("*/", at + 2);
                closed = closed || end < 0;
                at = end < 0 ? text.length() : end + 2;
            } else {
                return true;
            }
        }
        return false;
    }

    private void string(char quote) {
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != quote) {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        if (quote == '`' && operandBefore && callable && end < text.length()) {
            call();
        } else if (operandBefore && !newLine) {
            broken = true;
        }
        if (end >= text.length()) {
            closed = closed || quote == around;
            broken = broken || quote != around;
        }
        at = Math.min(text.length(), end + 1);
        operand("");
    }

    private void number() {
        broken = broken || operandBefore && !newLine;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        operand("");
    }

    private void word() {
        int start = at;
        boolean escaped = text.startsWith("\\u", start);
        while (at < text.length()
                && (Character.isJavaIdentifierPart(text.charAt(at))
                        || escaped && "\\{}".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        String found = text.substring(start, at).toLowerCase(Locale.ROOT);
        boolean member = start > 0 && text.charAt(start - 1) == '.';
        if (tables.isName("keyword", found) && !member) {
            operandBefore = false;
            callable = false;
            name = found;
            return;
        }
        broken = broken || operandBefore && !newLine && !afterBlock;
        operand(found);
        callable = true;
    }

    private void operand(String found) {
        operandBefore = true;
        name = found;
        callable = false;
        afterBlock = false;
    }

    private void operator() {
        operandBefore = false;
        callable = false;
        afterBlock = false;
        name = "";
    }

    private void symbol(char c) {
        at++;
        switch (c) {
            case '(' -> {
                if (operandBefore && callable) {
                    call();
                } else if (operandBefore) {
                    broken = true;
                }
                operator();
            }
            case ')', ']', '}' -> {
                operand("");
                callable = c != '}';
                afterBlock = c != ']';
            }
            case '{' -> {
                operator();
                blocks.set(at);
            }
            case '[', ';' -> operator();
            case '.' -> {
                broken = broken || !operandBefore && peek(0) != '.' && peek(-2) != '.';
                operator();
            }
            case '=' -> assign();
            case '/' -> slash();
            default -> {
                if (OPERATORS.indexOf(c) < 0) {
                    broken = true;
                } else {
                    binary(c);
                }
            }
        }
    }

    private void binary(char c) {
        boolean prefix = "+-!~<&|?>".indexOf(c) >= 0;
        broken = broken || !operandBefore && !prefix && peek(-2) != c && c != ',' && c != ':';
        operator();
    }

    private void slash() {
        if (operandBefore) {
            operator();
            return;
        }
        while (at < text.length() && text.charAt(at) != '/') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        broken = broken || at >= text.length();
        at = Math.min(text.length(), at + 1);
        while (Character.isLetter(peek(0))) {
            at++;
        }
        operand("");
    }

    private void assign() {
        boolean comparison = peek(0) == '=' || peek(0) == '>' || "=!<>".indexOf(peek(-2)) >= 0;
        if (!comparison && operandBefore && tables.isName("assignment", name)) {
            effect = Effect.ACTS;
        }
        operator();
    }

    private void call() {
        boolean acts = tables.isName("call", name) || name.isEmpty();
        effect = acts || effect == Effect.ACTS ? Effect.ACTS : Effect.CALLS;
    }

    private char peek(int ahead) {
        int index = at + ahead;
        return index >= 0 && index < text.length() ? text.charAt(index) : 0;
    }
}
