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
    /** The header of a part; whatever its value, no form asks for POST that way. */
    private static final Pattern PART =
            Pattern.compile("(?i)form-data[^\\r\\n]{0,200}?\\bname *= *\"?(?:" + NAME + ")\"? *[;\\r\\n]");

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
            if (PART.matcher(text(call)).find()) {
                throw refused("form");
            }
        }
    }

    private void judge(Pattern where, String text, String part) {
        Matcher found = where.matcher(text);
        while (found.find()) {
            if (!offered.contains(found.group(1).strip().toUpperCase(Locale.ROOT))) {
                throw refused(part);
            }
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

    private static Refused refused(String part) {
        return new Refused(GatewayError.METHOD_NOT_OFFERED, part, "found: a parameter that names another method");
    }
}
