package org.tongmai.routes.engine.gateway.chain;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.file.FileTypes;
import org.tongmai.routes.engine.gateway.file.MultipartContent;
import org.tongmai.routes.engine.gateway.rules.ContentRule;
import org.tongmai.routes.engine.gateway.screen.ScreenError;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.HttpCall;

/** Lets files pass that are of an allowed type by what their bytes are, not too large and not too many (文件传输限制). */
final class FileGuard implements Guard {
    private static final int MOST_PARTS = 1_000;
    private static final Pattern NAMED = Pattern.compile("(?i)\\bfilename(\\*\\d*\\*?)?\\s*=");
    private static final Pattern PLAIN = Pattern.compile("(?i)|7bit|8bit|binary");

    private final ContentRule.Files rule;

    FileGuard(ContentRule.Files rule) {
        this.rule = rule;
    }

    @Override
    public void admit(Passage passage) {
        HttpCall call = passage.forwarded();
        if (call.body().length == 0) {
            return;
        }
        String type = call.fields().first("content-type").orElse("");
        String plain = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (plain.startsWith("multipart/")) {
            parts(type, call.body());
        } else if (isFile(call.body(), isData(plain))) {
            judge(call.body(), "body");
        }
    }

    private void parts(String type, byte[] body) {
        int files = 0;
        int number = 0;
        for (MultipartContent.Part part : split(body, MultipartContent.boundary(type))) {
            number++;
            String where = "part " + number;
            if (!PLAIN.matcher(part.field("content-transfer-encoding")).matches()) {
                throw new Refusal(GatewayError.FILE_NOT_ALLOWED, where, "found: content-transfer-encoding");
            }
            if (part.field("content-type").toLowerCase(Locale.ROOT).startsWith("multipart/")) {
                throw new Refusal(GatewayError.FILE_NOT_ALLOWED, where, "found: parts in a part");
            }
            boolean named = NAMED.matcher(part.field("content-disposition")).find();
            if (!isFile(part.content(), !named)) {
                continue;
            }
            files++;
            if (rule.maxCount() > 0 && files > rule.maxCount()) {
                throw new Refusal(GatewayError.TOO_MANY_FILES, "", "expected: at most " + rule.maxCount());
            }
            judge(part.content(), where);
        }
    }

    private static List<MultipartContent.Part> split(byte[] body, String boundary) {
        try {
            return MultipartContent.parts(body, boundary, MOST_PARTS);
        } catch (MultipartContent.Broken e) {
            throw new Refusal(Issue.of(ScreenError.NOT_ITS_TYPE, "body", "multipart, " + e.getMessage()));
        } catch (MultipartContent.TooMany e) {
            throw new Refusal(Issue.of(ScreenError.BEYOND_LIMIT, "body", "more than " + MOST_PARTS + " parts"));
        }
    }

    /** What says it is data is a file all the same when it is no text. */
    private static boolean isFile(byte[] content, boolean saysData) {
        return !saysData || content.length > 0 && !FileTypes.of(content).text();
    }

    private static boolean isData(String type) {
        return type.endsWith("json")
                || type.endsWith("xml") && !type.startsWith("image/")
                || type.equals("application/x-www-form-urlencoded")
                || type.contains("hl7-v2")
                || type.contains("er7")
                || type.equals("text/plain");
    }

    private void judge(byte[] file, String where) {
        if (rule.maxSize() > 0 && file.length > rule.maxSize()) {
            throw new Refusal(GatewayError.FILE_TOO_LARGE, where, "expected: at most " + rule.maxSize() + " bytes");
        }
        FileTypes.Found found = FileTypes.of(file);
        // All images are not those that are programs, as image/svg+xml is.
        String family =
                found.text() ? "" : found.type().substring(0, found.type().indexOf('/')) + "/*";
        if (!rule.types().contains(found.type()) && !rule.types().contains(family)) {
            throw new Refusal(
                    GatewayError.FILE_NOT_ALLOWED,
                    where,
                    "found: " + found.type() + " (expected: " + String.join(", ", rule.types()) + ")");
        }
        if (FileTypes.isTwo(file, found)) {
            throw new Refusal(GatewayError.FILE_OF_TWO_TYPES, where, "found: " + found.type() + " and another");
        }
    }
}
