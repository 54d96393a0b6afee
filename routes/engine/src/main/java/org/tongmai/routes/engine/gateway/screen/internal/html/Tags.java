package org.tongmai.routes.engine.gateway.screen.internal.html;

import java.util.Locale;
import java.util.Set;
import org.tongmai.routes.engine.gateway.screen.internal.value.Work;

/**
 * The tags of a text. Every one is read from its own bracket, so that it does not matter which comment, attribute or raw text
 * it seems to hide in; most brackets of prose begin none that could do anything, and cost no tokenizer.
 */
final class Tags {
    private static final int LONGEST_INSTRUCTION = 2000;
    private static final int LONGEST_NAME = 64;
    private static final String NAME_ENDS = " \t\n\f\r>";
    private static final String SERVER_INSTRUCTION = "<!--#";
    /** What a page that is a file says of itself without doing anything. */
    private static final Set<String> QUIET_EQUIVALENTS = Set.of(
            "content-type",
            "content-language",
            "x-ua-compatible",
            "cache-control",
            "pragma",
            "expires",
            "default-style");

    private static final Set<String> QUIET_LINKS = Set.of("stylesheet", "icon", "canonical", "author", "license");

    private final MarkupTables tables;
    private final Attributes attributes;
    private final Style style;

    Tags(MarkupTables tables, Attributes attributes, Style style) {
        this.tables = tables;
        this.attributes = attributes;
        this.style = style;
    }

    /** The rule that a tag of a value breaks, or null. */
    String ofValue(String value, Work work) {
        return of(value, false, work);
    }

    /** The same of a file, which may have styles of its own: it is a page, and is put into none. */
    String ofFile(String text, Work work) {
        return of(text, true, work);
    }

    private String of(String value, boolean file, Work work) {
        TagReader reader = new TagReader(value, work);
        int equals = -1; // the next of each from the bracket on: looked for once
        int closing = -1;
        for (int i = value.indexOf('<'); i >= 0; i = value.indexOf('<', i + 1)) {
            equals = equals < i ? indexOf(value, '=', i) : equals;
            closing = closing < i ? indexOf(value, '>', i) : closing;
            String rule = null;
            if (value.startsWith(SERVER_INSTRUCTION, i)) {
                rule = serverInstruction(value, i + SERVER_INSTRUCTION.length());
            } else if (beginsTag(value, i) && (equals < closing || mattersAlone(name(value, i)))) {
                rule = tag(value, i, reader, file, work);
            }
            if (rule != null) {
                return rule;
            }
        }
        return null;
    }

    private String serverInstruction(String value, int from) {
        int start = from;
        while (start < value.length() && start - from < LONGEST_NAME && value.charAt(start) == ' ') {
            start++;
        }
        return tables.isServerInstruction(name(value, start - 1)) ? "server-instruction" : null;
    }

    private static int indexOf(String value, char c, int from) {
        int index = value.indexOf(c, from);
        return index < 0 ? value.length() : index;
    }

    private String tag(String value, int bracket, TagReader reader, boolean file, Work work) {
        boolean instruction = value.charAt(bracket + 1) == '?';
        Tag tag = instruction ? instruction(value, bracket, work) : reader.at(bracket);
        if (tag == null) {
            return null;
        }
        if (file && !instruction && isQuiet(tag)) {
            boolean active = tag.name().equals("style") && style.bearsScript(content(value, reader.end(), work), work);
            return active ? "style" : attributes.ofTag(tag, work);
        }
        String rule = rule(tag, work);
        return rule == null && !instruction && reader.isOpen() && tables.bears(tag, MarkupTables.When.OPEN)
                ? "dangling-markup"
                : rule;
    }

    /** The rule that a tag breaks, or null. */
    String rule(Tag tag, Work work) {
        int prefix = tag.name().indexOf(':');
        if (prefix > 0 && tables.runs(tag.name().substring(0, prefix))) {
            return "script-address"; // an autolink of Markdown (CommonMark 6.5)
        }
        Tag local = prefix < 0 ? tag : new Tag(tag.name().substring(prefix + 1), tag.attributes());
        return tables.bearsScript(local) || prefix > 0 && tables.bearsScript(tag)
                ? "script-element"
                : attributes.ofTag(tag, work);
    }

    /** A processing instruction, whose target and pseudo-attributes are read as those of a tag. */
    private static Tag instruction(String value, int bracket, Work work) {
        String text = value.substring(bracket + 2, Math.min(value.length(), bracket + LONGEST_INSTRUCTION));
        int end = text.indexOf("?>");
        return TagReader.first("<pi-" + (end < 0 ? text : text.substring(0, end)) + ">", work);
    }

    /** Whether a tag of a file is one for looks, or says what the file is. */
    private static boolean isQuiet(Tag tag) {
        return switch (tag.name()) {
            case "style" -> true;
            case "link" ->
                !Address.isElsewhere(tag.attributes().getOrDefault("href", ""))
                        && QUIET_LINKS.contains(plain(tag, "rel").replace("shortcut ", ""));
            case "meta" ->
                QUIET_EQUIVALENTS.contains(plain(tag, "http-equiv"))
                        && !plain(tag, "content").contains("utf-7");
            default -> false;
        };
    }

    private static String plain(Tag tag, String attribute) {
        return tag.attributes().getOrDefault(attribute, "").strip().toLowerCase(Locale.ROOT);
    }

    /** What stands in a style element that begins there. */
    private static String content(String value, int from, Work work) {
        int end = Math.min(from, value.length());
        int begin = end;
        while (end < value.length() && !value.regionMatches(true, end, "</style", 0, "</style".length())) {
            end++;
        }
        work.charge(end - begin);
        return value.substring(begin, end);
    }

    /** The name behind a bracket, with its slash; cut where it is longer than any that matters. */
    private static String name(String value, int bracket) {
        int end = bracket + 1;
        end += end < value.length() && value.charAt(end) == '/' ? 1 : 0;
        while (end < value.length()
                && end - bracket < LONGEST_NAME
                && value.charAt(end) != '/'
                && NAME_ENDS.indexOf(value.charAt(end)) < 0) {
            end++;
        }
        return value.substring(bracket + 1, end);
    }

    /** Whether a tag can do something that has no attribute with a value. */
    private boolean mattersAlone(String name) {
        return name.indexOf(':') >= 0 || tables.isElement(name.toLowerCase(Locale.ROOT));
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
}
