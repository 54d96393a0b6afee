package org.tongmai.routes.engine.gateway.screen.internal.value;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.tongmai.routes.engine.gateway.screen.ScreenError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.table.CsvTable;

/** Reads the tables beside {@link ScreenError}; whoever asks for a row says what its cells become. */
public final class Tables {
    private Tables() {}

    /** Reads and computes what every value is read with: at its first use that would be on the thread of a connection. */
    public static void prepare() {
        try {
            for (Class<?> each : List.of(LookAlikes.class, References.class, Suspicion.class)) {
                MethodHandles.lookup().ensureInitialized(each);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("of another package", e);
        }
    }

    /** Every row of a table. */
    public static <T> List<T> rows(String file, Function<CsvTable.Row, T> reader) {
        try (InputStream in = ScreenError.class.getResourceAsStream(file)) {
            return rows(CsvTable.read(file, new String(in.readAllBytes(), StandardCharsets.UTF_8)), reader);
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    /** Every row of a table; one that is wrong is refused with file and line. */
    public static <T> List<T> rows(CsvTable table, Function<CsvTable.Row, T> reader) {
        return table.rows().stream()
                .map(row -> {
                    try {
                        return reader.apply(row);
                    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                        Issue issue =
                                Issue.of(ScreenError.TABLE_INVALID, table.file() + ":" + row.line(), e.getMessage());
                        throw new CodedException(issue, e);
                    }
                })
                .toList();
    }

    /** The words of a cell that lists them. */
    public static Set<String> words(String cell) {
        return cell.isBlank()
                ? Set.of()
                : new TreeSet<>(Arrays.asList(cell.strip().split("[ |]+")));
    }
}
