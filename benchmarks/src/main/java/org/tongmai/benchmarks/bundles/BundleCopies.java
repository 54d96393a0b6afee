package org.tongmai.benchmarks.bundles;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Copies of one bundle, each with an id and listening ports of its own: what its author would do by hand. */
final class BundleCopies {
    private static final String SCHEMA = "config.schema.json";
    private static final String SETTINGS = "application.properties";
    private static final Pattern TEXT = Pattern.compile(".*\\.(json|yaml|properties|md|csv)");

    private final String id;
    private final Map<String, byte[]> files = new TreeMap<>();
    private final List<String> portKeys = new ArrayList<>();

    /** @param folder of the bundle that is copied; its name is its id */
    BundleCopies(Path folder) throws IOException {
        this.id = folder.toAbsolutePath().normalize().getFileName().toString();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
            }
        }
        JsonNode schema = new ObjectMapper().readTree(files.getOrDefault(SCHEMA, new byte[0]));
        schema.path("properties").properties().forEach(setting -> {
            if (setting.getValue().path("format").asText().equals("listening-port")) {
                portKeys.add(setting.getKey());
            }
        });
    }

    /** How many ports a copy listens on. */
    int ports() {
        return portKeys.size();
    }

    /**
     * The files of one copy by name.
     *
     * @param copy id of the copy
     * @param firstPort its ports are this one and those after it
     */
    Map<String, byte[]> files(String copy, int firstPort) {
        Map<String, byte[]> made = new TreeMap<>();
        files.forEach(
                (name, content) -> made.put(name, TEXT.matcher(name).matches() ? renamed(content, copy) : content));
        made.put(SETTINGS, settings(text(made.getOrDefault(SETTINGS, new byte[0])), firstPort));
        return made;
    }

    /** The same as a zip. */
    byte[] zip(String copy, int firstPort) {
        return zipped(files(copy, firstPort));
    }

    /** The bundle itself with further files, as a zip. */
    byte[] zip(Map<String, byte[]> further) {
        Map<String, byte[]> made = new TreeMap<>(files);
        made.putAll(further);
        return zipped(made);
    }

    private static byte[] zipped(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Writes a copy as a folder. */
    void write(Path target, String copy, int firstPort) throws IOException {
        for (Map.Entry<String, byte[]> file : files(copy, firstPort).entrySet()) {
            Path path = target.resolve(copy).resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    private byte[] renamed(byte[] content, String copy) {
        return text(content).replace(id, copy).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] settings(String text, int firstPort) {
        StringBuilder made = new StringBuilder();
        text.lines()
                .filter(line -> portKeys.stream().noneMatch(key -> line.startsWith(key + "=")))
                .forEach(line -> made.append(line).append('\n'));
        for (int i = 0; i < portKeys.size(); i++) {
            made.append(portKeys.get(i)).append('=').append(firstPort + i).append('\n');
        }
        return made.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }
}
