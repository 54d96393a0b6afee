package org.tongmai.console.server.sample;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.tongmai.standards.patientindex.Guardianship;
import org.tongmai.standards.patientindex.Guardianships;
import org.tongmai.standards.patientindex.PatientIndex.By;

/** One guardianship; remembers who asked for what. */
public final class SampleGuardianships implements Guardianships {
    private static final LocalDate FROM = LocalDate.of(2026, 11, 1);

    private final List<By> asked = new ArrayList<>();

    public List<By> asked() {
        return asked;
    }

    @Override
    public Guardianship record(Appointment appointment, By by) {
        asked.add(by);
        return guardianship(appointment.guardian(), appointment.ward(), null);
    }

    @Override
    public Guardianship end(long number, By by) {
        asked.add(by);
        return guardianship("pat-1", "pat-2", new Guardianship.Entry(by.account(), Instant.EPOCH, by.reason()));
    }

    @Override
    public List<Guardianship> of(String person) {
        return List.of(guardianship("pat-1", "pat-2", null));
    }

    private static Guardianship guardianship(String guardian, String ward, Guardianship.Entry ended) {
        Guardianship.Entry recorded = new Guardianship.Entry("operator", Instant.EPOCH, "birth certificate");
        return new Guardianship(7, guardian, ward, Guardianship.Kind.MINOR, FROM, FROM.plusYears(9), recorded, ended);
    }
}
