package org.tongmai.adapters.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
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
        Path trusted = folder.resolve(alias + "-trusted.p12");
        try (OutputStream out = Files.newOutputStream(trusted)) {
            trusting.store(out, new char[0]);
        }
        return new FtpKeys(own, trusted);
    }
}
