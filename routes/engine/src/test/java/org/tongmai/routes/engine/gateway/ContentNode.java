package org.tongmai.routes.engine.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.tongmai.routes.engine.gateway.chain.Trust;
import org.tongmai.routes.engine.gateway.key.GatewayKeys;
import org.tongmai.routes.engine.gateway.key.KeyFolder;
import org.tongmai.routes.engine.journal.TestDatabase;
import org.tongmai.standards.crypto.HmacSm3Key;
import org.tongmai.standards.crypto.PemKeys;
import org.tongmai.standards.crypto.RsaPrivateKey;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import org.tongmai.standards.crypto.Sm3;
import org.tongmai.standards.crypto.vault.KeyVault;

/** A node with keys of its own and the rules of {@code content-rules.json}. */
final class ContentNode implements AutoCloseable {
    static final Sm2PrivateKey APP_SM2 = Sm2PrivateKey.generate();
    static final RsaPrivateKey APP_RSA = RsaPrivateKey.generate();
    static final Sm2PrivateKey OURS_SM2 = Sm2PrivateKey.generate();
    static final RsaPrivateKey OURS_RSA = RsaPrivateKey.generate();
    private static final byte[] CODE = Sm3.digest(OURS_SM2.number());
    static final HmacSm3Key APP_CODE = HmacSm3Key.of(CODE);

    final TestDatabase database = new TestDatabase();
    final Backend backend = new Backend();
    final Path keys;
    private final KeyFolder folder;
    final GatewayNode node;

    ContentNode() throws Exception {
        this(List.of());
    }

    /** @param before where keys are looked for before the folder */
    ContentNode(List<KeyVault> before) throws Exception {
        keys = Files.createTempDirectory("keys");
        Files.writeString(keys.resolve("gw-sm2.pem"), PemKeys.write(OURS_SM2));
        Files.writeString(keys.resolve("gw-rsa.pem"), PemKeys.write(OURS_RSA));
        Files.writeString(keys.resolve("app-keys-2026.hmac"), HexFormat.of().formatHex(CODE));
        folder = KeyFolder.of(keys, new char[0], Duration.ofMillis(50));
        List<KeyVault> places = new ArrayList<>(before);
        places.add(folder);
        GatewayKeys vault = new GatewayKeys(places);
        node = new GatewayNode(database.dataSource(), "content", Set.of(), new Trust(Clock.systemUTC(), vault));
        publish(rules());
    }

    void publish(String rules) {
        long revision = node.registry.publications(1).stream()
                .mapToLong(Publication::revision)
                .findFirst()
                .orElse(0);
        node.registry.publish(rules, revision, "", "test");
    }

    String rules() {
        try (InputStream in = ContentNode.class.getResourceAsStream("content-rules.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@BACKEND@", backend.url())
                    .replace("@SM2@", PemKeys.write(APP_SM2.publicKey()).replace("\n", "\\n"))
                    .replace("@RSA@", PemKeys.write(APP_RSA.publicKey()).replace("\n", "\\n"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        node.close();
        folder.close();
        backend.close();
        database.close();
    }
}
