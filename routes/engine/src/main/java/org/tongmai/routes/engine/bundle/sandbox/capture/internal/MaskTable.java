package org.tongmai.routes.engine.bundle.sandbox.capture.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.tongmai.mappings.hl7out.FieldTypes;
import org.tongmai.standards.table.CsvTable;

/**
 * What the components of each field are ({@code masking.csv}): by the field, else by its data type in HL7 2.5.1. What is in
 * no table is text.
 */
final class MaskTable {
    private static final String TABLE = "masking.csv";
    private static final int OBX_TYPE = 2;

    private final FieldTypes types = FieldTypes.packaged();
    private final Map<String, Map<Integer, MaskKind>> byPlace = new HashMap<>();

    MaskTable() {
        try (InputStream in = MaskTable.class.getResourceAsStream("/org/tongmai/routes/engine/bundle/" + TABLE)) {
            CsvTable table = CsvTable.read(TABLE, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            table.rows().forEach(row -> add(row.cell(0), row.cell(1), row.cell(2)));
        } catch (IOException e) {
            throw new UncheckedIOException("masking.csv is in the jar", e);
        }
    }

    private void add(String place, String components, String kind) {
        Map<Integer, MaskKind> kinds = byPlace.computeIfAbsent(place, any -> new HashMap<>());
        MaskKind value = MaskKind.valueOf(kind.toUpperCase(Locale.ROOT));
        if (components.isEmpty()) {
            kinds.put(0, value);
            return;
        }
        String[] ends = components.split("-");
        for (int i = Integer.parseInt(ends[0]); i <= Integer.parseInt(ends[ends.length - 1]); i++) {
            kinds.put(i, value);
        }
    }

    /**
     * What a component is.
     *
     * @param segment its fields as written, the name first
     * @param field number, as HL7 counts
     * @param component number, from 1
     */
    MaskKind kind(String[] segment, int field, int component) {
        Map<Integer, MaskKind> kinds = byPlace.get(segment[0] + "-" + field);
        if (kinds == null) {
            kinds = byPlace.get(type(segment, field));
        }
        if (kinds == null) {
            return MaskKind.TEXT;
        }
        MaskKind whole = kinds.get(0);
        return whole != null ? whole : kinds.getOrDefault(component, MaskKind.KEEP);
    }

    private String type(String[] segment, int field) {
        if (segment[0].equals("OBX") && field == 5) {
            return segment.length > OBX_TYPE ? segment[OBX_TYPE] : "";
        }
        return types.of(segment[0], field);
    }
}
