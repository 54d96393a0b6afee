package org.tongmai.console.app.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.tongmai.console.app.settings.PortSettings.SamplePresence;
import org.tongmai.routes.engine.bundle.BundleMode;

/**
 * Every setting of the platform. Set one as {@code --tongmai.ports.mllp-adt=3575} on the command line, as
 * {@code TONGMAI_PORTS_MLLPADT} in the environment, or in an {@code application.properties} beside the working
 * directory.
 *
 * @param dataDirectory where the platform keeps its data: database, broker journal, passwords, logs
 * @param nodeName name of this node in the journal, empty for a random one that is kept in the data directory
 * @param ports where the platform listens
 * @param database the PostgreSQL server that holds the truth
 * @param broker the Artemis broker of the canonical channels
 * @param bundles the route bundles that run
 * @param patientIndex the master patient index
 * @param gateway the service bus and its gateways
 * @param fhir what the FHIR endpoint takes
 * @param audit the audit log
 * @param console accounts and sessions of people
 * @param sample the sample counterparts: a district platform and a downstream system that run inside
 */
@ConfigurationProperties("tongmai")
public record TongmaiSettings(
        @DefaultValue(".tongmai") Path dataDirectory,
        @DefaultValue("") String nodeName,
        @DefaultValue @NestedConfigurationProperty PortSettings ports,
        @DefaultValue @NestedConfigurationProperty DatabaseSettings database,
        @DefaultValue @NestedConfigurationProperty BrokerSettings broker,
        @DefaultValue BundleSettings bundles,
        @DefaultValue @NestedConfigurationProperty PatientIndexSettings patientIndex,
        @DefaultValue @NestedConfigurationProperty GatewaySettings gateway,
        @DefaultValue @NestedConfigurationProperty FhirInSettings fhir,
        @DefaultValue @NestedConfigurationProperty AuditTrailSettings audit,
        @DefaultValue @NestedConfigurationProperty ConsoleAccessSettings console,
        @DefaultValue SampleSettings sample) {

    /** Says everything that is wrong with the settings; empty when nothing is. */
    public List<String> violations() {
        List<String> found = new ArrayList<>();
        if (!nodeName.matches("[A-Za-z0-9.-]{0,64}")) {
            found.add("tongmai.node-name: " + nodeName + " (expected: at most 64 of A-Z a-z 0-9 . -)");
        }
        ports.check(found);
        database.check(found);
        if (database.embedded() && ports.listening(SamplePresence.RUNNING).containsValue(database.port())) {
            found.add("tongmai.database.port: " + database.port()
                    + ", the same as one of tongmai.ports (expected: a port of its own)");
        }
        broker.check(found);
        patientIndex.check(found);
        gateway.check(found);
        fhir.check(found);
        audit.check(found);
        console.check(found);
        sample.check(found);
        return found;
    }

    /**
     * The route bundles that run. A bundle's own setting is set as {@code tongmai.bundles.<bundle>.<key>}.
     *
     * @param directory folder of the bundles; empty for routes/bundles in the working directory, or those that ship
     *     in the jar when that folder is not there
     * @param mode development takes unsigned bundles, lets a version change, and deploys a changed folder anew at the
     *     start; production takes what a trusted author has signed
     * @param trustedAuthors folder with one PEM public key an author, author.pem; empty for trusted-authors in the data
     *     directory
     * @param tenantKeyFile file whose first line seals what tenants keep secret, and second factors of accounts, the same
     *     on every node; empty for one that is made in the data directory
     */
    public record BundleSettings(
            @DefaultValue("") String directory,
            @DefaultValue("development") BundleMode mode,
            @DefaultValue("") String trustedAuthors,
            @DefaultValue("") String tenantKeyFile) {}

    /**
     * The sample counterparts.
     *
     * @param enabled whether a district platform (SFTP) and a downstream system (MLLP) run inside, for trying out
     * @param districtDirectory where the district platform keeps what it received, empty for a folder in the data
     *     directory
     */
    public record SampleSettings(@DefaultValue("true") boolean enabled, @DefaultValue("") String districtDirectory) {
        void check(List<String> found) {
            if (!enabled && !districtDirectory.isEmpty()) {
                found.add("tongmai.sample.district-directory: set (expected: empty when tongmai.sample.enabled=false)");
            }
        }
    }
}
