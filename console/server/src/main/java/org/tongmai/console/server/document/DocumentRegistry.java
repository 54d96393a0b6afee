package org.tongmai.console.server.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.console.server.convert.IssueView;
import org.tongmai.mappings.cda.CdaDocument;
import org.tongmai.mappings.cda.CdaMappings;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalIds;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.canonical.CanonicalSearch;
import org.tongmai.standards.canonical.SearchPage;
import org.tongmai.standards.canonical.SearchQuery;
import org.tongmai.standards.canonical.StoredResource;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** The registry of shared documents 共享文档注册: DocumentReference and Binary in the canonical store, no other store. */
@Component
public class DocumentRegistry {
    private static final String DOCUMENT = "DocumentReference";

    private final CdaMappings cda;
    private final DocumentJournal journal;
    private final CanonicalSearch search;

    public DocumentRegistry(CdaMappings cda, DocumentJournal journal, CanonicalSearch search) {
        this.cda = cda;
        this.journal = journal;
        this.search = search;
    }

    /** How a document was registered. */
    enum Outcome {
        REGISTERED,
        KNOWN
    }

    /** A document in the registry, and how it came there. */
    record Registered(DocumentView view, Outcome outcome) {}

    /** Registers what was received: its content as canonical data, itself as it is. */
    Registered receive(byte[] xml) {
        CanonicalBundle read = cda.read(xml);
        List<Issue> issues = new ArrayList<>(read.issues());
        if (cda.tables().find(read.event()).isPresent()) {
            issues.addAll(cda.validate(xml));
        }
        return register(read, xml, issues);
    }

    /** Registers a document made of stored data: itself and whom it names, for the data are there. */
    Registered made(CdaDocument made, List<CanonicalResource> data) {
        CanonicalBundle read = cda.read(made.xml());
        String patient = reference(data, "Patient");
        List<CanonicalResource> kept = new ArrayList<>();
        for (CanonicalResource resource : read.resources()) {
            if (resource.type().equals(DOCUMENT)) {
                ObjectNode content = resource.content();
                content.putObject("subject").put("reference", patient);
                content.remove("context");
                String visit = reference(data, "Encounter");
                if (!visit.isEmpty()) {
                    content.putObject("context")
                            .putArray("encounter")
                            .addObject()
                            .put("reference", visit);
                }
            }
            if (resource.type().matches(DOCUMENT + "|Organization|Practitioner")) {
                kept.add(resource);
            }
        }
        CanonicalBundle bundle = new CanonicalBundle(read.topic(), read.event(), patient, kept, read.issues());
        return register(bundle, made.xml(), made.issues());
    }

    private static String reference(List<CanonicalResource> data, String type) {
        return data.stream()
                .filter(resource -> resource.type().equals(type))
                .map(CanonicalResource::reference)
                .findFirst()
                .orElse("");
    }

    private Registered register(CanonicalBundle read, byte[] xml, List<Issue> issues) {
        CanonicalResource document = read.resources().stream()
                .filter(resource -> resource.type().equals(DOCUMENT))
                .findFirst()
                .orElseThrow();
        Optional<StoredResource> known = search.find(DOCUMENT, document.id());
        if (known.isPresent()) {
            DocumentView view = DocumentView.of(known.get().resource().content(), List.of());
            if (view.sha256().equals(Registration.sha256(xml))) {
                return new Registered(view, Outcome.KNOWN);
            }
            throw new CodedException(Issue.of(
                    ConsoleError.DOCUMENT_CONFLICT,
                    "document id",
                    "another content has this number: send a new version"));
        }
        CanonicalResource binary = Registration.binary(xml);
        Registration.attach(document.content(), binary, xml);
        List<CanonicalResource> all = new ArrayList<>(read.resources());
        all.add(all.indexOf(document), binary);
        replaced(document.content()).ifPresent(all::add);
        JsonNode number = document.content().path("masterIdentifier");
        journal.store(
                xml,
                number.path("system").asText() + "|" + number.path("value").asText(),
                new CanonicalBundle(read.topic(), read.event(), read.patientKey(), all, read.issues()));
        return new Registered(DocumentView.of(document.content(), IssueView.of(issues)), Outcome.REGISTERED);
    }

    /** The document this one replaces, superseded; nothing when it is not in the registry. */
    private Optional<CanonicalResource> replaced(ObjectNode document) {
        JsonNode target = document.path("relatesTo").path(0).path("target").path("identifier");
        if (!target.hasNonNull("value")) {
            return Optional.empty();
        }
        String id = CanonicalIds.idFor(
                DOCUMENT, target.path("system").asText(), target.path("value").asText());
        if (search.find(DOCUMENT, id).isEmpty()) {
            return Optional.empty();
        }
        ((ObjectNode) document.path("relatesTo").path(0).path("target")).put("reference", DOCUMENT + "/" + id);
        ObjectNode superseded = JsonNodeFactory.instance.objectNode();
        superseded.put("resourceType", DOCUMENT).put("id", id).put("status", "superseded");
        return Optional.of(new CanonicalResource(DOCUMENT, id, superseded));
    }

    Optional<ObjectNode> find(String id) {
        if (!id.matches("[A-Za-z0-9.-]{1,64}")) {
            return Optional.empty();
        }
        return search.find(DOCUMENT, id)
                .filter(stored -> stored.state() == StoredResource.State.CURRENT)
                .map(stored -> stored.resource().content());
    }

    /** The document's bytes as registered. */
    byte[] content(ObjectNode document) {
        String url =
                document.path("content").path(0).path("attachment").path("url").asText();
        return search.find("Binary", url.replaceFirst("^Binary/", ""))
                .map(stored -> Base64.getDecoder()
                        .decode(stored.resource().content().path("data").asText()))
                .orElseThrow(() -> new CodedException(Issue.of(ConsoleError.NO_SUCH_DOCUMENT, "content", "")));
    }

    SearchPage search(SearchQuery query) {
        return search.search(query);
    }
}
