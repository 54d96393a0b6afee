package org.tongmai.routes.engine.gateway.screen.internal.body;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.tongmai.routes.engine.gateway.request.FieldParameter;
import org.tongmai.routes.engine.gateway.request.MultipartContent;
import org.tongmai.routes.engine.gateway.screen.Place;
import org.tongmai.routes.engine.gateway.screen.ScreenError;
import org.tongmai.routes.engine.gateway.screen.internal.Field;
import org.tongmai.routes.engine.gateway.screen.internal.Inspection;
import org.tongmai.routes.engine.gateway.screen.internal.Refused;
import org.tongmai.routes.engine.gateway.screen.internal.value.Utf8;

/** Multipart bodies (RFC 2046 5.1, RFC 7578): names, file names, other header fields and contents of the parts. */
final class MultipartReader {
    private static final Pattern PLAIN = Pattern.compile("(?i)|7bit|8bit|binary");
    private static final Set<String> OF_THE_CONTENT =
            Set.of("content-disposition", "content-type", "content-transfer-encoding");

    private MultipartReader() {}

    /** Splits a content, or has it split. */
    @FunctionalInterface
    interface Splitting {
        List<MultipartContent.Part> parts(int most) throws MultipartContent.Broken, MultipartContent.TooMany;
    }

    static void read(Splitting content, Inspection inspection) throws Refused {
        try {
            for (MultipartContent.Part part : content.parts(inspection.limits().parts())) {
                part(part, inspection);
            }
        } catch (MultipartContent.Broken e) {
            throw new Refused(ScreenError.NOT_ITS_TYPE, Place.of(Place.Kind.BODY), "multipart, " + e.getMessage());
        } catch (MultipartContent.TooMany e) {
            throw new Refused(
                    ScreenError.BEYOND_LIMIT,
                    Place.of(Place.Kind.PART),
                    "more than " + inspection.limits().parts() + " parts");
        }
    }

    private static void part(MultipartContent.Part part, Inspection inspection) throws Refused {
        if (!PLAIN.matcher(part.field("content-transfer-encoding")).matches()) {
            throw new Refused(ScreenError.ENCODING_UNKNOWN, Place.of(Place.Kind.PART), "content-transfer-encoding");
        }
        if (MultipartContent.isAmbiguous(part.field("content-type"))) {
            throw new Refused(ScreenError.NOT_ITS_TYPE, Place.of(Place.Kind.PART), "content-type, two readings");
        }
        for (String name : part.fields().keySet()) {
            if (!OF_THE_CONTENT.contains(name)) {
                Inspection.Spot spot = () -> new Place(Place.Kind.PART, name);
                inspection.name(name, spot);
                inspection.value(field(part, name), new Field("", spot));
            }
        }
        Content content = Content.of(field(part, "content-type"), part.content());
        if (content.isMultipart()) { // each level would be one more copy of the innermost
            throw new Refused(ScreenError.BEYOND_LIMIT, Place.of(Place.Kind.PART), "parts in a part");
        }
        content(part, content, inspection);
    }

    private static String field(MultipartContent.Part part, String name) {
        byte[] bytes = part.field(name).getBytes(StandardCharsets.ISO_8859_1);
        return Utf8.lenient(bytes, bytes.length);
    }

    private static void content(MultipartContent.Part part, Content content, Inspection inspection) throws Refused {
        String disposition = field(part, "content-disposition");
        String name = FieldParameter.of(disposition, "name");
        Inspection.Spot spot = () -> new Place(Place.Kind.PART, name);
        inspection.name(name, spot);
        String extended = FieldParameter.of(disposition, "filename*");
        inspection.value(Parameters.decode(extended), new Field("filename", spot));
        inspection.value(FieldParameter.of(disposition, "filename"), new Field("filename", spot));
        // What is a value to some services is judged as one: of a file only what it shows is.
        if (part.reading() == MultipartContent.Reading.FILE) {
            Bodies.readFile(content, inspection);
        } else {
            Bodies.readValue(content, new Field(name, spot), inspection);
        }
    }
}
