package org.tongmai.adapters.district.twin;

import java.nio.file.Path;
import java.util.Objects;

/**
 * How a district twin is started. There is no default account.
 *
 * @param folder where the twin keeps everything; what clients send is under {@code inbox}
 * @param host the address to listen on, {@code 127.0.0.1} unless others must reach it
 * @param port the TCP port; 0 takes a free one
 * @param login the one account
 */
public record DistrictTwinSettings(Path folder, String host, int port, Login login) {
    public DistrictTwinSettings {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(login, "login");
        host = host == null || host.isBlank() ? "127.0.0.1" : host;
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
        }
    }

    /** Name and password of the one account; neither may be empty. */
    public record Login(String user, String password) {
        public Login {
            if (user == null || user.isBlank() || password == null || password.isEmpty()) {
                throw new IllegalArgumentException("login: incomplete (expected: a user and a password)");
            }
        }

        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }
}
