package org.tongmai.mappings;

import java.util.List;
import org.tongmai.mappings.internal.CsvLayout;
import org.tongmai.standards.canonical.CanonicalBatch;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.terminology.Terminology;

/**
 * Writes deliveries as CSV (RFC 4180, UTF-8, header row) by a layout of {@code mappings/fhir-to-csv}. A cell that a
 * spreadsheet would run as a formula gets an apostrophe in front.
 */
public final class DeliveryCsv {
    /** The layouts that come with this module: those in {@code fhir-to-csv/index.yaml}. */
    public static final List<String> LAYOUTS = CsvLayout.packagedNames();

    private final CsvLayout layout;

    private DeliveryCsv(CsvLayout layout) {
        this.layout = layout;
    }

    /**
     * Compiles a packaged layout.
     *
     * @param name for example {@code district-visit}
     * @throws CodedException with every violation at once, each with file and line
     */
    public static DeliveryCsv compile(String name, Terminology terminology, MappingSettings settings) {
        return new DeliveryCsv(CsvLayout.packaged(name, terminology, settings.zone()));
    }

    /** Writes a batch; a delivery that has nothing for the layout gives no line. */
    public byte[] write(CanonicalBatch batch) {
        return layout.write(batch);
    }
}
