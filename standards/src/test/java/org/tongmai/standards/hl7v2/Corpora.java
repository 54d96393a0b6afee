package org.tongmai.standards.hl7v2;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Finds the folder of real messages beside the repository; tests that need it are skipped where there is none. */
final class Corpora {
    private Corpora() {}

    static Path folder(String name) {
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
