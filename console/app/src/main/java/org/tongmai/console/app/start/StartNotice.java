package org.tongmai.console.app.start;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.tongmai.console.app.settings.PortSettings;

/** Says in plain lines where everything is, once it is there. */
final class StartNotice implements ApplicationListener<ApplicationReadyEvent> {
    private final DataDirectory data;
    private final PortSettings ports;

    StartNotice(DataDirectory data, PortSettings ports) {
        this.data = data;
        this.ports = ports;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        Path passwords = data.resolve("first-passwords.txt");
        String http = "http://localhost:" + ports.http();
        double seconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0;
        List<String> lines = List.of(
                "",
                "Tongmai 通脉 is ready after %.1f s.".formatted(seconds),
                "  Console          " + http + "/actuator/hawtio",
                "  FHIR R4          " + http + "/fhir",
                "  HL7 v2 (MLLP)    localhost:" + ports.mllpAdt() + " admissions, localhost:" + ports.mllpResults()
                        + " results",
                "  First passwords  "
                        + (Files.exists(passwords) ? passwords : "none here: the accounts were there before"),
                "  Data and logs    " + data.path(),
                "");
        lines.forEach(System.out::println);
    }
}
