package org.tongmai.console.app.start;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.tongmai.adapters.district.twin.DistrictTwin;
import org.tongmai.adapters.district.twin.DistrictTwinSettings;
import org.tongmai.console.app.settings.PortSettings;
import org.tongmai.console.app.settings.TongmaiSettings;

/** The sample counterparts, so that the first message has somewhere to go. Their password is random, as all are. */
final class SampleTwins implements AutoCloseable {
    private static final String USER = "tongmai";

    private final DistrictTwin district;
    private final String password;
    private final PortSettings ports;

    SampleTwins(TongmaiSettings settings, PortSettings ports, DataDirectory data) {
        this.ports = ports;
        this.password = data.secret("sample-district");
        String folder = settings.sample().districtDirectory();
        this.district = DistrictTwin.start(new DistrictTwinSettings(
                folder.isEmpty() ? data.resolve("sample-district") : Path.of(folder),
                "127.0.0.1",
                ports.sampleSftp(),
                new DistrictTwinSettings.Login(USER, password)));
    }

    /** What bundles must know to reach the counterparts. */
    Map<String, String> bundleSettings() {
        Map<String, String> values = new HashMap<>();
        values.put("district.sftp.host", "127.0.0.1");
        values.put("district.sftp.port", Integer.toString(district.port()));
        values.put("district.sftp.username", USER);
        values.put("district.sftp.password", password);
        values.put("district.sftp.known-hosts-file", district.knownHostsFile().toAbsolutePath().toString());
        values.put("downstream.mllp.host", "127.0.0.1");
        values.put("downstream.mllp.port", Integer.toString(ports.sampleMllp()));
        return values;
    }

    @Override
    public void close() {
        district.close();
    }
}
