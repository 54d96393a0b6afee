package org.tongmai.console.server.patientindex;

import java.time.Instant;
import java.util.List;
import org.tongmai.console.server.message.Masking;
import org.tongmai.standards.patientindex.IndexedRecord;
import org.tongmai.standards.patientindex.PatientIndex.ReviewCase;
import org.tongmai.standards.patientindex.PatientTraits;
import org.tongmai.standards.patientindex.Person;
import org.tongmai.standards.patientindex.Review;

/** A candidate with what is compared of both records, masked for who may not see patient data. */
record ReviewView(
        String id,
        String state,
        OperationView.Explanation explanation,
        Instant createdAt,
        Decision decision,
        RecordView first,
        RecordView second) {

    static ReviewView of(ReviewCase found, boolean masked) {
        Review review = found.review();
        return new ReviewView(
                Long.toString(review.number()),
                review.state().name(),
                OperationView.Explanation.of(review.verdict()),
                review.createdAt(),
                review.decision() == null ? null : Decision.of(review.decision(), masked),
                RecordView.of(found.first(), masked),
                RecordView.of(found.second(), masked));
    }

    /** Who decided, when and why. */
    record Decision(String by, Instant at, String reason) {
        static Decision of(Review.Decision decision, boolean masked) {
            return new Decision(decision.by(), decision.at(), masked ? null : decision.reason());
        }
    }

    /** One record: where it is, whose it is now, and what is compared. */
    record RecordView(
            String patient,
            String href,
            String person,
            List<String> names,
            String birthDate,
            String gender,
            List<String> phones,
            List<String> addresses,
            List<String> identifiers) {
        private static final int YEAR = 4;

        static RecordView of(IndexedRecord record, boolean masked) {
            PatientTraits traits = record.traits();
            return new RecordView(
                    record.patientId(),
                    "/fhir/Patient/" + record.patientId(),
                    Person.id(record.person()),
                    traits.names().stream().map(name -> name(name, masked)).toList(),
                    masked && traits.birthDate().length() > YEAR
                            ? traits.birthDate().substring(0, YEAR)
                            : traits.birthDate(),
                    traits.gender(),
                    traits.phones().stream().map(each -> hidden(each, masked)).toList(),
                    masked ? List.of() : traits.addresses(),
                    traits.identifiers().stream()
                            .map(each -> each.kind() + " " + hidden(each.value(), masked))
                            .toList());
        }

        /** The first character stays. */
        private static String name(PatientTraits.Name name, boolean masked) {
            String whole = name.family() + name.given();
            return masked ? whole.substring(0, whole.offsetByCodePoints(0, 1)) + "**" : whole;
        }

        private static String hidden(String value, boolean masked) {
            return masked ? Masking.mask(value) : value;
        }
    }
}
