package org.tongmai.mappings;

/**
 * Where a row of a map is written.
 *
 * @param file as messages name it, for example {@code mappings/hl7v2-to-fhir/segments/PID-Patient.map.yaml}
 * @param line first line of the row, counted from 1
 */
public record RowAt(String file, int line) implements Comparable<RowAt> {
    @Override
    public int compareTo(RowAt other) {
        int files = file.compareTo(other.file);
        return files != 0 ? files : Integer.compare(line, other.line);
    }

    @Override
    public String toString() {
        return file + ":" + line;
    }
}
