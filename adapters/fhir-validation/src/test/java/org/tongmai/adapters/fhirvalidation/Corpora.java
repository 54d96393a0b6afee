package org.tongmai.adapters.fhirvalidation;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;

/** Samples of other people beside the repository; tests that need them are skipped where they are not. */
final class Corpora {
    private Corpora() {}

    /** A folder of {@code shared/corpora}; skips the test where it is absent. */
    static Path folder(String name) {
        Path found = null;
        for (Path at = Path.of("").toAbsolutePath(); at != null && found == null; at = at.getParent()) {
            Path folder = at.resolveSibling("shared").resolve("corpora").resolve(name);
            found = Files.isDirectory(folder) ? folder : null;
        }
        assumeThat(found)
                .as("shared/corpora/" + name + " beside the repository")
                .isNotNull();
        return found;
    }
}
