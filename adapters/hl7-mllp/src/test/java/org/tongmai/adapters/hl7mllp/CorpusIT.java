package org.tongmai.adapters.hl7mllp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.standards.exchange.ReceivedMessage;
import org.tongmai.standards.hl7v2.Hl7Decoder;
import org.tongmai.standards.hl7v2.Hl7Header;

/** Sends messages other people wrote; they lie beside the repository and are never part of it. */
class CorpusIT {
    private static final byte[] LAST = "MSH|^~\\&|A|B|C|D|2026||ADT^A01|LAST|P|2.5\r".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @ValueSource(strings = {"hl7v2", "hl7v2-derived-chinese", "hl7v2-fhir-pairs"})
    void every_message_is_answered_as_it_asks_and_handed_on_byte_for_byte(String name) throws Exception {
        List<Path> files = files(folder(name));
        List<byte[]> handedOn = new CopyOnWriteArrayList<>();
        List<String> wrong = new ArrayList<>();
        try (CamelOnPorts camel = new CamelOnPorts()) {
            int port = camel.listen(
                    "in",
                    "",
                    exchange -> handedOn.add(
                            exchange.getMessage().getBody(ReceivedMessage.class).raw()));
            try (MllpClientSocket client = new MllpClientSocket(port)) {
                for (Path file : files) {
                    byte[] raw = Files.readAllBytes(file);
                    client.write(MllpClientSocket.frame(raw));
                    client.write(MllpClientSocket.frame(LAST));
                    List<byte[]> answers = answers(client);
                    boolean batch = raw[0] == 'F' || raw[0] == 'B';
                    boolean whole = batch || handedOn.stream().anyMatch(one -> Arrays.equals(one, raw));
                    if (answers.size() != expected(raw) || !wellFormed(raw, answers) || !whole) {
                        wrong.add(file.getFileName() + ": " + answers.size() + " answers");
                    }
                    handedOn.clear();
                }
            }
        }
        assertThat(files).isNotEmpty();
        assertThat(wrong).isEmpty();
    }

    private static List<byte[]> answers(MllpClientSocket client) throws IOException {
        List<byte[]> answers = new ArrayList<>();
        byte[] answer = client.readFrame();
        while (!new String(answer, StandardCharsets.ISO_8859_1).contains("|LAST\r")) {
            answers.add(answer);
            answer = client.readFrame();
        }
        return answers;
    }

    private static int expected(byte[] raw) {
        Hl7Header header = Hl7Header.scan(Hl7Decoder.decode(raw, null).text());
        return header.field(15).equals("AL") && header.field(16).equals("AL") && !header.refused() ? 2 : 1;
    }

    private static boolean wellFormed(byte[] raw, List<byte[]> answers) {
        String asked = Hl7Header.scan(Hl7Decoder.decode(raw, null).text()).field(10);
        for (byte[] answer : answers) {
            String text = Hl7Decoder.decode(answer, null).text();
            Hl7Header header = Hl7Header.scan(text.startsWith("MSH") ? text : text.substring(text.indexOf("MSH")));
            String msa = text.lines()
                    .flatMap(line -> Stream.of(line.split("\r")))
                    .filter(line -> line.startsWith("MSA"))
                    .findFirst()
                    .orElse("");
            String[] fields = msa.split("\\Q" + header.separators().field() + "\\E", -1);
            boolean right = !header.refused()
                    && fields.length > 2
                    && fields[1].matches("[AC][AER]")
                    && (!text.startsWith("MSH") || fields[2].equals(asked));
            if (!right) {
                return false;
            }
        }
        return true;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    private static Path folder(String name) {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null) {
            Path found = folder.resolve("shared/corpora").resolve(name);
            if (Files.isDirectory(found)) {
                return found;
            }
            folder = folder.getParent();
        }
        Assumptions.abort("no folder shared/corpora/" + name + " above the repository");
        throw new IllegalStateException("unreachable");
    }
}
