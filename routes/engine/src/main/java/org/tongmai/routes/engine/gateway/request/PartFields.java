package org.tongmai.routes.engine.gateway.request;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The header fields of a part (RFC 2046, 5.1), as long as no two readers could find two sets of them. */
final class PartFields {
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");

    private PartFields() {}

    /** Reads the lines between two places; the first line begins at the first, the last ends at the second. */
    static Map<String, String> read(byte[] body, int from, int to) throws MultipartContent.Broken {
        Map<String, String> fields = new LinkedHashMap<>();
        if (from >= to) {
            return fields;
        }
        String text = new String(body, from, to - from, StandardCharsets.ISO_8859_1);
        String name = "";
        for (String line : text.split("\r\n", -1)) {
            requireOneLine(line);
            boolean goesOn = line.charAt(0) == ' ' || line.charAt(0) == '\t';
            if (goesOn && !name.isEmpty()) {
                fields.merge(name, " " + line.strip(), String::concat);
                continue;
            }
            int colon = Math.max(0, line.indexOf(':'));
            name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            if (!NAME.matcher(name).matches()) {
                throw new MultipartContent.Broken("a field of a part has no name");
            }
            if (fields.put(name, line.substring(colon + 1).strip()) != null) {
                throw new MultipartContent.Broken("a field of a part is there twice");
            }
        }
        return fields;
    }

    /** Some end a line at CR or LF alone, and some a header at a line of blanks. */
    private static void requireOneLine(String line) throws MultipartContent.Broken {
        boolean control = line.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7f);
        if (control || line.isBlank()) {
            throw new MultipartContent.Broken("a field of a part has a line of its own");
        }
    }
}
