package org.tongmai.routes.engine.gateway.convert;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;

/** Makes a file of the content of a call: its bytes, under a name of which the caller chooses nothing. */
public final class FileRequest implements Processor {
    /** Exchange property, {@link String}: the name of the file. */
    static final String NAME_PROPERTY = "CamelTongmaiServiceFile";

    private static final Pattern PLACE = Pattern.compile("\\{([a-z]*)}");
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_-][\\p{L}\\p{N}._{}-]{0,150}");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);
    private static final HttpCall NOTHING = new HttpCall("POST", "/", "", HttpFields.NONE, new byte[0], "");

    private String fileName = "{trace}.dat";

    @Override
    public void process(Exchange exchange) {
        HttpCall call = exchange.getMessage().getBody(HttpCall.class);
        Matcher places = PLACE.matcher(fileName);
        String name = places.replaceAll(place -> Matcher.quoteReplacement(value(place.group(1), call)));
        exchange.setProperty(NAME_PROPERTY, name);
        exchange.getMessage().setHeader(Exchange.FILE_NAME, name);
        exchange.getMessage().setBody(call.body());
    }

    private static String value(String place, HttpCall call) {
        return switch (place) {
            case "trace" -> said(call, "x-tongmai-trace");
            case "application" -> said(call, "x-tongmai-application");
            case "time" -> TIME.format(Instant.now());
            default -> throw new IllegalArgumentException("expected {trace}, {application} or {time}");
        };
    }

    /** These two fields only the gateway sets; nobody known has no name. */
    private static String said(HttpCall call, String field) {
        return call.fields().first(field).orElse("nobody");
    }

    /** @param fileName with {@code {trace}}, so that no call's file replaces another's, {@code {application}}, {@code {time}} */
    public void setFileName(String fileName) {
        PLACE.matcher(fileName).results().forEach(place -> value(place.group(1), NOTHING));
        if (!NAME.matcher(fileName.replaceFirst("^\\{", "")).matches() || !fileName.contains("{trace}")) {
            throw new IllegalArgumentException("expected a plain file name with {trace}");
        }
        this.fileName = fileName;
    }
}
