package org.tongmai.console.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.standards.crypto.PemKeys;

class BundleCommandTest {
    @TempDir
    Path folder;

    private int run(String... arguments) {
        return TongmaiCommand.execute(arguments);
    }

    @Test
    void a_key_pair_is_made_once_and_its_secret_half_is_the_owners() throws Exception {
        assertThat(run("bundle", "keygen", "zhang-san", "--directory", folder.toString()))
                .isZero();
        Path secret = folder.resolve("zhang-san.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rw-------");
        assertThat(PemKeys.readPrivate(Files.readString(secret), new char[0]).publicKey())
                .isEqualTo(PemKeys.readPublic(Files.readString(folder.resolve("zhang-san.pem"))));
        String first = Files.readString(secret);
        assertThat(run("bundle", "keygen", "zhang-san", "--directory", folder.toString()))
                .isEqualTo(2);
        assertThat(Files.readString(secret)).isEqualTo(first);
        assertThat(run("bundle", "keygen", "../out", "--directory", folder.toString()))
                .isEqualTo(2);
        assertThat(run("bundle")).isEqualTo(2);
    }
}
