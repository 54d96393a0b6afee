package org.tongmai.console.app.start;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.tongmai.console.app.AppError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Finds the folder of route bundles: the one that is set, the working directory's, or the copy in the jar. */
final class BundleFolder {
    private static final Path BESIDE = Path.of("routes", "bundles");
    private static final String IN_THE_JAR = "/bundles/";

    private BundleFolder() {}

    static Path find(String setting, DataDirectory data) {
        if (!setting.isEmpty()) {
            Path folder = Path.of(setting);
            if (!Files.isDirectory(folder)) {
                throw new CodedException(
                        Issue.of(AppError.BUNDLES_NOT_FOUND, "tongmai.bundles.directory", folder.toString()));
            }
            return folder;
        }
        if (Files.isDirectory(BESIDE)) {
            return BESIDE;
        }
        Path copy = data.resolve("bundles");
        try {
            copyOutOfTheJar(copy);
            return copy;
        } catch (IOException e) {
            throw new CodedException(Issue.of(AppError.BUNDLES_NOT_FOUND, "", e.toString()), e);
        }
    }

    private static void copyOutOfTheJar(Path target) throws IOException {
        Files.createDirectories(target);
        for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath*:bundles/**")) {
            String url = file.getURL().toString();
            if (!file.isReadable() || url.endsWith("/")) {
                continue;
            }
            Path copy = target.resolve(url.substring(url.lastIndexOf(IN_THE_JAR) + IN_THE_JAR.length()))
                    .normalize();
            Files.createDirectories(copy.getParent());
            try (InputStream content = file.getInputStream()) {
                Files.copy(content, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
