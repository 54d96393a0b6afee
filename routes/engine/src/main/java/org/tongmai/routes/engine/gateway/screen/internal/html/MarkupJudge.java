package org.tongmai.routes.engine.gateway.screen.internal.html;

import java.util.Map;
import org.tongmai.routes.engine.gateway.screen.internal.html.Script.Effect;

/**
 * Says whether a value becomes script in a page, wherever in the page it is put: as text, in an attribute, as an address,
 * in a string of a script, in a template, in a style. Every tag is read from its own bracket, so that it does not matter
 * which comment, attribute or raw text it seems to hide in. Immutable.
 */
public final class MarkupJudge {
    /** The rule of a value with more tags than can be looked at. */
    public static final String TOO_INTRICATE = "markup-intricate";

    private static final int MOST_TAGS = 50_000;
    private static final int LONGEST_INSTRUCTION = 2000;
    /** Characters looked at for one value. */
    static final long LONGEST_WORK = 20_000_000;

    private static final String STRING_QUOTES = "'\"`";

    private final MarkupTables tables = new MarkupTables();
    private final Attributes attributes = new Attributes(tables);
    private final Style style = new Style(tables);

    /** The rule that the value breaks, or null. */
    public String judge(String value) {
        String rule = value.indexOf('<') >= 0 ? tags(value) : null;
        if (rule == null) {
            rule = attributes.breakingOut(value);
        }
        if (rule == null && value.indexOf(':') >= 0) {
            rule = address(value);
        }
        if (rule == null && value.indexOf('(') >= 0 && value.indexOf(':') >= 0 && style.isScript(value)) {
            rule = "style";
        }
        return rule == null ? script(value) : rule;
    }

    /** The rule that an element of an XML body breaks, or null; names are in lower case. */
    public String element(String name, Map<String, String> found) {
        return rule(new Tag(name, found));
    }

    /** The rule that attributes of an element of data break, or null; their values are judged as values. */
    public String attributes(Map<String, String> found) {
        return attributes.ofData(found);
    }

    private String tags(String value) {
        TagReader reader = new TagReader(value);
        int tags = 0;
        for (int i = value.indexOf('<'); i >= 0; i = value.indexOf('<', i + 1)) {
            if (!beginsTag(value, i)) {
                continue;
            }
            if (++tags > MOST_TAGS || reader.work() > LONGEST_WORK) {
                return TOO_INTRICATE;
            }
            Tag tag = value.charAt(i + 1) == '?' ? instruction(value, i) : reader.at(i);
            String rule = tag == null ? null : rule(tag);
            if (rule != null) {
                return rule;
            }
        }
        return null;
    }

    /** A processing instruction, whose target and pseudo-attributes are read as those of a tag. */
    private static Tag instruction(String value, int bracket) {
        int end = value.indexOf("?>", bracket);
        int last = Math.min(end < 0 ? value.length() : end, bracket + LONGEST_INSTRUCTION);
        return TagReader.first("<pi-" + value.substring(bracket + 2, last) + ">");
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

    private String rule(Tag tag) {
        int prefix = tag.name().indexOf(':');
        Tag local = prefix < 0 ? tag : new Tag(tag.name().substring(prefix + 1), tag.attributes());
        return tables.bearsScript(local) ? "script-element" : attributes.ofTag(tag);
    }

    private String address(String value) {
        String rule = addressed(value);
        // A link of Markdown (CommonMark 6.3).
        for (int i = value.indexOf("]("); i >= 0 && rule == null; i = value.indexOf("](", i + 1)) {
            int start = i + 2;
            while (start < value.length() && "< ".indexOf(value.charAt(start)) >= 0) {
                start++;
            }
            int end = value.indexOf(')', start);
            Address link = Address.of(value.substring(start, end < 0 ? value.length() : end + 1));
            rule = link != null && tables.isScriptScheme(link.scheme()) ? "script-address" : null;
        }
        return rule;
    }

    /** A script scheme counts where script follows: a value may also begin with the name of the language. */
    private String addressed(String value) {
        Address address = Address.of(value);
        if (address == null) {
            return null;
        }
        if (tables.isScriptScheme(address.scheme())) {
            boolean script = new Script(tables, address.rest(), 0, (char) 0).read() != Effect.NONE
                    || address.rest().indexOf('%') >= 0;
            return script ? "script-address" : null;
        }
        return attributes.document(address);
    }

    private String script(String value) {
        boolean can = value.indexOf('(') >= 0 || value.indexOf('=') >= 0 || value.indexOf('`') >= 0;
        for (int i = 0; can && i < STRING_QUOTES.length(); i++) {
            char quote = STRING_QUOTES.charAt(i);
            int end = value.indexOf(quote);
            if (end >= 0 && new Script(tables, value, end + 1, quote).read() != Effect.NONE) {
                return "script-string";
            }
        }
        return can && (template(value, "${", "}") || template(value, "{{", "}}")) ? "script-template" : null;
    }

    private boolean template(String value, String opening, String closing) {
        for (int i = value.indexOf(opening); i >= 0; i = value.indexOf(opening, i + 1)) {
            int end = value.indexOf(closing, i);
            String inside = value.substring(i + opening.length(), end < 0 ? value.length() : end);
            if (new Script(tables, inside, 0, (char) 0).read() == Effect.ACTS) {
                return true;
            }
        }
        return false;
    }
}
