package org.tongmai.console.app.start;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tongmai.adapters.district.twin.DistrictTwin;
import org.tongmai.adapters.district.twin.DistrictTwinSettings;
import org.tongmai.adapters.hospital.twin.DownstreamSystem;
import org.tongmai.console.app.AppError;
import org.tongmai.console.app.settings.PortSettings;
import org.tongmai.console.app.settings.TongmaiSettings;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** The sample counterparts, so that the first message has somewhere to go. Their password is random, as all are. */
final class SampleTwins implements AutoCloseable {
    private static final String USER = "tongmai";

    /** What bundles call the systems that the one downstream system plays. */
    private static final List<String> PLAYED_DOWNSTREAM = List.of("downstream", "radiology", "ordering");

    private final DistrictTwin district;
    private final String password;
    private final DownstreamSystem downstream;

    SampleTwins(TongmaiSettings settings, PortSettings ports, DataDirectory data) {
        this.password = data.secret("sample-district");
        String folder = settings.sample().districtDirectory();
        this.district = DistrictTwin.start(new DistrictTwinSettings(
                folder.isEmpty() ? data.resolve("sample-district") : Path.of(folder),
                "127.0.0.1",
                ports.sampleSftp(),
                new DistrictTwinSettings.Login(USER, password)));
        try {
            this.downstream = DownstreamSystem.start(
                    new InetSocketAddress("127.0.0.1", ports.sampleMllp()),
                    data.resolve("sample-downstream").resolve("ledger.csv"));
        } catch (IOException e) {
            district.close();
            throw new CodedException(Issue.of(AppError.SAMPLE_NOT_STARTED, "downstream system", e.toString()), e);
        }
    }

    /** What bundles must know to reach the counterparts. */
    Map<String, String> bundleSettings() {
        Map<String, String> values = new HashMap<>();
        values.put("district.sftp.host", "127.0.0.1");
        values.put("district.sftp.port", Integer.toString(district.port()));
        values.put("district.sftp.username", USER);
        values.put("district.sftp.password", password);
        values.put(
                "district.sftp.known-hosts-file",
                district.knownHostsFile().toAbsolutePath().toString());
        for (String system : PLAYED_DOWNSTREAM) {
            values.put(system + ".mllp.host", "127.0.0.1");
            values.put(system + ".mllp.port", Integer.toString(downstream.port()));
        }
        return values;
    }

    @Override
    public void close() throws IOException {
        district.close();
        downstream.close();
    }
}
