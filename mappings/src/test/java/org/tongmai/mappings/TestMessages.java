package org.tongmai.mappings;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.tongmai.standards.exchange.MessageKeys;
import org.tongmai.standards.exchange.ReceivedMessage;

/** Messages from files, as an adapter would hand them on. */
public final class TestMessages {
    /** The golden files beside the maps. */
    public static final Path GOLDEN = Path.of("hl7v2-to-fhir", "golden");

    private TestMessages() {}

    /** The golden cases of an extent by name; those mapped whole lie in a folder of their own. */
    public static List<String> goldenNames(Extent extent) throws IOException {
        String folder = extent == Extent.WHOLE ? "whole/" : "";
        try (Stream<Path> files = Files.list(GOLDEN.resolve(folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".hl7"))
                    .map(name -> folder + name.substring(0, name.length() - 4))
                    .sorted()
                    .toList();
        }
    }

    /** The message of a golden case. */
    public static ReceivedMessage golden(String name) throws IOException {
        Charset charset = name.contains("gb18030") ? Charset.forName("GB18030") : StandardCharsets.UTF_8;
        return received(Files.readString(GOLDEN.resolve(name + ".hl7"), charset));
    }

    /** A message of this text. */
    public static ReceivedMessage received(String text) {
        return new ReceivedMessage(
                "hl7v2:message",
                text.getBytes(StandardCharsets.UTF_8),
                StandardCharsets.UTF_8,
                text,
                new MessageKeys("", "", "", "", "", "", "", "", List.of()),
                "",
                Instant.EPOCH);
    }

    /** The folder {@code shared/corpora} above the repository, or null. */
    public static Path corpora() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path corpora = folder.resolve("shared").resolve("corpora");
            if (Files.isDirectory(corpora)) {
                return corpora;
            }
        }
        return null;
    }
}
