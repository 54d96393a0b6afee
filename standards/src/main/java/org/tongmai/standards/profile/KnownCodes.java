package org.tongmai.standards.profile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tongmai.standards.table.CsvTable;
import org.tongmai.standards.terminology.CodeSystem;
import org.tongmai.standards.terminology.Terminology;

/**
 * Which codes the systems of HL7, of the internet and of the national tables have, as far as whole lists are here:
 * {@code profiles/hl7-codes.csv}, {@code profiles/code-additions.csv} and the complete code tables. Of a system that is
 * not here nothing is known. Immutable.
 */
public final class KnownCodes {
    private static final String FOLDER = "/org/tongmai/standards/profiles/";

    private final Map<String, Set<String>> bySystem;
    private final Terminology terminology;
    private final UnitCodes units = new UnitCodes();

    private KnownCodes(Map<String, Set<String>> bySystem, Terminology terminology) {
        this.bySystem = bySystem;
        this.terminology = terminology;
    }

    /** The packaged lists, and the code tables in force. */
    public static KnownCodes with(Terminology terminology) {
        Map<String, Set<String>> bySystem = new HashMap<>();
        rows("hl7-codes.csv")
                .forEach(row -> bySystem.put(
                        row.cell(0), new HashSet<>(List.of(row.cell(1).split("\\|")))));
        rows("code-additions.csv").forEach(row -> bySystem.computeIfAbsent(row.cell(0), system -> new HashSet<>())
                .add(row.cell(1)));
        return new KnownCodes(bySystem, terminology);
    }

    /** Whether the system is known and has no such code, whatever the day. */
    public boolean lacks(String system, String code) {
        if (system.equals(UnitCodes.SYSTEM)) {
            return !units.knows(code);
        }
        Set<String> codes = bySystem.get(system);
        if (codes != null) {
            return !codes.contains(code);
        }
        CodeSystem table = terminology.findCodeSystem(system);
        return table != null
                && table.content() == CodeSystem.Content.COMPLETE
                && table.entries(code).isEmpty();
    }

    private static List<CsvTable.Row> rows(String table) {
        try (InputStream in = KnownCodes.class.getResourceAsStream(FOLDER + table)) {
            return CsvTable.read(table, new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .rows();
        } catch (IOException e) {
            throw new UncheckedIOException("a packaged table could not be read", e);
        }
    }
}
