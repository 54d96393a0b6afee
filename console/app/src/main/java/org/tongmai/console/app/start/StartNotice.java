package org.tongmai.console.app.start;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.tongmai.console.app.settings.GatewaySettings;
import org.tongmai.console.app.settings.PortSettings;
import org.tongmai.console.app.settings.TongmaiSettings;
import org.tongmai.console.server.account.Role;
import org.tongmai.routes.engine.bundle.deploy.BundleDeployments;
import org.tongmai.routes.engine.gateway.GatewayKind;
import org.tongmai.standards.error.Issue;

/** Says in plain lines where everything is, once it is there. */
final class StartNotice implements ApplicationListener<ApplicationReadyEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(StartNotice.class);

    private final DataDirectory data;
    private final PortSettings ports;
    private final TongmaiSettings settings;
    private final BundleDeployments bundles;

    StartNotice(DataDirectory data, PortSettings ports, TongmaiSettings settings, BundleDeployments bundles) {
        this.data = data;
        this.ports = ports;
        this.settings = settings;
        this.bundles = bundles;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        Path passwords = data.resolve("first-passwords.txt");
        boolean tls = !settings.console().tlsKeyStore().isEmpty();
        String http = (tls ? "https" : "http") + "://localhost:" + ports.http();
        double seconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0;
        List<String> lines = new ArrayList<>(List.of(
                "",
                "Tongmai 通脉 is ready after %.1f s.".formatted(seconds),
                "  Console          " + http + "/actuator/hawtio",
                "  FHIR R4          " + http + "/fhir",
                "  HL7 v2 (MLLP)    localhost:" + ports.mllpAdt() + " admissions, localhost:" + ports.mllpResults()
                        + " results",
                "  Gateways (HTTP)  " + doors(),
                "  First passwords  "
                        + (Files.exists(passwords) ? passwords : "none here: the accounts were there before"),
                "  Data and logs    " + data.path()));
        if (settings.console().isReadableOnTheWay()) {
            LOG.warn("Console, API and FHIR are served without TLS to other machines");
            lines.add(
                    "  NOT ENCRYPTED    Console, API and FHIR: passwords and patients' data can be read on the way. Set");
            lines.add(
                    "                   tongmai.console.tls-key-store, or tongmai.console.host=127.0.0.1 behind a TLS proxy");
        }
        lines.addAll(warning(settings.console().administratorsWithPasswordAlone()));
        lines.addAll(broken());
        lines.add("");
        lines.forEach(System.out::println);
    }

    static List<String> warning(Set<Role> passwordAlone) {
        return passwordAlone.isEmpty()
                ? List.of()
                : List.of("  WARNING          No second factor is demanded of "
                        + passwordAlone.stream().map(Role::name).sorted().collect(Collectors.joining(", "))
                        + "; in production name them in tongmai.console.second-factor");
    }

    private String doors() {
        Set<GatewayKind> doors = settings.gateway().doors();
        return doors.isEmpty()
                ? "none here"
                : doors.stream()
                        .sorted()
                        .map(door -> "localhost:" + ports.of(door) + " " + GatewaySettings.name(door))
                        .collect(Collectors.joining(", "));
    }

    /** Bundles that should run here and do not. */
    private List<String> broken() {
        List<String> lines = new ArrayList<>();
        bundles.notSeeded().forEach((name, issues) -> issues.forEach(issue -> lines.add(line(name, issue))));
        bundles.notRunning().forEach((name, issues) -> issues.forEach(issue -> lines.add(line(name, issue))));
        return lines;
    }

    private static String line(String name, Issue issue) {
        return "  NOT RUNNING      " + name + ": " + issue.text();
    }
}
