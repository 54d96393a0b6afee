package org.tongmai.adapters.fhir;

import java.time.Duration;
import java.time.ZoneId;

/**
 * How the endpoint answers.
 *
 * @param defaultCount matches on a page when the client does not say
 * @param maxCount most matches on a page
 * @param maxBodyBytes largest form taken
 * @param maxResourceBytes largest resource taken
 * @param maxValues most values in one search
 * @param zone time zone of dates in searches that do not say their own; the store's
 * @param writing what is taken to be written
 */
public record FhirSettings(
        int defaultCount,
        int maxCount,
        int maxBodyBytes,
        int maxResourceBytes,
        int maxValues,
        ZoneId zone,
        Writing writing) {
    public static FhirSettings defaults() {
        return new FhirSettings(20, 200, 64 << 10, 2 << 20, 200, ZoneId.of("Asia/Shanghai"), Writing.defaults());
    }

    /** The same with other rules for what is written. */
    public FhirSettings with(Writing other) {
        return new FhirSettings(defaultCount, maxCount, maxBodyBytes, maxResourceBytes, maxValues, zone, other);
    }

    /**
     * What is taken to be written.
     *
     * @param maxBytes largest body
     * @param maxBytesInProcess most bytes of bodies in process at once; more wait, then are told to come again
     * @param maxAtOnce most requests in process at once; more are told to come again
     * @param maxEntries most entries of a Bundle
     * @param maxElements most elements of a body
     * @param maxDepth deepest nesting
     * @param patience longest wait for room, and for the commit
     * @param judging whether resources are judged by FHIR and the canonical profiles before they are stored
     */
    public record Writing(
            int maxBytes,
            int maxBytesInProcess,
            int maxAtOnce,
            int maxEntries,
            int maxElements,
            int maxDepth,
            Duration patience,
            Judging judging) {
        public static Writing defaults() {
            return new Writing(16 << 20, 32 << 20, 64, 2_000, 200_000, 64, Duration.ofSeconds(60), Judging.PROFILES);
        }

        /** The same with another rule for judging. */
        public Writing with(Judging other) {
            return new Writing(
                    maxBytes, maxBytesInProcess, maxAtOnce, maxEntries, maxElements, maxDepth, patience, other);
        }
    }

    /** Whether resources are judged before they are stored. */
    public enum Judging {
        /** Errors by FHIR R4 or the canonical profile of the type refuse the request. */
        PROFILES,
        /** Nothing is judged but what is needed to store it: for senders whose resources were judged before. */
        NOTHING
    }
}
