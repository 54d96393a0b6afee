package org.tongmai.console.domain.patientindex;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.tongmai.console.domain.patientindex.internal.HanText;
import org.tongmai.console.domain.patientindex.internal.MatchPolicy;
import org.tongmai.console.domain.patientindex.internal.TableReader;

/** The tables of the index, read and checked as a whole; {@code console/domain/patient-index} in the source tree. */
public final class MatchTables {
    private final MatchPolicy policy;
    private final HanText han;

    private MatchTables(MatchPolicy policy, HanText han) {
        this.policy = policy;
        this.han = han;
    }

    /** Loads the tables that ship with the platform. */
    public static MatchTables load() {
        return from(MatchTables::resource);
    }

    /**
     * Loads tables from elsewhere.
     *
     * @param files text of a file by its name, null when there is none
     * @throws org.tongmai.standards.error.CodedException {@code TM-MPI-0001}, all violations at once, with file and line
     */
    public static MatchTables from(UnaryOperator<String> files) {
        TableReader reader = new TableReader(files);
        HanText han = HanText.read(reader);
        MatchPolicy policy = MatchPolicy.read(reader);
        reader.refuseIfAny();
        return new MatchTables(policy, han);
    }

    MatchPolicy policy() {
        return policy;
    }

    HanText han() {
        return han;
    }

    private static String resource(String name) {
        try (InputStream in = MatchTables.class.getResourceAsStream(name)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a packaged table could not be read", e);
        }
    }
}
