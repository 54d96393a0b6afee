package org.tongmai.routes.engine.gateway.screen.internal.body;

import org.tongmai.routes.engine.gateway.request.ReadCall;
import org.tongmai.routes.engine.gateway.screen.Place;
import org.tongmai.routes.engine.gateway.screen.ScreenError;
import org.tongmai.routes.engine.gateway.screen.internal.Field;
import org.tongmai.routes.engine.gateway.screen.internal.Inspection;
import org.tongmai.routes.engine.gateway.screen.internal.Refused;
import org.tongmai.standards.exchange.HttpContent;

/** Chooses how a body is read: by its type, and where that says nothing by what it looks like. */
public final class Bodies {
    private static final Inspection.Spot BODY = () -> Place.of(Place.Kind.BODY);
    private static final Inspection.Spot TEXT = () -> Place.of(Place.Kind.TEXT);
    private static final String FORM = "application/x-www-form-urlencoded";
    /** How much of a body says whether it is text. */
    private static final int SAMPLE = 4096;

    private Bodies() {}

    /** Reads a body as what its content type declares. */
    public static void read(ReadCall call, Inspection inspection) throws Refused {
        HttpContent all = call.call().content();
        if (!all.isHeld()) {
            requireOpaque(Content.of(call.contentType(), all.read(0, SAMPLE)));
            return;
        }
        Content content = Content.of(call.contentType(), all.bytes());
        if (content.isMultipart()) {
            MultipartReader.read(call::parts, inspection);
        } else {
            read(content, inspection);
        }
    }

    /** One that is too large to be held passes where nothing of it would be looked into if it were, and nowhere else. */
    private static void requireOpaque(Content head) throws Refused {
        if (saysItsForm(head) || isText(head.bytes()) || Nested.begins(head.text())) {
            throw new Refused(ScreenError.BEYOND_LIMIT, Place.of(Place.Kind.BODY), "larger than is held in memory");
        }
    }

    private static boolean saysItsForm(Content content) {
        String type = content.type();
        return isJson(type)
                || isXml(type)
                || type.equals(FORM)
                || content.isMultipart()
                || isEr7(type)
                || type.startsWith("text/");
    }

    private static boolean isJson(String type) {
        return type.endsWith("json") || type.endsWith("json5");
    }

    private static boolean isXml(String type) {
        return type.endsWith("/xml") || type.endsWith("+xml");
    }

    private static boolean isEr7(String type) {
        return type.contains("hl7-v2") || type.contains("er7");
    }

    private static void read(Content content, Inspection inspection) throws Refused {
        String type = content.type();
        if (isJson(type)) {
            JsonReader.read(content, inspection);
        } else if (isXml(type)) {
            new XmlReader(inspection).read(content);
        } else {
            read(content, content.text(), inspection);
        }
        if (content.hasOtherReading()) {
            readOtherwise(content, content.otherText(), inspection);
        }
    }

    private static void read(Content content, String text, Inspection inspection) throws Refused {
        String type = content.type();
        if (type.equals(FORM)) {
            Parameters.read(text, Place.Kind.FORM, inspection);
            // Libraries say so of whatever they send, and services look at what came.
            inspection.inside(text, inspection.kind(""), BODY);
        } else if (isEr7(type) || Er7Reader.isMessage(text, Nested.first(text))) {
            Er7Reader.read(text, inspection);
        } else if (type.startsWith("text/")) {
            inspection.value(text, new Field("", TEXT));
            if (type.equals("text/csv")) {
                Lists.csv(text, TEXT, inspection);
            }
        } else {
            undeclared(content, text, inspection);
        }
    }

    /** What is found until it can not be read further: in a character set that is not its own it need not have its form. */
    private static void readOtherwise(Content content, String text, Inspection inspection) throws Refused {
        if (isJson(content.type())) {
            JsonReader.readNested(text, inspection);
        } else if (isXml(content.type())) {
            new XmlReader(inspection).readOtherwise(text);
        } else {
            read(content, text, inspection);
        }
    }

    /** A type that says nothing of the content: applications look at the content, so it is looked at here. */
    private static void undeclared(Content content, String text, Inspection inspection) throws Refused {
        if (!isText(content.bytes())) {
            inspection.inside(text, inspection.kind(""), BODY); // one control in it does not keep all readers from it
            return;
        }
        String start = text.substring(Nested.first(text));
        if (start.startsWith("{") || start.startsWith("[")) {
            JsonReader.readNested(start, inspection);
        } else if (start.startsWith("<")) {
            new XmlReader(inspection).read(content);
        } else if (start.indexOf('=') > 0 && start.strip().indexOf('\n') < 0) {
            Parameters.read(text, Place.Kind.FORM, inspection);
        }
        inspection.whole(text, new Field("", BODY));
    }

    private static boolean isText(byte[] bytes) {
        for (int i = 0; i < bytes.length && i < SAMPLE; i++) {
            byte b = bytes[i];
            if (b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != 0x0B && b != 0x0C && b != 0x1C) {
                return false;
            }
        }
        return true;
    }

    /** Reads a part that is a value, whatever its bytes are: a parameter is one for those who do not mind its type. */
    static void readValue(Content content, Field field, Inspection inspection) throws Refused {
        boolean text = isText(content.bytes());
        boolean plain = content.type().isEmpty() || content.type().equals("text/plain");
        if (!plain && (text || saysItsForm(content))) {
            read(content, inspection);
        }
        if (plain || !text) {
            inspection.value(content.text(), field);
            if (content.hasOtherReading()) {
                inspection.value(content.otherText(), field);
            }
        }
    }

    /** Reads a part that is a file: it is shown to people and not put into statements. */
    static void readFile(Content content, Inspection inspection) throws Refused {
        boolean page = content.type().contains("html") || content.type().contains("svg");
        if (page || isText(content.bytes())) {
            inspection.file(content.text(), BODY);
            if (content.hasOtherReading()) {
                inspection.file(content.otherText(), BODY);
            }
        }
    }
}
