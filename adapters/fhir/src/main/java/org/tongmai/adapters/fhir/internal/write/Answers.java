package org.tongmai.adapters.fhir.internal.write;

import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.UriType;
import org.tongmai.adapters.fhir.internal.Outcomes;
import org.tongmai.adapters.fhir.internal.write.Feed.Fate;
import org.tongmai.adapters.fhir.internal.write.Feed.Sending;
import org.tongmai.standards.canonical.CanonicalRepository;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.canonical.FhirR4;
import org.tongmai.standards.canonical.ResourceVersion;
import org.tongmai.standards.canonical.WriteRule;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.exchange.StoredMessages;
import org.tongmai.standards.exchange.StoredMessages.StoredMessage;

/** Says what became of requests: what the commit stored, the same when the request comes again. */
final class Answers {
    /** RFC 9110, section 5.6.7: two digits of the day, which Java's own RFC 1123 does not write. */
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

    private final StoredMessages messages;
    private final CanonicalRepository repository;

    Answers(StoredMessages messages, CanonicalRepository repository) {
        this.messages = messages;
        this.repository = repository;
    }

    /** A version that a change led to, and whether the change made it the first. */
    private record Written(ResourceVersion version, CanonicalResource resource, boolean created) {
        String location() {
            return version.reference() + "/_history/" + version.version();
        }

        String tag() {
            return "W/\"" + version.version() + "\"";
        }

        Instant lastUpdated() {
            return Instant.parse(
                    resource.content().path("meta").path("lastUpdated").asText());
        }
    }

    void single(Sending sending, Fate fate, Answering answering) throws IOException {
        if (!fate.outcome().positive()) {
            answering.write(status(sending, fate), Outcomes.of(fate.outcome().issues()));
            return;
        }
        Optional<Written> found = written(sending, fate).stream().findFirst();
        if (found.isEmpty()) {
            answering.write(200, done(fate));
            return;
        }
        Written written = found.get();
        answering.header("Location", answering.base() + "/" + written.location());
        answering.header("ETag", written.tag());
        answering.header("Last-Modified", HTTP_DATE.format(written.lastUpdated().atOffset(ZoneOffset.UTC)));
        answering.write(
                written.created() ? 201 : 200,
                switch (answering.prefer()) {
                    case MINIMAL -> null;
                    case OPERATION_OUTCOME -> done(fate);
                    case REPRESENTATION, UNSAID -> resource(written);
                });
    }

    void transaction(Sending sending, Fate fate, Answering answering) throws IOException {
        if (!fate.outcome().positive()) {
            answering.write(status(sending, fate), Outcomes.of(fate.outcome().issues()));
            return;
        }
        Bundle bundle = bundle(Bundle.BundleType.TRANSACTIONRESPONSE);
        for (Written written : written(sending, fate)) {
            entry(bundle, written, fate, answering);
        }
        answering.write(200, bundle);
    }

    void batch(List<Sending> sendings, List<Fate> fates, Answering answering) throws IOException {
        Bundle bundle = bundle(Bundle.BundleType.BATCHRESPONSE);
        for (int i = 0; i < fates.size(); i++) {
            Fate fate = fates.get(i);
            Optional<Written> found = fate.outcome().positive()
                    ? written(sendings.get(i), fate).stream().findFirst()
                    : Optional.empty();
            if (found.isPresent()) {
                entry(bundle, found.get(), fate, answering);
            } else {
                int status = fate.outcome().positive() ? 200 : status(sendings.get(i), fate);
                bundle.addEntry()
                        .getResponse()
                        .setStatus(Integer.toString(status))
                        .setOutcome(done(fate));
            }
        }
        answering.write(200, bundle);
    }

    /** A message answers a message (FHIR R4, messaging); its status says the same to who looks at that only. */
    void message(Sending sending, Fate fate, Answering answering) throws IOException {
        Outcome outcome = fate.outcome();
        if (sending.submission() == null) {
            answering.write(status(sending, fate), Outcomes.of(outcome.issues()));
            return;
        }
        Submission.Envelope request = sending.submission().envelope();
        Bundle bundle = bundle(Bundle.BundleType.MESSAGE);
        bundle.setTimestamp(new Date());
        OperationOutcome details = done(fate);
        details.setId(UUID.randomUUID().toString());
        MessageHeader header = new MessageHeader();
        header.setId(UUID.randomUUID().toString());
        header.setEvent(
                request.eventSystem().isEmpty()
                        ? new UriType(request.event())
                        : new Coding(request.eventSystem(), request.event(), null));
        header.getSource().setName("Tongmai").setEndpoint(answering.base() + SubmissionReader.PROCESS_MESSAGE);
        header.addDestination().setEndpoint(request.source());
        header.getResponse()
                .setIdentifier(request.controlId())
                .setCode(responseCode(outcome))
                .setDetails(new Reference("urn:uuid:" + details.getIdPart()));
        bundle.addEntry().setFullUrl("urn:uuid:" + header.getIdPart()).setResource(header);
        bundle.addEntry().setFullUrl("urn:uuid:" + details.getIdPart()).setResource(details);
        for (Written written : outcome.positive() ? written(sending, fate) : List.<Written>of()) {
            header.addFocus(new Reference(written.location()));
        }
        answering.write(status(sending, fate), bundle);
    }

    private static MessageHeader.ResponseType responseCode(Outcome outcome) {
        if (outcome.positive()) {
            return MessageHeader.ResponseType.OK;
        }
        return outcome.issues().get(0).code().retryable()
                ? MessageHeader.ResponseType.TRANSIENTERROR
                : MessageHeader.ResponseType.FATALERROR;
    }

    private void entry(Bundle bundle, Written written, Fate fate, Answering answering) {
        Bundle.BundleEntryComponent entry = bundle.addEntry();
        entry.setFullUrl(answering.base() + "/" + written.version().reference());
        entry.getResponse()
                .setStatus(written.created() ? "201 Created" : "200 OK")
                .setLocation(written.location())
                .setEtag(written.tag())
                .setLastModified(Date.from(written.lastUpdated()));
        switch (answering.prefer()) {
            case REPRESENTATION -> entry.setResource(resource(written));
            case OPERATION_OUTCOME -> entry.getResponse().setOutcome(done(fate));
            case MINIMAL, UNSAID -> {
                // Where it is says enough.
            }
        }
    }

    /** What the message stored, in the order of its changes. */
    private List<Written> written(Sending sending, Fate fate) {
        Optional<StoredMessage> message = messages.stored(fate.outcome().messageId());
        if (message.isEmpty()) {
            return List.of();
        }
        List<ResourceVersion> versions = message.get().resources();
        Map<ResourceVersion, CanonicalResource> contents = repository.readVersions(versions);
        boolean first = fate.outcome().disposition() == Outcome.Disposition.PROCESSED;
        List<Written> written = new ArrayList<>(versions.size());
        for (int i = 0; i < versions.size(); i++) {
            ResourceVersion version = versions.get(i);
            Written next = new Written(version, contents.get(version), false);
            boolean before = first && i < fate.before().size()
                    ? fate.before().get(i) > 0
                    : next.lastUpdated().isBefore(message.get().receivedAt().truncatedTo(ChronoUnit.MILLIS));
            written.add(new Written(version, next.resource(), version.version() == 1 && !before));
        }
        return written;
    }

    private static int status(Sending sending, Fate fate) {
        Outcome outcome = fate.outcome();
        if (outcome.positive()) {
            return 200;
        }
        int status = outcome.issues().get(0).code().wire().httpStatus();
        // Somebody was faster between the look and the commit: for who named a version, it is not the current one.
        boolean conditional = sending.submission() != null
                && sending.submission().changes().stream()
                        .anyMatch(change -> change.conditions().version() != WriteRule.ANY);
        return status == 409 && conditional ? 412 : status;
    }

    private static OperationOutcome done(Fate fate) {
        List<Issue> issues = fate.outcome().issues();
        if (!issues.isEmpty()) {
            return Outcomes.of(issues);
        }
        OperationOutcome outcome = new OperationOutcome();
        outcome.addIssue()
                .setSeverity(OperationOutcome.IssueSeverity.INFORMATION)
                .setCode(OperationOutcome.IssueType.INFORMATIONAL)
                .getDetails()
                .setText("Stored as message " + fate.outcome().messageId());
        return outcome;
    }

    private static Resource resource(Written written) {
        IParser parser = FhirR4.context().newJsonParser();
        // Quiet: its log lines would quote values.
        parser.setParserErrorHandler(new LenientErrorHandler(false).setErrorOnInvalidValue(false));
        return (Resource) parser.parseResource(written.resource().content().toString());
    }

    private static Bundle bundle(Bundle.BundleType type) {
        Bundle bundle = new Bundle().setType(type);
        bundle.setId(UUID.randomUUID().toString());
        return bundle;
    }
}
