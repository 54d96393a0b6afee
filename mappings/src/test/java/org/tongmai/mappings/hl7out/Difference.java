package org.tongmai.mappings.hl7out;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.tongmai.standards.table.CsvTable;

/**
 * A row of {@code differences.csv}: why a value does not come back into its place. It is believed only where what it says of
 * the message made is true.
 *
 * @param field which fields, as a pattern
 * @param message which golden messages, as a pattern; empty for all
 * @param kind {@code moved}: the value stands in another field; {@code otherwise}: another value there says it; {@code lost}
 * @param standsIn the fields, with blanks between; {@code =} for its own
 * @param reason the one cause
 */
record Difference(Pattern field, Pattern message, String kind, String standsIn, String reason) {
    private static final List<Difference> ALL = read();

    /** The first row that is true of the loss. */
    static Optional<Difference> of(RoundTrip.Loss loss) {
        return ALL.stream().filter(row -> row.explains(loss)).findFirst();
    }

    /** Rows that no loss needs. */
    static List<Difference> idle(Collection<RoundTrip> trips) {
        Set<Difference> used = new HashSet<>();
        trips.forEach(trip -> trip.losses().forEach(loss -> of(loss).ifPresent(used::add)));
        return ALL.stream().filter(row -> !used.contains(row)).toList();
    }

    private boolean explains(RoundTrip.Loss loss) {
        if (!field.matcher(loss.field()).matches()
                || !message.matcher(loss.name()).matches()) {
            return false;
        }
        String wanted = kind.equals("otherwise") ? null : loss.was();
        for (String place : standsIn.isEmpty() ? new String[0] : standsIn.split(" ")) {
            place = place.equals("=") ? loss.field() : place;
            if (loss.standsIn(place, wanted)) {
                return true;
            }
        }
        return kind.equals("lost");
    }

    private static List<Difference> read() {
        Path file = Path.of("fhir-to-hl7v2", "differences.csv");
        List<Difference> rows = new ArrayList<>();
        try {
            for (CsvTable.Row row :
                    CsvTable.read(file.toString(), Files.readString(file)).rows()) {
                String message = row.cell(1).isEmpty() ? ".*" : row.cell(1);
                rows.add(new Difference(
                        Pattern.compile(row.cell(0)), Pattern.compile(message), row.cell(2), row.cell(3), row.cell(4)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }
}
