package org.tongmai.adapters.fhir;

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
 */
public record FhirSettings(
        int defaultCount, int maxCount, int maxBodyBytes, int maxResourceBytes, int maxValues, ZoneId zone) {
    public static FhirSettings defaults() {
        return new FhirSettings(20, 200, 64 << 10, 2 << 20, 200, ZoneId.of("Asia/Shanghai"));
    }
}
