package org.tongmai.routes.engine.bundle.sandbox.capture.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.tongmai.standards.table.CsvTable;

/**
 * What the texts of FHIR elements are ({@code fhir-masking.csv}): by element and the element around it, else by the element
 * alone. A date or time in no row is that of an event; anything else in no row is text.
 */
final class ElementKinds {
    private static final String TABLE = "fhir-masking.csv";
    private static final Pattern TIME =
            Pattern.compile("\\d{4}(-\\d\\d(-\\d\\d(T\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?(Z|[+-]\\d\\d:\\d\\d)?)?)?)?"
                    + "|\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?");

    private final Map<String, MaskKind> byPlace = new HashMap<>();

    ElementKinds() {
        try (InputStream in = ElementKinds.class.getResourceAsStream("/org/tongmai/routes/engine/bundle/" + TABLE)) {
            CsvTable table = CsvTable.read(TABLE, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            table.rows()
                    .forEach(row -> byPlace.put(
                            row.cell(0), MaskKind.valueOf(row.cell(1).toUpperCase(Locale.ROOT))));
        } catch (IOException e) {
            throw new UncheckedIOException("fhir-masking.csv is in the jar", e);
        }
    }

    /**
     * What a text is.
     *
     * @param around name of the element around, empty at the top
     * @param element its own
     */
    MaskKind kind(String around, String element, String text) {
        MaskKind kind = listed(around, element);
        if (kind == null) {
            return TIME.matcher(text).matches() ? MaskKind.KEEP : MaskKind.TEXT;
        }
        return kind;
    }

    /** Whether it must stay as it is, for it would be another code. */
    boolean isCode(String around, String element) {
        return listed(around, element) == MaskKind.KEEP;
    }

    private MaskKind listed(String around, String element) {
        MaskKind kind = byPlace.get(around + "." + element);
        return kind == null ? byPlace.get(element) : kind;
    }
}
