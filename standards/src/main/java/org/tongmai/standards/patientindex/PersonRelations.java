package org.tongmai.standards.patientindex;

import java.util.Collection;
import java.util.Map;

/** Says how the bearer of one identifier stands to the bearer of another, as the master patient index knows it. */
@FunctionalInterface
public interface PersonRelations {
    /**
     * Waits for the index; for many questions one round trip or two.
     *
     * @return an answer to every question
     * @throws org.tongmai.standards.error.CodedException when the index can not be asked
     */
    Map<Question, Relation> relate(Collection<Question> questions);

    /**
     * Who asks about whom.
     *
     * @param subject who wants to see or do something
     * @param other whose it is
     */
    record Question(PersonIdentifier subject, PersonIdentifier other) {}

    /** How two identifiers are related; what is not known for certain is {@link #NONE}. */
    enum Relation {
        /** Both are one person's. */
        SAME,
        /** The subject is guardian (监护人) of the other today. */
        GUARDIAN,
        NONE
    }
}
