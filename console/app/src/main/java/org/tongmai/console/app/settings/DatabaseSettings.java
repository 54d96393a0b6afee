package org.tongmai.console.app.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The PostgreSQL server that holds the truth.
 *
 * @param url JDBC URL of your own PostgreSQL, empty for the embedded one
 * @param username user at your own server
 * @param passwordFile file whose first line is the password at your own server
 * @param port port of the embedded server on the loopback address, 0 for any free one
 * @param sharedBuffers memory of the embedded server's own cache
 * @param writers connections that write what arrives
 * @param deliverers connections that settle deliveries
 * @param readers connections that answer the console, the API and FHIR
 */
public record DatabaseSettings(
        @DefaultValue("") String url,
        @DefaultValue("") String username,
        @DefaultValue("") String passwordFile,
        @DefaultValue("0") int port,
        @DefaultValue("384MB") DataSize sharedBuffers,
        @DefaultValue("6") int writers,
        @DefaultValue("6") int deliverers,
        @DefaultValue("6") int readers) {

    /** Says whether the platform runs the server itself. */
    public boolean embedded() {
        return url.isEmpty();
    }

    void check(List<String> found) {
        if (!embedded() && !url.startsWith("jdbc:postgresql:")) {
            found.add("tongmai.database.url: (expected: jdbc:postgresql://host:port/database)");
        }
        if (!embedded() && username.isEmpty()) {
            found.add("tongmai.database.username: empty (expected: a user, because tongmai.database.url is set)");
        }
        if (!passwordFile.isEmpty() && !Files.isReadable(Path.of(passwordFile))) {
            found.add("tongmai.database.password-file: not readable (expected: a file with the password)");
        }
        if (port < 0 || port > 65535) {
            found.add("tongmai.database.port: " + port + " (expected: 0 to 65535)");
        }
        if (sharedBuffers.toMegabytes() < 16) {
            found.add("tongmai.database.shared-buffers: " + sharedBuffers + " (expected: 16MB or more)");
        }
        checkConnections(found, "writers", writers);
        checkConnections(found, "deliverers", deliverers);
        checkConnections(found, "readers", readers);
    }

    private static void checkConnections(List<String> found, String name, int count) {
        if (count < 2 || count > 16) {
            found.add("tongmai.database." + name + ": " + count + " (expected: 2 to 16)");
        }
    }
}
