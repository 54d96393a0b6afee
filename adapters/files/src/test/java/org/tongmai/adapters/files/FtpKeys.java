package org.tongmai.adapters.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Collections;
import java.util.List;

/**
 * The key of a server, and a store that trusts it, for the length of one test.
 *
 * @param trusting PKCS 12 file without a password
 */
record FtpKeys(Path own, Path trusting) {
    static final String PASSWORD = "only-for-this-test";

    /** @param name as keytool takes it: {@code ip:…} or {@code dns:…} */
    static FtpKeys make(Path folder, String alias, String name) throws Exception {
        Path own = folder.resolve(alias + ".p12");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + alias,
                "-ext",
                "san=" + name,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                own.toString());
        Path said = folder.resolve(alias + ".txt");
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (keytool.waitFor() != 0) {
            throw new IOException(Files.readString(said));
        }
        KeyStore trusting = KeyStore.getInstance("PKCS12");
        trusting.load(null, null);
        trusting.setCertificateEntry(
                alias,
                KeyStore.getInstance(own.toFile(), PASSWORD.toCharArray()).getCertificate(alias));
        return new FtpKeys(own, write(trusting, folder.resolve(alias + "-trusted.p12")));
    }

    /** A file that trusts both. */
    Path trustingToo(FtpKeys other) throws Exception {
        KeyStore both = KeyStore.getInstance(trusting.toFile(), new char[0]);
        KeyStore others = KeyStore.getInstance(other.trusting.toFile(), new char[0]);
        for (String alias : Collections.list(others.aliases())) {
            both.setCertificateEntry(alias, others.getCertificate(alias));
        }
        return write(both, trusting.resolveSibling("both-trusted.p12"));
    }

    private static Path write(KeyStore store, Path file) throws Exception {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, new char[0]);
        }
        return file;
    }
}
