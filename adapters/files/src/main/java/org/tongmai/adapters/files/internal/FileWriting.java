package org.tongmai.adapters.files.internal;

import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.tongmai.adapters.files.FilesError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Checks what is about to be written: a plain file name that stays in its directory, and a body of known bytes. */
public final class FileWriting implements Processor {
    private static final int LONGEST_NAME = 200;

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        // Camel would prefer this header to the file name that was checked.
        message.removeHeader(Exchange.OVERRULE_FILE_NAME);
        checkName(message.getHeader(Exchange.FILE_NAME));
        Object body = message.getBody();
        if (body instanceof String text) {
            message.setBody(text.getBytes(StandardCharsets.UTF_8));
        } else if (!(body instanceof byte[])) {
            String kind = body == null ? "nothing" : body.getClass().getSimpleName();
            throw new CodedException(
                    Issue.of(FilesError.BAD_CONTENT, "body", "found " + kind + ", expected byte[] or String"));
        }
    }

    private static void checkName(Object name) {
        if (!(name instanceof String text) || text.isBlank()) {
            throw badName("found none, expected header CamelFileName");
        }
        if (text.length() > LONGEST_NAME) {
            throw badName("found " + text.length() + " characters, expected at most " + LONGEST_NAME);
        }
        boolean plain = text.chars().noneMatch(c -> c == '/' || c == '\\' || c < ' ' || c == '$');
        if (!plain || text.startsWith(".")) {
            throw badName("found a path, an expression or a hidden name, expected a plain file name");
        }
    }

    private static CodedException badName(String detail) {
        return new CodedException(Issue.of(FilesError.BAD_FILE_NAME, "CamelFileName", detail));
    }
}
