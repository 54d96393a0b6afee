package org.tongmai.routes.engine.gateway.chain;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.gateway.request.MediaType;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpContent;

/**
 * Refuses a POST that wants to be another method by a parameter: Rails, Laravel, Symfony and Spring's HiddenHttpMethodFilter do
 * as {@code _method} says, others as a parameter named like the header field X-HTTP-Method-Override.
 */
final class MethodGuard implements Guard {
    private static final String NAME = "_method|_httpmethod|\\$method|x-http-method(?:-override)?|x-method-override";
    private static final Pattern PARAMETER = Pattern.compile("(?i)(?:^|[&;?])(?:" + NAME + ")(?:\\[\\])?=([^&;]*)");
    /** In the header of a part, in a line that says it is form-data. */
    private static final Pattern PART = Pattern.compile("(?i)\\bname *= *\"?(?:" + NAME + ")\"? *[;\\r\\n]");

    private static final int LONGEST_LINE = 300;
    private static final String BLANK_LINE = "\r\n\r\n";
    private static final int BEGINNING = 64 * 1024;

    private final Set<String> offered;

    /** @param offered the methods of the service */
    MethodGuard(Collection<String> offered) {
        this.offered = Set.copyOf(offered);
    }

    @Override
    public void admit(Passage passage) {
        HttpCall call = passage.forwarded();
        if (!call.method().equals("POST")) {
            return;
        }
        judge(PARAMETER, decoded(call.query()), "query");
        String type = MediaType.nameIn(passage.read().contentType());
        if (type.equals("application/x-www-form-urlencoded")) {
            judge(PARAMETER, decoded(text(call)), "form");
        } else if (type.startsWith("multipart/")) {
            parts(text(call));
        }
    }

    /** The value of a part is what stands behind its blank line. */
    private void parts(String text) {
        Matcher found = PART.matcher(text);
        for (int at = 0; found.find(at); ) {
            at = found.end() - 1;
            if (isDisposition(text, found.start())) {
                int blank = text.indexOf(BLANK_LINE, at);
                at = blank < 0 ? text.length() : blank + BLANK_LINE.length();
                int end = text.indexOf('\r', at);
                requireOffered(text.substring(at, end < 0 ? text.length() : end), "form");
            }
        }
    }

    private static boolean isDisposition(String text, int name) {
        String before = text.substring(Math.max(0, name - LONGEST_LINE), name);
        String line = before.substring(before.lastIndexOf('\n') + 1);
        return line.toLowerCase(Locale.ROOT).contains("form-data");
    }

    private void judge(Pattern where, String text, String part) {
        Matcher found = where.matcher(text);
        while (found.find()) {
            requireOffered(found.group(1), part);
        }
    }

    private void requireOffered(String method, String part) {
        if (!offered.contains(method.strip().toUpperCase(Locale.ROOT))) {
            throw new Refused(GatewayError.METHOD_NOT_OFFERED, part, "found: a parameter that names another method");
        }
    }

    /** Of one that is not held in memory its beginning, as frameworks look for the parameter there. */
    private static String text(HttpCall call) {
        HttpContent content = call.content();
        return new String(content.isHeld() ? content.bytes() : content.read(0, BEGINNING), StandardCharsets.ISO_8859_1);
    }

    /** Of a name the characters that are ASCII are enough. */
    private static String decoded(String written) {
        if (written.indexOf('%') < 0) {
            return written;
        }
        StringBuilder text = new StringBuilder(written.length());
        for (int i = 0; i < written.length(); i++) {
            boolean isEncoded = written.charAt(i) == '%' && i + 2 < written.length();
            int high = isEncoded ? Character.digit(written.charAt(i + 1), 16) : -1;
            int low = isEncoded ? Character.digit(written.charAt(i + 2), 16) : -1;
            boolean isByte = high >= 0 && low >= 0;
            text.append(isByte ? (char) (high << 4 | low) : written.charAt(i));
            i += isByte ? 2 : 0;
        }
        return text.toString();
    }
}
