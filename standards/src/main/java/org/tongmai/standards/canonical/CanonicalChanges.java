package org.tongmai.standards.canonical;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Tells what changed, without contents, for who keeps something that is derived from canonical data. */
public interface CanonicalChanges {
    /**
     * Lists current versions of a type, also of deleted resources, those not changed for longest first.
     *
     * @param after where the page before ended; use {@link Change#START} for the beginning
     * @param count at most so many
     */
    List<Change> changes(String type, Position after, int count);

    /** A current version and where it stands. */
    record Change(ResourceVersion version, StoredResource.State state, Position position) {
        /** Before everything. */
        public static final Position START = new Position(Instant.EPOCH, 0);
    }

    /**
     * A place in the order of changes.
     *
     * @param lastUpdated time of the version
     * @param number tells versions of one moment apart
     */
    record Position(Instant lastUpdated, long number) {
        /** As {@code microseconds.number}. */
        public String text() {
            return ChronoUnit.MICROS.between(Instant.EPOCH, lastUpdated) + "." + number;
        }

        public static Position parse(String text) {
            int dot = text.indexOf('.');
            return new Position(
                    Instant.EPOCH.plus(Long.parseLong(text.substring(0, dot)), ChronoUnit.MICROS),
                    Long.parseLong(text.substring(dot + 1)));
        }
    }
}
