package org.tongmai.console.app.settings;

import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.tongmai.adapters.fhir.FhirSettings;

/**
 * What is taken when systems write by FHIR.
 *
 * @param judging profiles: what breaks a rule of FHIR or of its canonical profile is refused; nothing: what is stored was
 *     judged before, and a message costs some milliseconds less for each resource
 * @param maxBody largest request
 * @param maxEntries most entries of a Bundle
 */
public record FhirInSettings(
        @DefaultValue("profiles") FhirSettings.Judging judging,
        @DefaultValue("16MB") DataSize maxBody,
        @DefaultValue("2000") int maxEntries) {

    /** The endpoint's settings with these. */
    public FhirSettings endpoint() {
        FhirSettings.Writing standard = FhirSettings.Writing.defaults();
        return FhirSettings.defaults()
                .with(new FhirSettings.Writing(
                        (int) maxBody.toBytes(),
                        Math.max(standard.maxBytesInProcess(), (int) maxBody.toBytes()),
                        standard.maxAtOnce(),
                        maxEntries,
                        standard.maxElements(),
                        standard.maxDepth(),
                        standard.patience(),
                        judging));
    }

    void check(List<String> found) {
        if (maxBody.toKilobytes() < 64 || maxBody.toMegabytes() > 256) {
            found.add("tongmai.fhir.max-body: " + maxBody + " (expected: 64KB to 256MB)");
        }
        if (maxEntries < 1 || maxEntries > 100_000) {
            found.add("tongmai.fhir.max-entries: " + maxEntries + " (expected: 1 to 100000)");
        }
    }
}
