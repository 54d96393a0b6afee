package org.tongmai.console.app.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The Artemis broker of the canonical channels.
 *
 * @param url URL of your own Artemis, empty for the embedded one
 * @param username user at your own broker
 * @param passwordFile file whose first line is the password at your own broker
 * @param acceptor host:port on which the embedded broker takes connections of others, empty for none
 * @param maxMemory messages the embedded broker keeps in memory before it pages to disk
 * @param maxDiskUsage percentage of the disk above which the embedded broker takes no more messages
 */
public record BrokerSettings(
        @DefaultValue("") String url,
        @DefaultValue("") String username,
        @DefaultValue("") String passwordFile,
        @DefaultValue("") String acceptor,
        @DefaultValue("64MB") DataSize maxMemory,
        @DefaultValue("95") int maxDiskUsage) {

    /** Says whether the platform runs the broker itself. */
    public boolean embedded() {
        return url.isEmpty();
    }

    void check(List<String> found) {
        if (!embedded() && username.isEmpty()) {
            found.add("tongmai.broker.username: empty (expected: a user, because tongmai.broker.url is set)");
        }
        if (!passwordFile.isEmpty() && !Files.isReadable(Path.of(passwordFile))) {
            found.add("tongmai.broker.password-file: not readable (expected: a file with the password)");
        }
        if (!acceptor.isEmpty() && !acceptor.matches("[A-Za-z0-9.:\\[\\]-]+:[0-9]{1,5}")) {
            found.add("tongmai.broker.acceptor: " + acceptor + " (expected: host:port)");
        }
        if (maxMemory.toMegabytes() < 8) {
            found.add("tongmai.broker.max-memory: " + maxMemory + " (expected: 8MB or more)");
        }
        if (maxDiskUsage < 10 || maxDiskUsage > 100) {
            found.add("tongmai.broker.max-disk-usage: " + maxDiskUsage + " (expected: 10 to 100)");
        }
    }
}
