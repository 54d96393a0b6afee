package org.tongmai.routes.engine.gateway.screen.internal.html;

import java.util.Map;
import org.tongmai.routes.engine.gateway.screen.internal.html.Script.Effect;
import org.tongmai.routes.engine.gateway.screen.internal.value.Work;

/**
 * Says whether a value becomes script in a page, wherever in the page it is put: as text, in an attribute, as an address,
 * in a string of a script, in a template, in a style. Immutable.
 */
public final class MarkupJudge {
    private static final String STRING_QUOTES = "'\"`";

    private final MarkupTables tables = new MarkupTables();
    private final Attributes attributes = new Attributes(tables);
    private final Style style = new Style(tables);
    private final Tags tags = new Tags(tables, attributes, style);

    /** The rule that the value breaks, or null. */
    public String judge(String value, Work work) {
        work.charge(value.length());
        return judge(value, value.indexOf('<') >= 0 ? tags.ofValue(value, work) : null, work);
    }

    /** The rule that a file breaks, or null: it may have styles of its own. */
    public String file(String text, Work work) {
        work.charge(text.length());
        return judge(text, text.indexOf('<') >= 0 ? tags.ofFile(text, work) : null, work);
    }

    private String judge(String value, String found, Work work) {
        String rule = found;
        if (rule == null) {
            rule = attributes.breakingOut(value, work);
        }
        if (rule == null && value.indexOf(':') >= 0) {
            rule = address(value, work);
        }
        boolean css = value.indexOf('(') >= 0 && (value.indexOf(':') >= 0 || value.indexOf('@') >= 0);
        if (rule == null && css && style.isScript(value, work)) {
            rule = "style";
        }
        return rule == null ? script(value, work) : rule;
    }

    /** The rule that an element of an XML body breaks, or null; names are in lower case. */
    public String element(String name, Map<String, String> found, Work work) {
        return tags.rule(new Tag(name, found), work);
    }

    /** The rule that attributes of an element of data break, or null; their values are judged as values. */
    public String attributes(Map<String, String> found) {
        return attributes.ofData(found);
    }

    /** The same of an element of no namespace, which may also be one of HTML. */
    public String bare(String name, Map<String, String> found) {
        return tables.bearsScriptInData(new Tag(name, found)) ? "script-element" : attributes(found);
    }

    private String address(String value, Work work) {
        String rule = addressed(value, work);
        int end = -1;
        // A link of Markdown, or what one refers to (CommonMark 6.3 and 4.7).
        for (int i = value.indexOf(']'); i >= 0 && rule == null; i = value.indexOf(']', i + 1)) {
            char next = i + 1 < value.length() ? value.charAt(i + 1) : 0;
            if (next != '(' && next != ':') {
                continue;
            }
            int start = i + 2;
            while (start < value.length() && "< ".indexOf(value.charAt(start)) >= 0) {
                start++;
            }
            end = end < start ? endOf(value, next == '(' ? ")" : "\n", start) : end;
            work.charge(end - start);
            Address link = Address.of(value.substring(start, Math.min(value.length(), end + 1)));
            boolean script = link != null && tables.isScriptScheme(link.scheme());
            rule = script && (next == '(' || runs(link, work)) ? "script-address" : null;
        }
        return rule;
    }

    private String addressed(String value, Work work) {
        Address address = Address.of(value);
        if (address == null) {
            return null;
        }
        if (tables.isScriptScheme(address.scheme())) {
            return runs(address, work) ? "script-address" : null;
        }
        return attributes.document(address, work);
    }

    /**
     * Whether script follows a scheme of one: a value may also begin with the name of the language, and go on with prose. What
     * browsers still run counts wherever it could be script, for the value of a name becomes the page.
     */
    private boolean runs(Address address, Work work) {
        if (address.rest().isBlank()) {
            return false;
        }
        Script script = new Script(tables, address.rest(), 0, (char) 0);
        return script.read(work) != Effect.NONE
                || address.rest().indexOf('%') >= 0
                || tables.runs(address.scheme()) && script.mayBeOne();
    }

    private String script(String value, Work work) {
        boolean can = value.indexOf('(') >= 0 || value.indexOf('=') >= 0 || value.indexOf('`') >= 0;
        for (int i = 0; can && i < STRING_QUOTES.length(); i++) {
            char quote = STRING_QUOTES.charAt(i);
            int end = value.indexOf(quote);
            if (end >= 0 && new Script(tables, value, end + 1, quote).read(work) != Effect.NONE) {
                return "script-string";
            }
        }
        boolean template = can && (template(value, "${", work) || template(value, "{{", work));
        return template ? "script-template" : null;
    }

    /** What stands in one is read to its end; one inside it that was read as such is not read again. */
    private boolean template(String value, String opening, Work work) {
        Script outer = null;
        for (int i = value.indexOf(opening); i >= 0; i = value.indexOf(opening, i + 1)) {
            int begin = i + opening.length();
            if (outer != null && outer.beginsBlock(begin)) {
                continue;
            }
            outer = new Script(tables, value, begin, (char) 0);
            if (outer.read(work) == Effect.ACTS) {
                return true;
            }
        }
        return false;
    }

    /** Where something stands first; the end of the value where it does not. */
    private static int endOf(String value, String what, int from) {
        int end = value.indexOf(what, from);
        return end < 0 ? value.length() : end;
    }
}
