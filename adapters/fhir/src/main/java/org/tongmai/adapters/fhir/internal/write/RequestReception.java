package org.tongmai.adapters.fhir.internal.write;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.adapters.fhir.FhirSettings;
import org.tongmai.standards.exchange.MessageKeys;
import org.tongmai.standards.exchange.ReceivedMessage;

/**
 * A request as it came in over HTTP, and what the journal finds it by.
 *
 * @param raw as it is kept
 * @param account who sent it
 * @param idempotencyKey header {@code Idempotency-Key}, or empty
 * @param requestId header {@code X-Request-ID}, or empty
 * @param source remote address and port
 * @param receivedAt when its last byte arrived
 */
record RequestReception(
        RawRequest raw, String account, String idempotencyKey, String requestId, String source, Instant receivedAt) {
    /** Data type of what the journal keeps. */
    static final String FORMAT = "fhir:request";

    private static final String FHIR_VERSION = "4.0.1";
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final int CHUNK = 16 << 10;
    /** The largest body in this time is half a megabyte a second. */
    private static final Duration LONGEST_BODY = Duration.ofSeconds(30);

    /** Reads the head; the body comes later. */
    static RequestReception of(HttpServletRequest request, String base) {
        Map<String, String> headers = new TreeMap<>(Map.of(RawRequest.BASE, base));
        for (String name : RawRequest.KEPT) {
            String value = request.getHeader(name);
            if (value != null && !name.equals(RawRequest.BASE)) {
                headers.put(name, value);
            }
        }
        String path = request.getPathInfo() == null ? "/" : request.getPathInfo();
        String query = request.getQueryString();
        String target = path + (query == null || query.isEmpty() ? "" : "?" + query);
        Principal who = request.getUserPrincipal();
        return new RequestReception(
                new RawRequest(request.getMethod(), target, headers, new byte[0]),
                who == null ? "" : who.getName(),
                number(request, "Idempotency-Key"),
                number(request, "X-Request-ID"),
                request.getRemoteAddr() + ":" + request.getRemotePort(),
                Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    /** The same with its body; no more of it is read than is allowed and has room, and for no longer. */
    RequestReception with(HttpServletRequest request, FhirSettings.Writing limits, BytesInProcess.Room room)
            throws IOException {
        InputStream in = request.getInputStream();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        long until = System.nanoTime() + LONGEST_BODY.toNanos();
        byte[] some = new byte[CHUNK];
        for (int count = in.read(some); count >= 0; count = in.read(some)) {
            room.more(count);
            body.write(some, 0, count);
            if (body.size() > limits.maxBytes()) {
                throw ChangeReader.refuse(FhirError.BODY_TOO_LARGE, "", "at most " + limits.maxBytes() + " bytes");
            }
            if (System.nanoTime() > until) {
                throw ChangeReader.refuse(FhirError.BODY_TOO_SLOW, "", "waited " + LONGEST_BODY);
            }
        }
        return with(
                new RawRequest(raw.method(), raw.target(), raw.headers(), body.toByteArray()),
                idempotencyKey,
                Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    /** An entry of a batch, which is journalled as a request of its own. */
    RequestReception entry(RawRequest entry, String controlId) {
        return with(entry, controlId, receivedAt);
    }

    private RequestReception with(RawRequest other, String key, Instant at) {
        return new RequestReception(other, account, key, requestId, source, at);
    }

    /**
     * The message the journal keeps.
     *
     * @param submission what it wants; null when it could not be read
     */
    ReceivedMessage message(Submission submission, StoredTypes types) {
        Submission.Envelope envelope = submission == null ? Submission.Envelope.NONE : submission.envelope();
        List<String> patients = submission == null ? List.of() : PatientKey.of(submission, types);
        MessageKeys keys = new MessageKeys(
                envelope.source().isEmpty() ? account : name(account + "|" + envelope.source()),
                name(envelope.destination()),
                controlId(envelope),
                submission == null ? unread() : name(submission.type()),
                FHIR_VERSION,
                patients.isEmpty() ? "" : patients.get(0),
                "",
                name(envelope.sentAt()),
                patients.isEmpty() ? List.of() : patients.subList(1, patients.size()));
        byte[] bytes = raw.bytes();
        return new ReceivedMessage(
                FORMAT,
                bytes,
                StandardCharsets.UTF_8,
                new String(bytes, StandardCharsets.UTF_8),
                keys,
                source,
                receivedAt,
                Varying.of(raw, bytes, submission));
    }

    /** What can not be read is called by its method; that of an entry may be anything. */
    private String unread() {
        return METHODS.contains(raw.method()) ? "request^" + raw.method() : "request";
    }

    /** The first there is of: the key for repeating, the Bundle's own number, the request's, one of ours. */
    String controlId(Submission.Envelope envelope) {
        if (!idempotencyKey.isEmpty()) {
            return idempotencyKey;
        }
        if (!envelope.controlId().isEmpty()) {
            return name(envelope.controlId());
        }
        return requestId.isEmpty() ? UUID.randomUUID().toString() : requestId;
    }

    private static String number(HttpServletRequest request, String header) {
        String value = request.getHeader(header);
        if (value == null) {
            return "";
        }
        if (!value.matches("[!-~]{1,128}")) {
            throw ChangeReader.refuse(FhirError.INVALID_REQUEST, header, "expected 1 to 128 visible ASCII characters");
        }
        return value;
    }

    /** A key field: without control characters. */
    private static String name(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
