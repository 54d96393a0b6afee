package org.tongmai.mappings;

import java.util.List;
import java.util.Set;
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

    /** Names of the layouts that overlays change ({@code to: csv:district-visit}); throws for one that is not there. */
    static Set<String> changedBy(List<MapSource> overlays) {
        return CsvLayout.changedBy(overlays);
    }

    /**
     * Compiles a packaged layout with the overlays of the settings.
     *
     * @param name for example {@code district-visit}
     * @throws CodedException with every violation at once, each with file and line
     */
    public static DeliveryCsv compile(String name, Terminology terminology, MappingSettings settings) {
        return new DeliveryCsv(CsvLayout.packaged(name, terminology, settings.zone(), settings.overlays()));
    }

    /** Writes a batch; a delivery that has nothing for the layout gives no line. */
    public byte[] write(CanonicalBatch batch) {
        return layout.write(batch);
    }
}
