package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SourceTreeTest {
    private static final Set<String> BINARY =
            Set.of("jar", "class", "zip", "gz", "jks", "p12", "so", "exe", "pem", "key");
    private static final Pattern REGISTRY =
            Pattern.compile("\"resolved\"\\s*:|<repository>|<mirror>|registry=http|index-url");
    private static final Pattern MACHINE_PATH = Pattern.compile("(?<![A-Za-z0-9.}\\])~/-])/(work|root|home)/[a-z]");
    private static final Pattern SECRET = Pattern.compile(
            "(?i)(BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|^[a-z.-]*(password|secret)\\s*=\\s*[^\\s${#<;]+$)");

    @Test
    void no_file_names_a_package_registry_or_a_path_of_somebodys_machine_or_a_secret() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : SourceTree.files()) {
            if (file.getFileName().toString().equals("SourceTreeTest.java")) {
                continue;
            }
            int number = 0;
            for (String line :
                    Files.readString(file, StandardCharsets.ISO_8859_1).split("\n")) {
                number++;
                if (REGISTRY.matcher(line).find()
                        || MACHINE_PATH.matcher(line).find()
                        || SECRET.matcher(line.strip()).find()) {
                    found.add(SourceTree.root().relativize(file) + ":" + number);
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void no_file_is_a_binary_or_a_key_store() {
        assertThat(SourceTree.files())
                .noneMatch(file -> BINARY.contains(file.toString().replaceFirst(".*\\.", "")));
    }
}
