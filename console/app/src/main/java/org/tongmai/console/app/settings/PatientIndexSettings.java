package org.tongmai.console.app.settings;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.tongmai.console.domain.patientindex.PatientIndexFeed;

/**
 * The master patient index.
 *
 * @param enabled whether the index follows the canonical data; what it knows stays readable when it does not
 * @param batch most patients that are indexed in one transaction
 * @param pause rest between two transactions, so that messages that arrive have the machine first
 */
public record PatientIndexSettings(
        @DefaultValue("true") boolean enabled, @DefaultValue("500") int batch, @DefaultValue("200ms") Duration pause) {

    /** As the feed takes them. */
    public PatientIndexFeed.Settings feed() {
        PatientIndexFeed.Settings defaults = PatientIndexFeed.Settings.defaults();
        return new PatientIndexFeed.Settings(batch, pause, defaults.idle(), defaults.lookBack());
    }

    void check(List<String> found) {
        if (batch < 1 || batch > 1000) {
            found.add("tongmai.patient-index.batch: " + batch + " (expected: 1 to 1000)");
        }
        if (pause.isNegative() || pause.compareTo(Duration.ofMinutes(1)) > 0) {
            found.add("tongmai.patient-index.pause: " + pause + " (expected: 0 to 1 minute)");
        }
    }
}
