package org.tongmai.adapters.patientindex.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.tongmai.standards.patientindex.Guardianship;
import org.tongmai.standards.patientindex.PatientIndexStore.GuardianRow;

/** Reads guardianships, with whose records theirs are now. */
final class GuardianRows {
    static final String SELECT = "select g.number, a.patient_id, b.patient_id, g.kind, g.from_day, g.until_day, "
            + "g.recorded_by, g.recorded_at, g.reason, g.ended_by, g.ended_at, g.end_reason, a.person, b.person "
            + "from patient_index.guardianship g join patient_index.record a on a.number = g.guardian "
            + "join patient_index.record b on b.number = g.ward ";

    private GuardianRows() {}

    static GuardianRow read(ResultSet row) throws SQLException {
        Guardianship guardianship = new Guardianship(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                Guardianship.Kind.of(row.getInt(4)),
                row.getObject(5, LocalDate.class),
                row.getObject(6, LocalDate.class),
                entry(row, 7),
                entry(row, 10));
        return new GuardianRow(guardianship, row.getLong(13), row.getLong(14));
    }

    private static Guardianship.Entry entry(ResultSet row, int column) throws SQLException {
        OffsetDateTime at = row.getObject(column + 1, OffsetDateTime.class);
        return at == null
                ? null
                : new Guardianship.Entry(row.getString(column), at.toInstant(), row.getString(column + 2));
    }
}
