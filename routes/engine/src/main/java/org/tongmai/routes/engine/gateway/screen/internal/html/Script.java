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
    /** Whether the last operand is a member by a computed name: whoever writes one hides which. */
    private boolean computed;
    /** Whether a parenthesis or brace just closed: a statement may follow. */
    private boolean afterBlock;

    private boolean closed;
    private boolean broken;
    /** Whether it broke between two words: so it does in prose, and in no script. */
    private boolean prose;
    /** Whether it called what payloads call before it broke, and as scripts write it. */
    private boolean sure;

    private boolean newLine;
    /** That are open. */
    private int braces;

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
        if (broken && sure) {
            return Effect.ACTS; // what follows may be of a version that is not known here
        }
        return broken || around != 0 && !closed && effect != Effect.ACTS ? Effect.NONE : effect;
    }

    /** Whether it was read to its end, or to something that prose has not. */
    boolean mayBeOne() {
        return !prose;
    }

    /** Whether a block opened just before this character: from there on it was read as if nothing stood before it. */
    boolean beginsBlock(int index) {
        return blocks.get(index);
    }

    private void read() {
        while (!broken && skip()) {
            char c = text.charAt(at);
            if (c == '}' && around == 0 && braces == 0) {
                return; // of the template it stands in
            }
            if (c == '"' || c == '\'' || c == '`') {
                string(c);
            } else if (Character.isDigit(c) || c == '.' && !operandBefore && Character.isDigit(peek(1))) {
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
            } else if (c == '/' && peek(1) == '/'
                    || text.startsWith("<!--", at)
                    || newLine && text.startsWith("-->", at)) {
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
        if (around == 0 && tables.isName("reach", text.substring(at + 1, Math.min(end, text.length())))) {
            effect = Effect.ACTS;
        }
        if (end >= text.length()) {
            closed = closed || quote == around;
            broken = broken || quote != around;
        }
        at = Math.min(text.length(), end + 1);
        operand("");
    }

    private void number() {
        prose = operandBefore && !newLine;
        broken = broken || prose;
        boolean point = false; // the second one asks for a member
        while (at < text.length() && (isOfNumber(text.charAt(at)) || !point && text.charAt(at) == '.')) {
            point = point || text.charAt(at) == '.';
            at++;
        }
        operand("");
    }

    private static boolean isOfNumber(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
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
        boolean keyword = tables.isName("keyword", found) || tables.isName("modifier", found) && modifies();
        if (keyword && !member && !text.startsWith("?.", at)) { // the constructor is called so, no keyword
            operandBefore = false;
            callable = false;
            computed = false;
            name = found;
            return;
        }
        if (operandBefore && !newLine && !afterBlock) {
            prose = prose || !broken;
            broken = true;
        }
        if (member && around == 0 && tables.isName("reach", found)) {
            effect = Effect.ACTS;
        }
        operand(found);
        callable = true;
    }

    /** Whether a word comes that this one could belong to: a method, a function, a block of a class. */
    private boolean modifies() {
        int next = at;
        while (next < text.length() && text.charAt(next) == ' ') {
            next++;
        }
        char c = next < text.length() ? text.charAt(next) : 0;
        return next > at && Character.isJavaIdentifierStart(c) || "{[*#".indexOf(c) >= 0;
    }

    private void operand(String found) {
        operandBefore = true;
        name = found;
        callable = false;
        computed = false;
        afterBlock = false;
    }

    private void operator() {
        operandBefore = false;
        callable = false;
        computed = false;
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
            case ')', ']', '}' -> closing(c);
            case '{' -> {
                operator();
                blocks.set(at);
                braces++;
            }
            case '[', ';' -> operator();
            case '.' -> {
                broken = broken || !operandBefore && peek(0) != '.' && peek(-2) != '.';
                operator();
            }
            case '=' -> assign();
            case '/' -> slash();
            case '?' -> question();
            default -> {
                if (OPERATORS.indexOf(c) < 0) {
                    broken = true;
                } else {
                    binary(c);
                }
            }
        }
    }

    private void closing(char c) {
        braces -= c == '}' ? 1 : 0;
        handedOver();
        operand("");
        callable = c != '}';
        computed = c == ']';
        afterBlock = c != ']';
    }

    private void binary(char c) {
        boolean prefix = "+-!~<&|?>".indexOf(c) >= 0 || c == '*' && "{,".indexOf(peek(-2)) >= 0;
        broken = broken || !operandBefore && !prefix && peek(-2) != c && c != ',' && c != ':';
        if (c == ',') {
            handedOver();
        }
        operator();
    }

    /** A member or a call that is left out where there is nothing (ECMA-262 13.3), or a condition. */
    private void question() {
        boolean optional = operandBefore && peek(0) == '.' && !Character.isDigit(peek(1));
        if (!optional) {
            binary('?');
            return;
        }
        at++;
        if ("([`".indexOf(peek(0)) < 0) {
            operator();
        }
    }

    /** What payloads call, handed to somebody who will: {@code [1].find(alert)}. */
    private void handedOver() {
        if (operandBefore && callable && tables.isName("call", name)) {
            effect = around == 0 || effect == Effect.ACTS ? Effect.ACTS : Effect.CALLS;
        }
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
        if (!comparison && operandBefore && (computed || tables.isName("assignment", name))) {
            effect = Effect.ACTS;
        }
        operator();
    }

    private void call() {
        boolean known = tables.isName("call", name) || around == 0 && tables.isName("page call", name);
        effect = known || name.isEmpty() || effect == Effect.ACTS ? Effect.ACTS : Effect.CALLS;
        sure = sure || known && peek(-2) > ' ';
    }

    private char peek(int ahead) {
        int index = at + ahead;
        return index >= 0 && index < text.length() ? text.charAt(index) : 0;
    }
}
