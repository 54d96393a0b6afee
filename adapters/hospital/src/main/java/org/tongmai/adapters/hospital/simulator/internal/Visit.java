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
    int results;

    Visit(Person person, String number, String[] diagnosis) {
        this.person = person;
        this.number = number;
        this.diagnosis = diagnosis;
    }
}
