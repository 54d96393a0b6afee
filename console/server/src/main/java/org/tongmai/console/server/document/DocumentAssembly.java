package org.tongmai.console.server.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.canonical.CanonicalSearch;
import org.tongmai.standards.canonical.EverythingQuery;
import org.tongmai.standards.canonical.SearchPage;
import org.tongmai.standards.canonical.SearchQuery;
import org.tongmai.standards.canonical.StoredResource;
import org.tongmai.standards.document.DocumentType;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Collects what a document of one patient and visit is made of. */
@Component
public class DocumentAssembly {
    private static final String NUMBERS = "urn:oid:2.16.156.10011.1.1";
    private static final String STAFF = "urn:oid:2.16.156.10011.1.4";
    private static final String INSTITUTIONS = "urn:oid:2.16.156.10011.1.5";
    private static final int PAGE = 200;
    private static final int MOST = 5_000;

    private final CanonicalSearch search;

    public DocumentAssembly(CanonicalSearch search) {
        this.search = search;
    }

    /**
     * The resources of a document: patient, visit, what is known of the visit, and a Composition and DocumentReference
     * that say what the document is.
     *
     * @param replaced the registered document it replaces, or null
     */
    List<CanonicalResource> collect(DocumentType type, DocumentOrder order, ObjectNode replaced) {
        List<CanonicalResource> record = everything(order.patient());
        ObjectNode encounter = encounter(record, order.encounter());
        String visit =
                encounter == null ? "" : "Encounter/" + encounter.path("id").asText();
        List<CanonicalResource> document = new ArrayList<>();
        for (CanonicalResource resource : record) {
            if (belongs(resource, visit)) {
                document.add(resource);
            }
        }
        String now = OffsetDateTime.now().truncatedTo(ChronoUnit.SECONDS).toString();
        document.add(composition(type, order, encounter, now));
        document.add(reference(document.get(document.size() - 1), replaced, now));
        return document;
    }

    private List<CanonicalResource> everything(String patient) {
        if (patient == null || !patient.matches("[A-Za-z0-9.-]{1,64}")) {
            throw new CodedException(Issue.of(ConsoleError.BAD_PARAMETER, "patient", "expected: a logical id"));
        }
        StoredResource stored = search.find("Patient", patient)
                .filter(found -> found.state() == StoredResource.State.CURRENT)
                .orElseThrow(() -> new CodedException(Issue.of(ConsoleError.NO_SUCH_PATIENT, "patient", "")));
        Map<String, CanonicalResource> all = new LinkedHashMap<>();
        all.put(stored.resource().reference(), stored.resource());
        String cursor = "";
        do {
            SearchPage page = search.everything(EverythingQuery.of(
                    patient,
                    new SearchQuery.Page(SearchQuery.Order.YOUNGEST_FIRST, PAGE, cursor, SearchQuery.Total.NONE)));
            page.matches().forEach(found -> all.putIfAbsent(found.resource().reference(), found.resource()));
            page.included().forEach(found -> all.putIfAbsent(found.resource().reference(), found.resource()));
            cursor = page.next().orElse("");
            if (all.size() > MOST) {
                throw new CodedException(
                        Issue.of(ConsoleError.TOO_MUCH, "patient", "expected at most " + MOST + " resources"));
            }
        } while (!cursor.isEmpty());
        return List.copyOf(all.values());
    }

    private static ObjectNode encounter(List<CanonicalResource> record, String wanted) {
        boolean named = wanted != null && !wanted.isBlank();
        ObjectNode found = record.stream()
                .filter(resource -> resource.type().equals("Encounter")
                        && (!named || resource.id().equals(wanted)))
                .map(CanonicalResource::content)
                .max(Comparator.comparing(
                        node -> node.path("period").path("start").asText()))
                .orElse(null);
        if (named && found == null) {
            throw new CodedException(
                    Issue.of(ConsoleError.BAD_PARAMETER, "encounter", "expected: a visit of the patient"));
        }
        return found;
    }

    /** What is of this visit, or of none; documents and other visits are not. */
    private static boolean belongs(CanonicalResource resource, String visit) {
        return switch (resource.type()) {
            case "Encounter" -> resource.reference().equals(visit);
            case "DocumentReference", "Composition", "Binary" -> false;
            default -> {
                String own =
                        resource.content().path("encounter").path("reference").asText();
                yield own.isEmpty() || own.equals(visit);
            }
        };
    }

    private static CanonicalResource composition(DocumentType type, DocumentOrder order, ObjectNode visit, String now) {
        ObjectNode composition = JsonNodeFactory.instance.objectNode();
        composition.put("resourceType", "Composition").put("id", "composition").put("status", "final");
        composition
                .putObject("type")
                .putArray("coding")
                .addObject()
                .put("system", "urn:oid:2.16.156.10011.2.4")
                .put("code", type.code());
        composition.put("title", type.title()).put("date", now);
        ObjectNode author = party(order.author(), STAFF, attending(visit));
        if (author != null) {
            composition.putArray("author").add(author);
        }
        ObjectNode custodian =
                party(order.custodian(), INSTITUTIONS, visit == null ? null : visit.path("serviceProvider"));
        if (custodian != null) {
            composition.set("custodian", custodian);
        }
        return new CanonicalResource("Composition", "composition", composition);
    }

    private static JsonNode attending(ObjectNode visit) {
        if (visit == null) {
            return null;
        }
        for (JsonNode participant : visit.path("participant")) {
            for (JsonNode type : participant.path("type")) {
                if (type.path("coding").path(0).path("code").asText().equals("ATND")) {
                    return participant.path("individual");
                }
            }
        }
        return null;
    }

    private static ObjectNode party(DocumentOrder.Party given, String system, JsonNode fallback) {
        if (given != null && given.name() != null && !given.name().isBlank()) {
            ObjectNode party = JsonNodeFactory.instance.objectNode().put("display", given.name());
            if (given.number() != null && !given.number().isBlank()) {
                party.putObject("identifier").put("system", system).put("value", given.number());
            }
            return party;
        }
        return fallback instanceof ObjectNode reference ? reference.deepCopy() : null;
    }

    private static CanonicalResource reference(CanonicalResource composition, ObjectNode replaced, String now) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("resourceType", "DocumentReference").put("id", "document").put("date", now);
        String number = UUID.randomUUID().toString();
        document.putObject("masterIdentifier").put("system", NUMBERS).put("value", number);
        DocumentView old = replaced == null ? null : DocumentView.of(replaced, List.of());
        String set = old == null || old.setId().isEmpty() ? number : old.setId();
        composition.content().putObject("identifier").put("system", NUMBERS).put("value", set);
        document.putArray("extension")
                .addObject()
                .put("url", Registration.VERSION)
                .put("valueInteger", old == null ? 1 : old.version() + 1);
        if (old != null) {
            ObjectNode relation = document.putArray("relatesTo").addObject().put("code", "replaces");
            relation.putObject("target")
                    .putObject("identifier")
                    .put("system", NUMBERS)
                    .put("value", old.documentId());
        }
        return new CanonicalResource("DocumentReference", "document", document);
    }
}
