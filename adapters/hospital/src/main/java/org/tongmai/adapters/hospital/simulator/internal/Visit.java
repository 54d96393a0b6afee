package org.tongmai.adapters.hospital.simulator.internal;

import java.time.LocalDateTime;

/** One stay or outpatient visit. */
final class Visit {
    final Person person;
    final String number;
    final String[] diagnosis;
    String patientClass;
    String[] ward;
    String[] priorWard;
    int bed;
    int priorBed;
    LocalDateTime admitted;
    LocalDateTime discharged;
    private LocalDateTime diagnosed;
    int results;

    Visit(Person person, String number, String[] diagnosis) {
        this.person = person;
        this.number = number;
        this.diagnosis = diagnosis;
    }

    /** When the diagnosis was made: with the first message that tells it, and the same in all later ones. */
    LocalDateTime diagnosed(LocalDateTime now) {
        diagnosed = diagnosed == null ? now : diagnosed;
        return diagnosed;
    }
}
