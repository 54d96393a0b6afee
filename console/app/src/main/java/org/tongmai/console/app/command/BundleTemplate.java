package org.tongmai.console.app.command;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;

/** The bundle of {@code routes/template}, from which new ones are made. */
final class BundleTemplate {
    private static final String FOLDER = "bundle-template";
    private static final String ID = "template";
    private static final String TITLE = "Title of the bundle";

    private BundleTemplate() {}

    /** A bundle of this id and title, which keeps the rules if they do. */
    static BundleArchive named(String id, String title) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        read().files().forEach((name, content) -> {
            String text = new String(content, StandardCharsets.UTF_8);
            // golden messages know nothing of the bundle
            boolean golden = name.startsWith("test/");
            String shown = name.endsWith(".json") ? json(title) : title;
            String own = golden ? text : text.replace(ID, id).replace(TITLE, shown);
            files.put(name, own.getBytes(StandardCharsets.UTF_8));
        });
        return BundleArchive.of(id, files);
    }

    /** As it is written between the quotes of a JSON text. */
    private static String json(String text) {
        return String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    private static BundleArchive read() throws IOException {
        URL manifest = BundleTemplate.class.getResource("/" + FOLDER + "/" + BundleArchive.MANIFEST);
        try {
            URI uri = manifest.toURI();
            if (!uri.getScheme().equals("jar")) {
                return BundleArchive.ofFolder(Path.of(uri).getParent());
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return BundleArchive.ofFolder(jar.getPath("/" + FOLDER));
            }
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
