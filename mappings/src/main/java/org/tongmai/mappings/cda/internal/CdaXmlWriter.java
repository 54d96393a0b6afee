package org.tongmai.mappings.cda.internal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.tongmai.mappings.cda.CdaError;
import org.tongmai.standards.error.Issue;

/** Writes a document: UTF-8, two blanks a level, attributes in the order they were set; the same tree, the same bytes. */
final class CdaXmlWriter {
    private final StringBuilder out = new StringBuilder(16_384);
    private final List<Issue> issues;

    CdaXmlWriter(List<Issue> issues) {
        this.issues = issues;
    }

    byte[] write(CdaElement root) {
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        element(root, 0);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void element(CdaElement element, int level) {
        out.append("  ".repeat(level)).append('<').append(element.name());
        for (Map.Entry<String, String> attribute : element.attributes().entrySet()) {
            out.append(' ').append(attribute.getKey()).append("=\"");
            escape(attribute.getValue(), element);
            out.append('"');
        }
        if (element.nodes().isEmpty()) {
            out.append("/>\n");
            return;
        }
        out.append('>');
        boolean texts = element.nodes().stream().anyMatch(CdaElement::isText);
        if (!texts) {
            out.append('\n');
        }
        for (CdaElement node : element.nodes()) {
            if (node.isText()) {
                escape(node.exactText(), element);
            } else {
                element(node, level + 1);
            }
        }
        out.append(texts ? "" : "  ".repeat(level));
        out.append("</").append(element.name()).append(">\n");
    }

    private void escape(String text, CdaElement where) {
        boolean dropped = false;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\n' -> out.append("&#10;");
                case '\r' -> out.append("&#13;");
                case '\t' -> out.append("&#9;");
                default -> {
                    if (allowed(c)) {
                        out.appendCodePoint(c);
                    } else {
                        dropped = true;
                    }
                }
            }
        }
        if (dropped) {
            issues.add(Issue.of(CdaError.CHARACTER_DROPPED, where.xpath(), "expected characters of XML 1.0"));
        }
    }

    private static boolean allowed(int c) {
        return c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000;
    }
}
