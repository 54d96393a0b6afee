package org.tongmai.adapters.fhirvalidation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.canonical.FirstVersion;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.exchange.MessageKeys;
import org.tongmai.standards.exchange.ReceivedMessage;

/** What the maps make of the HL7 v2 messages of other people: every distinct resource, with a file it is from. */
final class MappedCorpus {
    private static final List<String> FOLDERS = List.of("hl7v2", "hl7v2-derived-chinese", "hl7v2-fhir-pairs");

    private final Map<ObjectNode, String> resources = new LinkedHashMap<>();
    private final MappingEngine engine;
    private int mapped;
    private int refused;

    /** Nothing yet. */
    MappedCorpus(MappingEngine engine) {
        this.engine = engine;
    }

    /** Maps the messages of all folders that {@code wanted} takes. */
    void readAll(Predicate<ReceivedMessage> wanted) throws IOException {
        for (String folder : FOLDERS) {
            try (Stream<Path> files = Files.walk(Corpora.folder(folder))) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    read(file, wanted);
                }
            }
        }
    }

    Map<ObjectNode, String> resources() {
        return resources;
    }

    int mapped() {
        return mapped;
    }

    int refused() {
        return refused;
    }

    private void read(Path file, Predicate<ReceivedMessage> wanted) throws IOException {
        String text = new String(Files.readAllBytes(file), charset(file));
        for (String message : text.split("(?<=[\\r\\n])(?=MSH\\|)")) {
            int start = message.indexOf("MSH|");
            if (start >= 0 && wanted.test(received(message.substring(start)))) {
                map(message.substring(start), file.getFileName().toString());
            }
        }
    }

    /** Maps one message, by the name it is reported under. */
    void map(String text, String name) {
        try {
            for (CanonicalResource resource : engine.map(received(text)).resources()) {
                if (resource.type().equals("Bundle")) {
                    continue; // the envelope of a conversion, empty without the others
                }
                ObjectNode content = resource.content();
                // A null deletes an element of the stored version; it is never stored itself.
                content.properties().removeIf(element -> element.getValue().isNull());
                resources.putIfAbsent(FirstVersion.of(resource.type(), content), name);
            }
            mapped++;
        } catch (CodedException e) {
            refused++;
        }
    }

    static ReceivedMessage received(String text) {
        return new ReceivedMessage(
                "hl7v2:message",
                text.getBytes(StandardCharsets.UTF_8),
                StandardCharsets.UTF_8,
                text,
                new MessageKeys("", "", "", "", "", "", "", "", List.of()),
                "",
                Instant.EPOCH);
    }

    private static Charset charset(Path file) {
        String name = file.getFileName().toString();
        if (name.contains("-gb")) {
            return Charset.forName("GB18030");
        }
        return name.contains("-big5") ? Charset.forName("Big5") : StandardCharsets.UTF_8;
    }
}
