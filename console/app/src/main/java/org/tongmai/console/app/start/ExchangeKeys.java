package org.tongmai.console.app.start;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** The keys shared with identity providers that are asked about tokens: one file a provider, read when it is published. */
record ExchangeKeys(String directory) implements Function<String, byte[]> {
    /** The first line of {@code <provider>.key}; null when there is no such file. Ids of providers are a-z, 0-9 and hyphens. */
    @Override
    public byte[] apply(String provider) {
        if (directory.isEmpty()) {
            return null;
        }
        Path file = Path.of(directory).resolve(provider + ".key");
        return Files.isRegularFile(file)
                ? Secret.firstLineOf(file.toString(), "tongmai.gateway.exchange-keys")
                        .getBytes(StandardCharsets.UTF_8)
                : null;
    }
}
