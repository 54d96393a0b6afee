package org.tongmai.standards.patientindex;

import java.time.LocalDate;
import java.util.List;
import org.tongmai.standards.patientindex.PatientIndex.By;

/** Who looks after whom: recorded and ended by people. All methods throw {@link org.tongmai.standards.error.CodedException}. */
public interface Guardianships {
    /** Records a guardianship; one of a minor ends with the eighteenth birthday at the latest. */
    Guardianship record(Appointment appointment, By by);

    /** Ends it now. */
    Guardianship end(long number, By by);

    /** Every guardianship in which the person is guardian or ward, the latest first; ended ones too. */
    List<Guardianship> of(String person);

    /**
     * What is to be recorded.
     *
     * @param guardian id of a Patient, or of a person
     * @param ward id of a Patient, or of a person
     * @param from first day; null for today
     * @param until first day it no longer holds; null for open
     */
    record Appointment(String guardian, String ward, Guardianship.Kind kind, LocalDate from, LocalDate until) {}
}
