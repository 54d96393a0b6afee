package org.tongmai.mappings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
     * Compiles the packaged layouts with the overlays of the settings.
     *
     * @throws CodedException with every violation at once, each with file and line
     */
    static Map<String, DeliveryCsv> compile(Terminology terminology, MappingSettings settings) {
        return wrapped(CsvLayout.packaged(terminology, settings.zone(), settings.overlays()));
    }

    /**
     * Compiles those of them that further overlays change ({@code to: csv:district-visit}).
     *
     * @throws CodedException with every violation at once, each with file and line; also for a layout that is not there
     */
    static Map<String, DeliveryCsv> changedBy(
            List<MapSource> overlays, Terminology terminology, MappingSettings settings) {
        return wrapped(CsvLayout.changedBy(overlays, settings.overlays(), terminology, settings.zone()));
    }

    private static Map<String, DeliveryCsv> wrapped(Map<String, CsvLayout> layouts) {
        Map<String, DeliveryCsv> all = new HashMap<>();
        layouts.forEach((name, layout) -> all.put(name, new DeliveryCsv(layout)));
        return all;
    }

    /** Writes a batch; a delivery that has nothing for the layout gives no line. */
    public byte[] write(CanonicalBatch batch) {
        return layout.write(batch);
    }
}
