package org.tongmai.adapters.fhir.internal;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.tongmai.adapters.fhir.FhirError;

/**
 * The parameters of {@code $validate} in the address.
 *
 * @param profile canonical URL to judge by
 */
record ValidateQuery(Optional<String> profile) {
    /** {@code mode} changes nothing: what may be created, updated or deleted is not decided here. */
    private static final Set<String> IGNORED = Set.of("mode", "_format", "_pretty", "_summary");

    static ValidateQuery read(String query) {
        Optional<String> profile = Optional.empty();
        for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
            String[] parts = pair.split("=", 2);
            String name = decode(parts[0]);
            if (name.equals("profile") && parts.length == 2 && profile.isEmpty()) {
                profile = Optional.of(decode(parts[1])).filter(url -> !url.isBlank());
            } else if (!IGNORED.contains(name)) {
                throw ValidateOperation.refuse(FhirError.UNKNOWN_PARAMETER, "expected profile, once, or mode");
            }
        }
        return new ValidateQuery(profile);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ValidateOperation.refuse(FhirError.INVALID_REQUEST, "expected two hexadecimal digits after every %");
        }
    }
}
