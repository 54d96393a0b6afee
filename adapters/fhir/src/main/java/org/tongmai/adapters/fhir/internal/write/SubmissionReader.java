package org.tongmai.adapters.fhir.internal.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.adapters.fhir.FhirSettings;
import org.tongmai.adapters.fhir.internal.write.ChangeReader.Asked;
import org.tongmai.adapters.fhir.internal.write.ChangeReader.Line;
import org.tongmai.adapters.fhir.internal.write.Submission.Envelope;
import org.tongmai.adapters.fhir.internal.write.Submission.Kind;
import org.tongmai.standards.canonical.WriteRule;
import org.tongmai.standards.error.CodedException;

/** Reads requests into what they want to be written. Asks nothing of the store. */
final class SubmissionReader {
    /** The operation for messages (FHIR R4, MessageHeader-process-message). */
    static final String PROCESS_MESSAGE = "/$process-message";

    /** What the journal keeps of it, without the number of an entry. */
    private static final int LONGEST_NUMBER = 190;

    /** FHIR R4, datatypes, instant. */
    private static final Pattern INSTANT = Pattern.compile("[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
            + "T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]{1,12})?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])");

    private static final Pattern EVENT = Pattern.compile("[A-Za-z0-9_.\\-]{1,64}");

    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.\\-]*:[A-Za-z0-9_.~:/\\[\\]\\-]+");

    private final StoredTypes types;
    private final FhirSettings.Writing limits;
    private final BodyTree bodies;
    private final ChangeReader changes;

    SubmissionReader(StoredTypes types, FhirSettings.Writing limits) {
        this.types = types;
        this.limits = limits;
        this.bodies = new BodyTree(limits);
        this.changes = new ChangeReader(types, bodies);
    }

    /** The body of a request to the base address or to {@code $process-message}. */
    private ObjectNode bundle(RawRequest request, String wanted) {
        JsonNode body = bodies.read(request.body(), request.format());
        if (!(body instanceof ObjectNode bundle)
                || !bundle.path("resourceType").asText().equals("Bundle")) {
            throw refuse(FhirError.INVALID_REQUEST, "", "expected a Bundle");
        }
        if (!bundle.path("type").asText().matches(wanted)) {
            throw refuse(FhirError.INVALID_REQUEST, "Bundle.type", "expected " + wanted.replace("|", " or "));
        }
        int entries = bundle.path("entry").size();
        if (entries > limits.maxEntries()) {
            throw refuse(
                    FhirError.BODY_TOO_COSTLY,
                    "Bundle.entry",
                    "found " + entries + ", expected at most " + limits.maxEntries() + " entries");
        }
        return bundle;
    }

    /** Reads a request. */
    Submission read(RawRequest request) {
        if (request.path().equals(PROCESS_MESSAGE)) {
            return message(bundle(request, "message"), request.header(RawRequest.BASE));
        }
        if (request.path().equals("/")) {
            ObjectNode bundle = bundle(request, "transaction|batch");
            String base = request.header(RawRequest.BASE);
            return bundle.path("type").asText().equals("batch") ? batch(bundle, base) : transaction(bundle, base);
        }
        byte[] bytes = request.body();
        boolean bodyless = bytes.length == 0 && request.method().equals("DELETE");
        JsonNode body = bodyless ? null : bodies.read(bytes, request.format());
        Line line = new Line("", request.method(), request.target(), request.media(), body);
        Change change = changes.read(line, Asked.of(request::header), "");
        return new Submission(Kind.SINGLE, List.of(change), List.of(), Envelope.NONE, request.header(RawRequest.BASE));
    }

    private Submission batch(ObjectNode bundle, String base) {
        List<JsonNode> entries = new ArrayList<>();
        bundle.path("entry").forEach(entries::add);
        return new Submission(Kind.BATCH, List.of(), entries, envelope(bundle), base);
    }

    private Submission transaction(ObjectNode bundle, String base) {
        List<Change> read = new ArrayList<>();
        int index = 0;
        for (JsonNode entry : bundle.path("entry")) {
            String place = "Bundle.entry[" + index++ + "]";
            JsonNode request = entry.path("request");
            JsonNode resource = entry.get("resource");
            Line line = new Line(
                    place,
                    request.path("method").asText(),
                    address(request.path("url").asText(), base, place),
                    "",
                    resource);
            Asked asked = new Asked(
                    request.path("ifMatch").asText(),
                    request.path("ifNoneMatch").asText(),
                    request.path("ifNoneExist").asText());
            read.add(changes.read(line, asked, entry.path("fullUrl").asText()));
        }
        if (read.isEmpty()) {
            throw refuse(FhirError.INVALID_REQUEST, "Bundle.entry", "expected at least one entry");
        }
        return new Submission(Kind.TRANSACTION, read, List.of(), envelope(bundle), base);
    }

    /** An entry of a batch as a request of its own. */
    RawRequest entryOfBatch(JsonNode entry, String place, String base) {
        JsonNode request = entry.path("request");
        Map<String, String> headers = new TreeMap<>(Map.of(RawRequest.BASE, base));
        put(headers, RawRequest.IF_MATCH, request.path("ifMatch").asText());
        put(headers, RawRequest.IF_NONE_MATCH, request.path("ifNoneMatch").asText());
        put(headers, RawRequest.IF_NONE_EXIST, request.path("ifNoneExist").asText());
        JsonNode resource = entry.get("resource");
        byte[] body = resource == null ? new byte[0] : resource.toString().getBytes(StandardCharsets.UTF_8);
        headers.put(RawRequest.CONTENT_TYPE, "application/fhir+json");
        return new RawRequest(
                request.path("method").asText(),
                "/" + address(request.path("url").asText(), base, place),
                headers,
                body);
    }

    private Envelope envelope(ObjectNode bundle) {
        JsonNode identifier = bundle.path("identifier");
        String value = identifier.path("value").asText();
        String number = value.isEmpty() ? "" : identifier.path("system").asText() + "|" + value;
        if (number.length() > LONGEST_NUMBER) {
            throw refuse(
                    FhirError.INVALID_REQUEST,
                    "Bundle.identifier",
                    "expected system and value of at most " + LONGEST_NUMBER + " characters");
        }
        return new Envelope(number, timestamp(bundle), "", "", "", "");
    }

    /** What is no time would be left out of what makes two requests the same. */
    private static String timestamp(ObjectNode bundle) {
        String timestamp = bundle.path("timestamp").asText();
        if (bundle.has("timestamp") && !isInstant(timestamp)) {
            throw refuse(FhirError.INVALID_REQUEST, "Bundle.timestamp", "expected an instant");
        }
        return timestamp;
    }

    static boolean isInstant(String text) {
        return INSTANT.matcher(text).matches();
    }

    private Submission message(ObjectNode bundle, String base) {
        JsonNode header = bundle.path("entry").path(0).path("resource");
        if (!header.path("resourceType").asText().equals("MessageHeader")) {
            throw refuse(FhirError.INVALID_REQUEST, "Bundle.entry[0].resource", "expected a MessageHeader first");
        }
        if (header.path("id").asText().isEmpty()) {
            throw refuse(FhirError.INVALID_REQUEST, "Bundle.entry[0].resource.id", "expected the message's id");
        }
        String event = event(header);
        Envelope envelope = new Envelope(
                header.path("id").asText(),
                timestamp(bundle),
                header.at("/eventCoding/system").asText(),
                event,
                endpoint(header, "source", "/source/endpoint"),
                endpoint(header, "destination[0]", "/destination/0/endpoint"),
                (ObjectNode) header);
        List<Change> read = new ArrayList<>();
        for (int i = 1; i < bundle.path("entry").size(); i++) {
            read.add(focus(bundle.path("entry").path(i), "Bundle.entry[" + i + "]"));
        }
        if (read.isEmpty()) {
            throw refuse(FhirError.INVALID_REQUEST, "Bundle.entry", "expected what the message is about");
        }
        return new Submission(Kind.MESSAGE, read, List.of(), envelope, base);
    }

    /** What the journal shows to everybody who watches it names no patient. */
    private static String event(JsonNode header) {
        String code = header.at("/eventCoding/code").asText();
        if (code.isEmpty()) {
            return address(header.path("eventUri").asText(), "eventUri");
        }
        if (!EVENT.matcher(code).matches()) {
            throw refuse(
                    FhirError.INVALID_REQUEST,
                    "Bundle.entry[0].resource.eventCoding.code",
                    "expected 1 to 64 letters, digits and _ . -");
        }
        return code;
    }

    private static String endpoint(JsonNode header, String element, String pointer) {
        return address(header.at(pointer).asText(), element + ".endpoint");
    }

    /** An absolute address of a system: without what may name a person in it (RFC 3986, userinfo and query). */
    private static String address(String text, String element) {
        if (!text.isEmpty()
                && (text.length() > LONGEST_NUMBER || !ADDRESS.matcher(text).matches())) {
            throw refuse(
                    FhirError.INVALID_REQUEST,
                    "Bundle.entry[0].resource." + element,
                    "expected a URI without userinfo, query and fragment");
        }
        return text;
    }

    /** What a message says of a resource is laid over what is known of it, as with HL7 v2. */
    private Change focus(JsonNode entry, String place) {
        if (!(entry.path("resource") instanceof ObjectNode resource)) {
            throw refuse(FhirError.INVALID_REQUEST, place + ".resource", "expected a resource");
        }
        String type = resource.path("resourceType").asText();
        if (!types.contains(type)) {
            throw refuse(FhirError.UNKNOWN_TYPE, place + ".resource", "metadata lists the types");
        }
        return new Change(
                place,
                Change.Verb.CREATE,
                type,
                "",
                "",
                new Change.Conditions(WriteRule.ANY, ""),
                name(entry, type, resource.path("id").asText()),
                resource,
                null);
    }

    /** What other entries call it: by its fullUrl, else by the sender's own id. */
    private static String name(JsonNode entry, String type, String id) {
        String fullUrl = entry.path("fullUrl").asText();
        return fullUrl.isEmpty() && !id.isEmpty() ? type + "/" + id : fullUrl;
    }

    /** An address below the base address; one on another server is refused. */
    private static String address(String url, String base, String place) {
        String below = !base.isEmpty() && url.startsWith(base + "/") ? url.substring(base.length() + 1) : url;
        // Without a type it would be the base address again: a batch in a batch.
        if (below.isEmpty()
                || below.startsWith("?")
                || below.startsWith("$")
                || below.contains("://") && !below.contains("?")
                || below.startsWith("//")) {
            throw refuse(
                    FhirError.INVALID_REQUEST, place + ".request.url", "expected an address below the base address");
        }
        return below;
    }

    private static void put(Map<String, String> headers, String name, String value) {
        if (!value.isEmpty()) {
            headers.put(name, value);
        }
    }

    private static CodedException refuse(FhirError error, String location, String detail) {
        return ChangeReader.refuse(error, location, detail);
    }
}
