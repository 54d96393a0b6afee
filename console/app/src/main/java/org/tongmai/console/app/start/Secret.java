package org.tongmai.console.app.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tongmai.console.app.AppError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Reads passwords from files, so that none is ever a setting's value. */
final class Secret {
    private Secret() {}

    /** The first line of the file; empty when no file is named. */
    static String firstLineOf(String file, String setting) {
        if (file.isEmpty()) {
            return "";
        }
        try {
            List<String> lines = Files.readAllLines(Path.of(file));
            return lines.isEmpty() ? "" : lines.get(0).trim();
        } catch (IOException e) {
            throw new CodedException(Issue.of(AppError.SECRET_NOT_READABLE, setting, "expected: a readable file"), e);
        }
    }
}
