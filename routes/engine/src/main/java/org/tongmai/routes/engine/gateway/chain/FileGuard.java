package org.tongmai.routes.engine.gateway.chain;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.gateway.file.FileNames;
import org.tongmai.routes.engine.gateway.file.FileTypes;
import org.tongmai.routes.engine.gateway.request.MediaType;
import org.tongmai.routes.engine.gateway.request.MultipartContent;
import org.tongmai.routes.engine.gateway.request.ReadCall;
import org.tongmai.routes.engine.gateway.rules.ContentRule;
import org.tongmai.routes.engine.gateway.screen.ScreenError;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpContent;

/** Lets files pass that are of an allowed type by what their bytes are, named so, not too large, not too many (文件传输限制). */
final class FileGuard implements Guard {
    private static final int MOST_PARTS = 1_000;
    private static final Pattern PLAIN = Pattern.compile("(?i)|7bit|8bit|binary");

    private final ContentRule.Files rule;

    FileGuard(ContentRule.Files rule) {
        this.rule = rule;
    }

    @Override
    public void admit(Passage passage) {
        HttpCall call = passage.forwarded();
        HttpContent content = call.content();
        if (content.length() == 0) {
            return;
        }
        String type = MediaType.nameIn(passage.read().contentType());
        if (type.startsWith("multipart/")) {
            parts(passage.read());
        } else if (isFile(content, isData(type))) {
            judge(content, "body", call.fields().all("content-disposition"));
        }
    }

    private void parts(ReadCall call) {
        int files = 0;
        int number = 0;
        for (MultipartContent.Part part : split(call)) {
            number++;
            String where = "part " + number;
            if (!PLAIN.matcher(part.field("content-transfer-encoding")).matches()) {
                throw new Refused(GatewayError.FILE_NOT_ALLOWED, where, "found: content-transfer-encoding");
            }
            if (part.field("content-type").toLowerCase(Locale.ROOT).startsWith("multipart/")) {
                throw new Refused(GatewayError.FILE_NOT_ALLOWED, where, "found: parts in a part");
            }
            HttpContent content = HttpContent.of(part.content());
            if (!isFile(content, part.reading() == MultipartContent.Reading.VALUE)) {
                continue;
            }
            files++;
            if (rule.maxCount() > 0 && files > rule.maxCount()) {
                throw new Refused(GatewayError.TOO_MANY_FILES, "", "expected: at most " + rule.maxCount());
            }
            judge(content, where, List.of(part.field("content-disposition")));
        }
    }

    private static List<MultipartContent.Part> split(ReadCall call) {
        try {
            return call.parts(MOST_PARTS);
        } catch (MultipartContent.Broken e) {
            throw new Refused(Issue.of(ScreenError.NOT_ITS_TYPE, "body", "multipart, " + e.getMessage()));
        } catch (MultipartContent.TooMany e) {
            throw new Refused(Issue.of(ScreenError.BEYOND_LIMIT, "body", "more than " + MOST_PARTS + " parts"));
        }
    }

    /** What says it is data is a file all the same when it is no text. */
    private static boolean isFile(HttpContent content, boolean saysData) {
        return !saysData || content.length() > 0 && !FileTypes.isText(content);
    }

    private static boolean isData(String type) {
        return type.endsWith("json")
                || type.endsWith("xml") && !type.startsWith("image/")
                || type.equals("application/x-www-form-urlencoded")
                || type.contains("hl7-v2")
                || type.contains("er7")
                || type.equals("text/plain");
    }

    private void judge(HttpContent file, String where, List<String> dispositions) {
        if (rule.maxSize() > 0 && file.length() > rule.maxSize()) {
            throw new Refused(GatewayError.FILE_TOO_LARGE, where, "expected: at most " + rule.maxSize() + " bytes");
        }
        FileTypes.Found found = FileTypes.of(file);
        // All images are not those that are programs, as image/svg+xml is.
        String family =
                found.text() ? "" : found.type().substring(0, found.type().indexOf('/')) + "/*";
        if (!rule.types().contains(found.type()) && !rule.types().contains(family)) {
            throw new Refused(
                    GatewayError.FILE_NOT_ALLOWED,
                    where,
                    "found: " + found.type() + " (expected: " + String.join(", ", rule.types()) + ")");
        }
        for (String disposition : dispositions) {
            FileNames.wrong(disposition, found).ifPresent(wrong -> {
                throw new Refused(GatewayError.FILE_NAME_NOT_ALLOWED, where, "found: " + wrong);
            });
        }
        if (FileTypes.leavesFolder(file)) {
            throw new Refused(GatewayError.FILE_NAME_NOT_ALLOWED, where, "found: an entry outside of its archive");
        }
        if (FileTypes.isTwo(file, found)) {
            throw new Refused(GatewayError.FILE_OF_TWO_TYPES, where, "found: " + found.type() + " and another");
        }
    }
}
