package org.tongmai.routes.engine.gateway.convert;

import java.util.Locale;
import java.util.Set;
import org.tongmai.standards.exchange.HttpFields;

/** Which header fields of a call go on when its content becomes another, and which of an answer. */
final class ContentFields {
    /** What was said of the other form, or would have the answer come in one that can not be read. */
    private static final Set<String> OF_THE_FORM = Set.of(
            "soapaction",
            "accept",
            "accept-charset",
            "accept-encoding",
            "range",
            "if-match",
            "if-none-match",
            "if-modified-since",
            "if-unmodified-since");

    private ContentFields() {}

    static HttpFields ofCall(HttpFields fields) {
        return fields.only(name -> {
            String plain = name.toLowerCase(Locale.ROOT);
            return !plain.startsWith("content-") && !OF_THE_FORM.contains(plain);
        });
    }

    static HttpFields ofAnswer(HttpFields fields) {
        return fields.only(name -> {
            String plain = name.toLowerCase(Locale.ROOT);
            return !plain.startsWith("content-") && !plain.equals("etag") && !plain.equals("accept-ranges");
        });
    }
}
