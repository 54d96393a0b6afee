package org.tongmai.standards.canonical;

import java.util.Objects;

/**
 * How a resource is laid over what is stored, and which version must be stored for it to be written at all.
 *
 * @param mode what becomes of what is stored
 * @param expectedVersion the version that must be current; 0 when there must be none, {@link #ANY} when it does not matter
 */
public record WriteRule(Mode mode, int expectedVersion) {
    /** Whatever is stored. */
    public static final int ANY = -1;

    /** As messages say it: what is not mentioned stays. */
    public static final WriteRule MERGE = new WriteRule(Mode.MERGE, ANY);

    /** What becomes of a stored resource. */
    public enum Mode {
        /** A top-level element that is present replaces the stored one, an absent one is kept, a null deletes it. */
        MERGE,
        /** The whole content is replaced (FHIR R4, update). */
        REPLACE,
        /** What is stored stays as it is (FHIR R4, conditional create). */
        KEEP
    }

    public WriteRule {
        Objects.requireNonNull(mode, "mode");
    }
}
