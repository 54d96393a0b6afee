package org.tongmai.standards.patientindex;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Keeps the index. Implemented by {@code adapters/patient-index}; used by the rules in {@code console/domain}. */
public interface PatientIndexStore {
    /** Runs work in one transaction; over all nodes one at a time. A throw rolls back. */
    <T> T write(Function<Writing, T> work);

    /** Runs work that only reads. */
    <T> T read(Function<Reading, T> work);

    /** What can be read. Every list method is one round trip. */
    interface Reading {
        List<IndexedRecord> byPatient(Collection<String> patientIds);

        /** The versions that are indexed, without the records. */
        Map<String, Integer> versions(Collection<String> patientIds);

        List<IndexedRecord> byNumber(Collection<Long> numbers);

        List<IndexedRecord> byPerson(Collection<Long> persons);

        /** Active records that share a key, at most {@code limit} for each key. */
        List<KeyHit> find(Collection<Long> keys, int limit);

        /** Pairs with one of these records that wait for a decision or were taken apart. */
        List<KnownPair> pairs(Collection<Long> records);

        /** Who took over the records of persons that have none any more; without those nobody took over from. */
        Map<Long, Long> successors(Collection<Long> persons);

        Optional<IndexOperation> operation(long number);

        /** Operations that touched a person, newest first. */
        List<IndexOperation> history(long person, int count);

        /** The last operation of this kind that moved the record and was not taken back. */
        Optional<IndexOperation> lastMove(long record, IndexOperation.Kind kind);

        List<Review> reviews(Review.State state, int count);

        Optional<Review> review(long number);

        PatientIndex.IndexCounts counts();

        /** What could not be indexed, the latest first. */
        List<LeftOut> leftOut(int count);

        /** The version of a sender's statement that was followed; 0 for none. */
        int followed(String linkageId);

        /** How far a follower came; empty at the beginning. */
        String position(String follower);

        /** Guardianships with a guardian or a ward among these persons, ended ones too, the latest first. */
        List<GuardianRow> guardianships(Collection<Long> persons);

        Optional<GuardianRow> guardianship(long number);
    }

    /** What can be written. */
    interface Writing extends Reading {
        /** Numbers for new records and persons. */
        List<Long> numbers(int count);

        /** Inserts or replaces records with their keys. */
        void save(Collection<IndexedRecord> records);

        /** Notes the version of records of which nothing else changed. */
        void touch(Collection<IndexedRecord> records);

        /** Moves the records and writes the operations down; answers their numbers. */
        List<Long> apply(List<IndexOperation> operations);

        /** Queues candidates; a pair that is there already keeps its state, unless the new one is decided. */
        void queue(Collection<Review> reviews);

        void decide(long review, Review.State state, Review.Decision decision);

        /** Open candidates between these records are settled. */
        void settle(Collection<Long> records);

        /** A sender's statement was followed. */
        void follow(String linkageId, int version);

        void position(String follower, String position);

        /** Notes a resource that can not be indexed; {@link LeftOut#at} and {@link LeftOut#attempts} are the store's. */
        void leaveOut(LeftOut resource);

        /** Adds a guardianship between two records; answers its number. */
        long add(Guardianship guardianship, long guardianRecord, long wardRecord);

        void end(long guardianship, Guardianship.Entry entry);

        /** These resources are indexed after all. */
        void takeIn(String type, Collection<String> ids);
    }

    /** A record found under a key. */
    record KeyHit(long key, long record) {}

    /** A guardianship with whose records its two records are now. */
    record GuardianRow(Guardianship guardianship, long guardian, long ward) {}

    /** A pair that is open or rejected. */
    record KnownPair(Pair pair, Review.State state) {}

    /** Two records, the smaller number first. */
    record Pair(long first, long second) {
        public static Pair of(long one, long other) {
            return new Pair(Math.min(one, other), Math.max(one, other));
        }
    }
}
