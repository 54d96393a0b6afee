package org.tongmai.routes.engine.gateway.screen.internal.body;

import org.tongmai.routes.engine.gateway.file.MultipartContent;
import org.tongmai.routes.engine.gateway.screen.Place;
import org.tongmai.routes.engine.gateway.screen.ScreenError;
import org.tongmai.routes.engine.gateway.screen.internal.Field;
import org.tongmai.routes.engine.gateway.screen.internal.Inspection;
import org.tongmai.routes.engine.gateway.screen.internal.Refused;
import org.tongmai.routes.engine.gateway.screen.internal.value.Utf8;

/** Multipart bodies (RFC 2046 5.1, RFC 7578): names, file names and contents of the parts. */
final class MultipartReader {
    private MultipartReader() {}

    static void read(Content content, Inspection inspection) throws Refused {
        try {
            for (MultipartContent.Part part : MultipartContent.parts(
                    content.bytes(), content.boundary(), inspection.limits().parts())) {
                headers(Utf8.lenient(part.fields(), part.fields().length), part.content(), inspection);
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

    private static void headers(String lines, byte[] content, Inspection inspection) throws Refused {
        String disposition = "";
        String type = "";
        for (String line : lines.split("\r\n(?![ \t])")) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).strip();
            String value = line.substring(colon + 1).replace("\r\n", " ").strip();
            disposition = name.equalsIgnoreCase("content-disposition") ? value : disposition;
            type = name.equalsIgnoreCase("content-type") ? value : type;
            if (name.equalsIgnoreCase("content-transfer-encoding") && !value.matches("(?i)7bit|8bit|binary")) {
                throw new Refused(ScreenError.ENCODING_UNKNOWN, Place.of(Place.Kind.PART), "content-transfer-encoding");
            }
        }
        content(disposition, Content.of(type, content), inspection);
    }

    private static void content(String disposition, Content content, Inspection inspection) throws Refused {
        String name = Content.parameter(disposition, "name");
        Inspection.Spot spot = () -> new Place(Place.Kind.PART, name);
        inspection.name(name, spot);
        String file = Content.parameter(disposition, "filename");
        String extended = Content.parameter(disposition, "filename*");
        inspection.value(Parameters.decode(extended), new Field("filename", spot));
        inspection.value(file, new Field("filename", spot));
        boolean isFile = !file.isEmpty() || !extended.isEmpty();
        if (!isFile && content.type().isEmpty() || content.type().equals("text/plain") && !isFile) {
            inspection.value(content.text(), new Field(name, spot));
        } else {
            Bodies.readPart(content, isFile, inspection);
        }
    }
}
