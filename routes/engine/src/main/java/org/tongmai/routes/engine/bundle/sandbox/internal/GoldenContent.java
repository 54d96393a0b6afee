package org.tongmai.routes.engine.bundle.sandbox.internal;

import java.util.List;

/** How one kind of golden file is compared and written. {@code *} alone in a place of a golden file stands for anything. */
public interface GoldenContent {
    /** What stands for anything. */
    String ANYTHING = "*";

    /**
     * A place where found and expected differ.
     *
     * @param place in the content's own terms: JSON pointer, segment and field, line and cell
     */
    record Difference(String place, String found, String expected) {}

    /** Where the found content is not what the pattern says. */
    List<Difference> compare(byte[] found, byte[] pattern);

    /** The content with {@code *} where a pattern has it. */
    byte[] generalised(byte[] content, byte[] pattern);

    /** The content with {@code *} where that of a second run is another. */
    byte[] varying(byte[] first, byte[] second);

    /** How a file of this name is compared. */
    static GoldenContent of(String file) {
        if (file.endsWith(".json")) {
            return new JsonContent();
        }
        return new LinesContent(
                file.endsWith(".hl7")
                        ? LinesContent.HL7
                        : file.endsWith(".csv") ? LinesContent.CSV : LinesContent.NONE);
    }
}
