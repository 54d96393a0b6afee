package org.tongmai.routes.engine.audit.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tongmai.routes.engine.audit.AuditError;
import org.tongmai.routes.engine.audit.AuditKey;
import org.tongmai.routes.engine.audit.AuditVerdict.KeySource;
import org.tongmai.standards.crypto.PemKeys;
import org.tongmai.standards.crypto.Sm2PublicKey;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Which keys are a node's: those of files where there are any, those of the database otherwise. */
final class Trust {
    private static final String SUFFIX = ".pem";

    private final Map<String, Map<String, Sm2PublicKey>> pinned;
    private final Map<String, Map<String, Sm2PublicKey>> recorded = new HashMap<>();

    /** @param pinned keys of a node by their fingerprint */
    Trust(Map<String, Map<String, Sm2PublicKey>> pinned, List<AuditKey> recorded) {
        this.pinned = pinned;
        recorded.forEach(key -> this.recorded
                .computeIfAbsent(key.node(), node -> new HashMap<>())
                .put(key.key().fingerprint(), key.key()));
    }

    /** Puts the node's key where it stays known when the node gets another. */
    static void pin(Path folder, String node, Sm2PublicKey key) throws IOException {
        Path file = Files.createDirectories(folder)
                .resolve(node + "_" + key.fingerprint().substring(0, 16) + SUFFIX);
        if (!Files.exists(file)) {
            Files.writeString(file, PemKeys.write(key));
        }
    }

    /** Reads {@code <node>_<anything>.pem}. */
    static Map<String, Map<String, Sm2PublicKey>> pinned(Path folder) throws IOException {
        Map<String, Map<String, Sm2PublicKey>> keys = new HashMap<>();
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(SUFFIX)).toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            int end = name.lastIndexOf('_');
            if (end < 1) {
                throw new CodedException(Issue.of(AuditError.KEY_UNREADABLE, name, "expected: <node>_<anything>.pem"));
            }
            try {
                Sm2PublicKey key = PemKeys.readPublic(Files.readString(file));
                keys.computeIfAbsent(name.substring(0, end), node -> new HashMap<>())
                        .put(key.fingerprint(), key);
            } catch (CodedException e) {
                throw new CodedException(Issue.of(AuditError.KEY_UNREADABLE, name, e.getMessage()), e);
            }
        }
        return keys;
    }

    /** In order of their names. */
    List<String> pinnedNodes() {
        return pinned.keySet().stream().sorted().toList();
    }

    Optional<Sm2PublicKey> key(String node, String fingerprint) {
        Map<String, Sm2PublicKey> keys = pinned.getOrDefault(node, recorded.getOrDefault(node, Map.of()));
        return Optional.ofNullable(keys.get(fingerprint));
    }

    boolean genuine(Checkpoint checkpoint) {
        return key(checkpoint.node(), checkpoint.key())
                .filter(checkpoint::verifies)
                .isPresent();
    }

    /** Whichever node's: anchors are signed by the node that dropped. */
    Optional<Sm2PublicKey> anyKey(String fingerprint) {
        return Stream.concat(pinned.keySet().stream(), recorded.keySet().stream())
                .distinct()
                .flatMap(node -> key(node, fingerprint).stream())
                .findFirst();
    }

    KeySource source(String node) {
        return pinned.containsKey(node) ? KeySource.PINNED : KeySource.DATABASE;
    }
}
