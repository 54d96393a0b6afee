package org.tongmai.routes.engine.gateway.key;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.node.LastingWork;
import org.tongmai.standards.crypto.Signer;
import org.tongmai.standards.crypto.vault.KeyFiles;
import org.tongmai.standards.crypto.vault.KeyVault;
import org.tongmai.standards.crypto.vault.LocalKeyVault;
import org.tongmai.standards.error.CodedException;

/**
 * The gateways' keys, as {@link KeyFiles#folder} reads them: {@code <id>.pem} opens contents, {@code <id>.hmac} verifies,
 * {@code <name>.p12} is a key store that has several.
 * Every key that lies there counts, so two are valid while one takes over from the other. The folder is looked at again by
 * and by; where a file of it can not be read, the keys before stay, and that is logged. No call waits for it.
 */
public final class KeyFolder implements KeyVault, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyFolder.class);

    private final Path folder;
    private final char[] password;
    private final ScheduledExecutorService timer;
    private volatile LocalKeyVault keys = LocalKeyVault.of(Map.of(), Map.of());
    private Map<String, String> seen = Map.of();

    private KeyFolder(Path folder, char[] password, ScheduledExecutorService timer) {
        this.folder = folder;
        this.password = password;
        this.timer = timer;
    }

    /** No key at all. */
    public static KeyFolder none() {
        return new KeyFolder(null, new char[0], null);
    }

    /**
     * @param password of the keys that are encrypted; empty for none
     * @param again how often the folder is looked at
     * @throws CodedException as {@link KeyFiles#folder}
     */
    public static KeyFolder of(Path folder, char[] password, Duration again) {
        KeyFolder made = new KeyFolder(folder, password.clone(), LastingWork.timer("gateway-keys"));
        made.seen = made.look();
        made.keys = KeyFiles.folder(folder, made.password);
        made.timer.scheduleWithFixedDelay(
                LastingWork.task(made::lookAgain), again.toMillis(), again.toMillis(), TimeUnit.MILLISECONDS);
        return made;
    }

    private void lookAgain() {
        Map<String, String> now = look();
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            keys = KeyFiles.folder(folder, password);
            LOG.info("Keys of the gateways: {}", keys.keyIds());
        } catch (CodedException | UncheckedIOException e) {
            LOG.error(
                    "{} the keys before stay: {}",
                    GatewayError.KEY_AWAY.code(),
                    e instanceof CodedException coded ? coded.getMessage() : "the folder can not be read");
        }
    }

    /** Time and size of each file; nothing where that can not be known, which reading the keys then says. */
    private Map<String, String> look() {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
                files.put(file.getFileName().toString(), facts.lastModifiedTime() + " " + facts.size());
            }
        } catch (IOException e) {
            return Map.of();
        }
        return files;
    }

    @Override
    public byte[] wrap(String keyId, byte[] dataKey) {
        return keys.wrap(keyId, dataKey);
    }

    @Override
    public byte[] unwrap(String keyId, byte[] wrapped) {
        return keys.unwrap(keyId, wrapped);
    }

    @Override
    public Signer signer(String keyId) {
        return keys.signer(keyId);
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
