package org.tongmai.routes.engine.gateway.screen.internal.html;

import java.util.Map;
import org.tongmai.routes.engine.gateway.screen.internal.html.Script.Effect;
import org.tongmai.routes.engine.gateway.screen.internal.value.Work;

/**
 * Says whether a value becomes script in a page, wherever in the page it is put: as text, in an attribute, as an address,
 * in a string of a script, in a template, in a style. Every tag is read from its own bracket, so that it does not matter
 * which comment, attribute or raw text it seems to hide in. Immutable.
 */
public final class MarkupJudge {
    private static final int LONGEST_INSTRUCTION = 2000;
    private static final String STRING_QUOTES = "'\"`";

    private final MarkupTables tables = new MarkupTables();
    private final Attributes attributes = new Attributes(tables);
    private final Style style = new Style(tables);

    /** The rule that the value breaks, or null. */
    public String judge(String value, Work work) {
        work.charge(value.length());
        String rule = value.indexOf('<') >= 0 ? tags(value, work) : null;
        if (rule == null) {
            rule = attributes.breakingOut(value, work);
        }
        if (rule == null && value.indexOf(':') >= 0) {
            rule = address(value, work);
        }
        if (rule == null && value.indexOf('(') >= 0 && value.indexOf(':') >= 0 && style.isScript(value, work)) {
            rule = "style";
        }
        return rule == null ? script(value, work) : rule;
    }

    /** The rule that an element of an XML body breaks, or null; names are in lower case. */
    public String element(String name, Map<String, String> found, Work work) {
        return rule(new Tag(name, found), work);
    }

    /** The rule that attributes of an element of data break, or null; their values are judged as values. */
    public String attributes(Map<String, String> found) {
        return attributes.ofData(found);
    }

    private String tags(String value, Work work) {
        TagReader reader = new TagReader(value, work);
        for (int i = value.indexOf('<'); i >= 0; i = value.indexOf('<', i + 1)) {
            if (!beginsTag(value, i)) {
                continue;
            }
            Tag tag = value.charAt(i + 1) == '?' ? instruction(value, i, work) : reader.at(i);
            String rule = tag == null ? null : rule(tag, work);
            if (rule != null) {
                return rule;
            }
        }
        return null;
    }

    /** A processing instruction, whose target and pseudo-attributes are read as those of a tag. */
    private static Tag instruction(String value, int bracket, Work work) {
        String text = value.substring(bracket + 2, Math.min(value.length(), bracket + LONGEST_INSTRUCTION));
        int end = text.indexOf("?>");
        return TagReader.first("<pi-" + (end < 0 ? text : text.substring(0, end)) + ">", work);
    }

    private static boolean beginsTag(String value, int bracket) {
        if (bracket + 1 >= value.length()) {
            return false;
        }
        char c = value.charAt(bracket + 1);
        return c == '?' || letter(c) || c == '/' && bracket + 2 < value.length() && letter(value.charAt(bracket + 2));
    }

    private static boolean letter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private String rule(Tag tag, Work work) {
        int prefix = tag.name().indexOf(':');
        Tag local = prefix < 0 ? tag : new Tag(tag.name().substring(prefix + 1), tag.attributes());
        return tables.bearsScript(local) ? "script-element" : attributes.ofTag(tag, work);
    }

    private String address(String value, Work work) {
        String rule = addressed(value, work);
        int end = -1;
        // A link of Markdown (CommonMark 6.3).
        for (int i = value.indexOf("]("); i >= 0 && rule == null; i = value.indexOf("](", i + 1)) {
            int start = i + 2;
            while (start < value.length() && "< ".indexOf(value.charAt(start)) >= 0) {
                start++;
            }
            end = end < start ? endOf(value, ")", start) : end;
            work.charge(end - start);
            Address link = Address.of(value.substring(start, Math.min(value.length(), end + 1)));
            rule = link != null && tables.isScriptScheme(link.scheme()) ? "script-address" : null;
        }
        return rule;
    }

    /** A script scheme counts where script follows: a value may also begin with the name of the language. */
    private String addressed(String value, Work work) {
        Address address = Address.of(value);
        if (address == null) {
            return null;
        }
        if (tables.isScriptScheme(address.scheme())) {
            boolean script = new Script(tables, address.rest(), 0, (char) 0).read(work) != Effect.NONE
                    || address.rest().indexOf('%') >= 0;
            return script ? "script-address" : null;
        }
        return attributes.document(address, work);
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

    /** What stands in one is read to where the first one ends; one inside it that was read as such is not read again. */
    private boolean template(String value, String opening, Work work) {
        String closing = "}".repeat(opening.length() - opening.indexOf('{'));
        Script outer = null;
        int from = 0;
        int end = -1;
        for (int i = value.indexOf(opening); i >= 0; i = value.indexOf(opening, i + 1)) {
            int begin = i + opening.length();
            if (end >= i && outer != null && outer.beginsBlock(begin - from)) {
                continue;
            }
            end = end < i ? endOf(value, closing, i) : end;
            work.charge(end - begin);
            from = begin;
            outer = new Script(tables, value.substring(begin, end), 0, (char) 0);
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
