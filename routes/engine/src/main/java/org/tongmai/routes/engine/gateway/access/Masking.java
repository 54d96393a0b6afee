package org.tongmai.routes.engine.gateway.access;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tongmai.routes.engine.gateway.request.MediaType;
import org.tongmai.routes.engine.gateway.request.MultipartContent;
import org.tongmai.standards.error.PlainName;

/**
 * Makes of a content what the access log may hold (脱敏): names, the values of names that are shown, and of all other values an
 * asterisk and how many characters they have. Of a truth value or null the length would be the value: an asterisk alone. Names
 * that could themselves be a value (an identifier as the key of a map) are masked too. A content that is cut, or not what its
 * type says, is written as far as it can be read.
 */
final class Masking {
    private static final int LONGEST_SHOWN = 256;
    private static final int MOST_PARTS = 100;
    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern PART_NAME = Pattern.compile("(?i)\\bname\\s*=\\s*\"([^\"]*)\"");

    private final Set<String> shown;

    Masking(Set<String> shown) {
        this.shown = shown;
    }

    /** What is written of a value. */
    String value(String name, String value) {
        if (shown.contains(name)) {
            return value.length() > LONGEST_SHOWN ? value.substring(0, LONGEST_SHOWN) + '…' : value;
        }
        return "*" + value.length();
    }

    /** What is written of a name. */
    String name(String name) {
        return shown.contains(name) ? name : PlainName.of(name);
    }

    /** The variables of a path. */
    String path(String template, String path) {
        String[] names = template.split("/", -1);
        String[] values = path.split("/", -1);
        return list(json -> {
            for (int i = 0; i < names.length && i < values.length; i++) {
                if (names[i].startsWith("{")) {
                    pair(json, names[i].substring(1, names[i].length() - 1), decoded(values[i]));
                } else if (names[i].equals("**")) {
                    pair(
                            json,
                            "**",
                            path.substring(String.join("/", java.util.Arrays.copyOf(values, i))
                                    .length()));
                }
            }
        });
    }

    /** A query or a form. */
    String pairs(String text) {
        return list(json -> {
            for (String each : text.isEmpty() ? new String[0] : text.split("&")) {
                int equals = each.indexOf('=');
                String name = decoded(equals < 0 ? each : each.substring(0, equals));
                pair(json, name, equals < 0 ? "" : decoded(each.substring(equals + 1)));
            }
        });
    }

    /** A content of a media type, or the begin of one. */
    String content(String contentType, byte[] bytes) {
        String type = MediaType.nameIn(contentType);
        if (type.endsWith("json")) {
            return json(bytes);
        }
        if (type.equals("application/x-www-form-urlencoded")) {
            return pairs(new String(bytes, StandardCharsets.UTF_8));
        }
        if (type.endsWith("/xml") || type.endsWith("+xml")) {
            return list(json -> new MaskedXml(this, json).read(bytes));
        }
        if (type.startsWith("multipart/")) {
            return multipart(bytes, MultipartContent.boundary(contentType));
        }
        return "\"*" + bytes.length + '"';
    }

    private String multipart(byte[] bytes, String boundary) {
        return list(json -> {
            try {
                for (MultipartContent.Part part : MultipartContent.parts(bytes, boundary, MOST_PARTS)) {
                    byte[] disposition = part.field("content-disposition").getBytes(StandardCharsets.ISO_8859_1);
                    String said = new String(disposition, StandardCharsets.UTF_8);
                    Matcher name = PART_NAME.matcher(said);
                    if (part.reading() != MultipartContent.Reading.VALUE) {
                        json.writeStartObject();
                        json.writeStringField("file", "*" + part.content().length);
                        json.writeEndObject();
                    } else {
                        pair(
                                json,
                                name.find() ? name.group(1) : "",
                                new String(part.content(), StandardCharsets.UTF_8));
                    }
                }
            } catch (MultipartContent.Broken | MultipartContent.TooMany e) {
                json.writeString("*" + bytes.length);
            }
        });
    }

    /** What writes the items of a list. */
    private interface Items {
        void write(JsonGenerator json) throws IOException;
    }

    private static String list(Items items) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            items.write(json);
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    void pair(JsonGenerator json, String name, String value) throws IOException {
        json.writeStartObject();
        json.writeStringField(name(name), value(name, value));
        json.writeEndObject();
    }

    /** An attribute, under {@code element@attribute}. */
    void attribute(JsonGenerator json, String element, String name, String value) throws IOException {
        String both = element + '@' + name;
        json.writeStartObject();
        json.writeStringField(shown.contains(both) ? both : name(element) + '@' + name(name), value(both, value));
        json.writeEndObject();
    }

    /** Closes what is open when the content ends early: {@link JsonGenerator} does so by itself. */
    private String json(byte[] bytes) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text);
                JsonParser in = JSON.createParser(bytes)) {
            copyWhatCanBeRead(in, json);
            if (json.getOutputContext().inRoot() && json.getOutputContext().getEntryCount() == 0) {
                json.writeString("*" + bytes.length);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void copyWhatCanBeRead(JsonParser in, JsonGenerator json) {
        try {
            copy(in, json);
        } catch (IOException endsEarly) {
            return; // what was read until there is written
        }
    }

    private void copy(JsonParser in, JsonGenerator json) throws IOException {
        String pending = null;
        for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
            if (token == JsonToken.FIELD_NAME) {
                pending = in.currentName();
                continue;
            }
            String value = token.isScalarValue() ? in.getText() : null; // before its name is written: it may be cut
            if (pending != null) {
                json.writeFieldName(name(pending));
                pending = null;
            }
            switch (token) {
                case START_OBJECT -> json.writeStartObject();
                case START_ARRAY -> json.writeStartArray();
                case END_OBJECT -> json.writeEndObject();
                case END_ARRAY -> json.writeEndArray();
                default -> json.writeString(scalar(token, nameAround(in), value));
            }
            if (json.getOutputContext().inRoot()) {
                return;
            }
        }
    }

    private String scalar(JsonToken token, String name, String value) {
        boolean telling = token.isBoolean() || token == JsonToken.VALUE_NULL;
        return telling && !shown.contains(name) ? "*" : value(name, value);
    }

    /** The name of the member a value is of, or the array it is in. */
    private static String nameAround(JsonParser in) {
        JsonStreamContext context = in.getParsingContext();
        while (context.inArray()) {
            context = context.getParent();
        }
        return context.getCurrentName() == null ? "" : context.getCurrentName();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
