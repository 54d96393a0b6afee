package org.tongmai.standards.patientindex;

import java.util.List;
import java.util.Optional;

/**
 * What people do with the index. Every change says who and why, and can be taken back. All methods throw
 * {@link org.tongmai.standards.error.CodedException}.
 */
public interface PatientIndex extends PersonDirectory {
    /** The operations that moved records to or from this person, newest first; at most 200. */
    List<IndexOperation> history(String id);

    /** Candidates of a state, most likely first; at most {@code count}. */
    List<ReviewCase> reviews(Review.State state, int count);

    Optional<ReviewCase> review(long number);

    /** Links the two records of an open candidate. */
    IndexOperation approve(long review, By by);

    /** Remembers that the two are not one person. */
    void reject(long review, By by);

    /**
     * Makes two persons one.
     *
     * @param survivor id of the person, or of a Patient of it, that stays
     * @param merged id of the person, or of a Patient of it, whose records move
     */
    IndexOperation merge(String survivor, String merged, By by);

    /** Takes an operation back: its records return to where they were, and the two are not linked again by a rule. */
    IndexOperation unmerge(long operation, By by);

    /** Moves one record to another person. */
    IndexOperation link(String patientId, String person, By by);

    /** Takes one record out of its person; it is not linked again by a rule. */
    IndexOperation unlink(String patientId, By by);

    IndexCounts counts();

    /** Begins to index every Patient anew, because the tables changed. What people decided stays. */
    void rebuild();

    /** What could not be indexed, the latest first; at most {@code count}. */
    List<LeftOut> leftOut(int count);

    /** Tries what was left out again, soon; what fails again stays in {@link #leftOut}. */
    void tryAgain();

    /**
     * Who does it and why; both are written down.
     *
     * @param account name of the account
     * @param reason 1 to 500 characters
     */
    record By(String account, String reason) {}

    /** A candidate with both records as they are now. */
    record ReviewCase(Review review, IndexedRecord first, IndexedRecord second) {}

    /**
     * How much there is.
     *
     * @param records indexed records
     * @param persons persons they make
     * @param openReviews candidates that wait
     * @param leftOut resources that could not be indexed
     * @param position how far the canonical data was followed, as the store writes it
     */
    record IndexCounts(long records, long persons, long openReviews, long leftOut, String position) {}
}
