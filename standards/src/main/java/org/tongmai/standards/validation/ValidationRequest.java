package org.tongmai.standards.validation;

import java.util.List;

/**
 * A resource to be judged.
 *
 * @param content the resource, UTF-8
 * @param format how it is written
 * @param profiles canonical URLs of profiles it must keep besides those it claims
 */
public record ValidationRequest(byte[] content, Format format, List<String> profiles) {
    /** How a resource is written. */
    public enum Format {
        JSON,
        XML
    }

    public ValidationRequest {
        content = content.clone();
        profiles = List.copyOf(profiles);
    }

    @Override
    public String toString() {
        return "ValidationRequest[" + format + ", " + content.length + " bytes]";
    }
}
