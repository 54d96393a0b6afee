package org.tongmai.standards.crypto.caller;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Languages there is caller code in: a folder of {@code standards/crypto/caller-code} each. */
public enum CallerLanguage {
    JAVA("java", "TongmaiCaller.java"),
    CSHARP("csharp", "TongmaiCaller.cs"),
    JAVASCRIPT("javascript", "tongmai-caller.js", "package.json", "package-lock.json"),
    PYTHON("python", "tongmai_caller.py"),
    GO("go", "tongmai_caller.go");

    private final String text;
    private final List<String> files;

    CallerLanguage(String text, String... files) {
        this.text = text;
        this.files = List.of(files);
    }

    /** The name of the folder, and what one asks for. */
    public String text() {
        return text;
    }

    List<String> files() {
        return files;
    }

    public static Optional<CallerLanguage> of(String text) {
        return Arrays.stream(values())
                .filter(language -> language.text.equals(text))
                .findFirst();
    }
}
