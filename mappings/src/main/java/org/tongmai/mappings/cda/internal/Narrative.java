package org.tongmai.mappings.cda.internal;

import java.util.ArrayList;
import java.util.List;

/** The text of a section for people 叙述块: a table of names and values, made of what its entries say. */
final class Narrative {
    private final List<String[]> lines = new ArrayList<>();

    void add(String name, String value) {
        if (!value.isBlank()) {
            lines.add(new String[] {name, value});
        }
    }

    /** Puts the table into a section's text. */
    void write(CdaElement text) {
        CdaElement body = text.append(CdaElement.of("table")).append(CdaElement.of("tbody"));
        for (String[] line : lines) {
            CdaElement row = body.append(CdaElement.of("tr"));
            row.append(CdaElement.of("th")).append(CdaElement.text(line[0]));
            row.append(CdaElement.of("td")).append(CdaElement.text(line[1]));
        }
    }
}
