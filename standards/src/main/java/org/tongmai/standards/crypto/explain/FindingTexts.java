package org.tongmai.standards.crypto.explain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tongmai.standards.table.CsvTable;

/** The rows of {@code standards/crypto/signature-findings.csv}. */
record FindingTexts(String code, String titleEn, String titleZh, String remedyEn, String remedyZh) {
    private static final String FILE = "/org/tongmai/standards/crypto/signature-findings.csv";
    private static final Map<String, FindingTexts> ROWS = load();

    static FindingTexts of(String code) {
        FindingTexts row = ROWS.get(code);
        if (row == null) {
            throw new IllegalStateException(FILE + " has no row " + code);
        }
        return row;
    }

    String title(String language) {
        return language.equals("zh") ? titleZh : titleEn;
    }

    String remedy(String language) {
        return language.equals("zh") ? remedyZh : remedyEn;
    }

    static Map<String, FindingTexts> load() {
        try (InputStream in = FindingTexts.class.getResourceAsStream(FILE)) {
            return CsvTable.read(FILE, new String(in.readAllBytes(), StandardCharsets.UTF_8)).rows().stream()
                    .map(CsvTable.Row::cells)
                    .map(c -> new FindingTexts(c.get(0), c.get(1), c.get(2), c.get(3), c.get(4)))
                    .collect(Collectors.toMap(FindingTexts::code, Function.identity()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
