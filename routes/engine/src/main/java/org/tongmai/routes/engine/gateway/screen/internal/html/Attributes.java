package org.tongmai.routes.engine.gateway.screen.internal.html;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tongmai.routes.engine.gateway.screen.internal.html.Script.Effect;
import org.tongmai.routes.engine.gateway.screen.internal.value.Decodings;
import org.tongmai.routes.engine.gateway.screen.internal.value.Work;

/** What attributes do: handlers, addresses, styles, documents inside; those of a tag, and those a value adds to one. */
final class Attributes {
    private static final int LONGEST_NAME = 64;
    /** Without one of them a handler calls nothing. */
    private static final String SCRIPT_MARKS = "(`[\\<";

    private static final Set<String> ADDED = Set.of(
            "srcdoc",
            "style",
            "href",
            "src",
            "action",
            "formaction",
            "xlink:href",
            "data",
            "poster",
            "to",
            "from",
            "values");

    private final MarkupTables tables;
    private final Style style;

    Attributes(MarkupTables tables) {
        this.tables = tables;
        this.style = new Style(tables);
    }

    /** The rule that an attribute of a tag in the value breaks, or null. */
    String ofTag(Tag tag, Work work) {
        for (Map.Entry<String, String> attribute : tag.attributes().entrySet()) {
            String rule = rule(attribute.getKey(), attribute.getValue(), work);
            if (rule != null) {
                return rule;
            }
        }
        return null;
    }

    /** The rule that a handler among the attributes of data breaks, or null. */
    String ofData(Map<String, String> found) {
        return found.keySet().stream().anyMatch(tables::isEvent) ? "event-handler" : null;
    }

    private String rule(String qualified, String value, Work work) {
        String directive = value.isBlank() ? "" : tables.directive(qualified);
        if (directive.equals("always") || directive.equals("script") && acts(value, work)) {
            return "framework-directive";
        }
        String name = qualified.substring(qualified.indexOf(':') + 1);
        boolean handler = tables.isEvent(name) || name.startsWith("on") && acts(value, work);
        if (handler) {
            return "event-handler";
        }
        if (name.equals("srcdoc")) {
            return "document-inside";
        }
        if (name.equals("style")) {
            return style.bearsScript(value, work) ? "style" : null;
        }
        Address address = Address.of(value);
        if (address != null && tables.isScriptScheme(address.scheme())) {
            return "script-address";
        }
        return address == null ? null : document(address, work);
    }

    private boolean acts(String value, Work work) {
        return new Script(tables, value, 0, (char) 0).read(work) != Effect.NONE;
    }

    /** The rule that a {@code data:} address breaks; an image counts where script is in it. */
    String document(Address address, Work work) {
        if (!tables.isDocumentType(address.mediaType())) {
            return null;
        }
        boolean image = address.mediaType().startsWith("image/");
        return image && !runs(Decodings.percent(address.content()), work) ? null : "script-document";
    }

    private boolean runs(String svg, Work work) {
        TagReader reader = new TagReader(svg, work);
        for (int i = svg.indexOf('<'); i >= 0; i = svg.indexOf('<', i + 1)) {
            Tag tag = reader.at(i);
            if (tag != null && (tables.bearsScript(tag) && !tag.name().equals("style") || handles(tag))) {
                return true;
            }
        }
        return false;
    }

    private boolean handles(Tag tag) {
        return tag.attributes().entrySet().stream().anyMatch(attribute -> tables.isEvent(attribute.getKey()));
    }

    /** The rule that a value breaks which ends the attribute it stands in and adds others, or null. */
    String breakingOut(String value, Work work) {
        if (!addsAttribute(value)) {
            return null;
        }
        String rule = value.indexOf('"') < 0 ? null : added("<a b=\"" + value + "\">", work);
        if (rule == null && value.indexOf('\'') >= 0) {
            rule = added("<a b='" + value + "'>", work);
        }
        return rule == null ? added("<a b=x" + value + ">", work) : rule;
    }

    private String added(String html, Work work) {
        Tag tag = TagReader.first(html, work);
        if (tag == null) {
            return null;
        }
        for (Map.Entry<String, String> attribute : tag.attributes().entrySet()) {
            boolean first = attribute.getKey().equals("b");
            if (!first && addable(attribute.getKey(), attribute.getValue(), work)) {
                String rule = rule(attribute.getKey(), attribute.getValue(), work);
                if (rule != null) {
                    return rule;
                }
            }
        }
        return null;
    }

    /**
     * Only names that are known: in prose any word may stand before a sign of equality. So may the names of some events there,
     * and what is only a word behind one does nothing.
     */
    private boolean addable(String name, String value, Work work) {
        if (value.isEmpty()) {
            return false;
        }
        if (tables.isEvent(name) || !tables.directive(name).isEmpty()) {
            return value.chars().anyMatch(c -> SCRIPT_MARKS.indexOf(c) >= 0) || acts(value, work);
        }
        return !name.startsWith("on");
    }

    /** Whether a word of an attribute that matters stands before a sign of equality. */
    private boolean addsAttribute(String value) {
        for (int i = value.indexOf('='); i >= 0; i = value.indexOf('=', i + 1)) {
            int end = i;
            while (end > 0 && value.charAt(end - 1) <= ' ') {
                end--;
            }
            int start = end;
            while (start > 0 && end - start < LONGEST_NAME && part(value.charAt(start - 1))) {
                start--;
            }
            String name = value.substring(start, end).toLowerCase(Locale.ROOT);
            if (tables.isEvent(name)
                    || ADDED.contains(name)
                    || !tables.directive(name).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static boolean part(char c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || ":-@.".indexOf(c) >= 0);
    }
}
