package org.tongmai.adapters.fhir.internal.terminology;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.adapters.fhir.internal.MediaTypes;
import org.tongmai.standards.terminology.CodeSystem;
import org.tongmai.standards.terminology.Terminology;

/**
 * Serves code systems, value sets, concept maps and naming systems from the tables in force: read, search and the
 * operations. They are not in the canonical store and do not go through it.
 */
public final class TerminologyEndpoint {
    /** What is served here. */
    public static final Map<String, List<String>> OPERATIONS = Map.of(
            "CodeSystem", List.of("lookup", "validate-code"),
            "ValueSet", List.of("validate-code", "expand"),
            "ConceptMap", List.of("translate"),
            "NamingSystem", List.of());

    private static final String OIDS = "national-health-oids";
    private static final int BODY_LIMIT = 64 << 10;

    private final FhirContext context;
    private final Supplier<Terminology> tables;

    /**
     * @param context of FHIR R4
     * @param tables the tables in force, asked for with every request
     */
    public TerminologyEndpoint(FhirContext context, Supplier<Terminology> tables) {
        this.context = context;
        this.tables = tables;
    }

    /** Whether the request is for one of these types. */
    public boolean serves(HttpServletRequest request) {
        String path = request.getPathInfo();
        return path != null
                && path.length() > 1
                && OPERATIONS.containsKey(path.substring(1).split("/", 2)[0]);
    }

    /** Answers it. */
    public void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        MediaTypes.requireAcceptable(request);
        Question question = Question.read(request, context, BODY_LIMIT);
        Terminology now = tables.get();
        IBaseResource answer;
        if (!question.operation().isEmpty()) {
            answer = new Operations(now, question).answer();
        } else if (question.id().isEmpty()) {
            answer = search(now, question, request.getRequestURL().toString());
        } else {
            question.allow(Set.of("date"));
            answer = read(now, question);
        }
        write(answer, request, response);
    }

    private static IBaseResource read(Terminology now, Question question) {
        String id = question.id();
        IBaseResource found =
                switch (question.type()) {
                    case "CodeSystem" -> {
                        CodeSystem table = now.codeSystems().get(id);
                        yield table == null ? null : TableResources.whole(table, question.day());
                    }
                    case "ValueSet" -> found(now.valueSets().get(id), TableResources::head);
                    case "ConceptMap" -> found(now.conceptMaps().get(id), TableResources::whole);
                    default -> {
                        CodeSystem oids = now.codeSystem(OIDS);
                        yield found(oids.entry(id, null), oid -> TableResources.naming(oids, oid));
                    }
                };
        if (found == null) {
            throw Question.refuse(FhirError.NOT_FOUND, "");
        }
        return found;
    }

    private static <T> IBaseResource found(T table, Function<T, IBaseResource> show) {
        return table == null ? null : show.apply(table);
    }

    /** Tables without their codes; all on one page, there are some hundred. */
    private static Bundle search(Terminology now, Question question, String address) {
        question.allow(
                question.type().equals("NamingSystem")
                        ? Set.of("_id", "name", "value", "kind")
                        : Set.of("_id", "name", "url", "title"));
        List<Resource> found =
                switch (question.type()) {
                    case "CodeSystem" ->
                        found(now.codeSystems().values().stream().map(TableResources::head), question);
                    case "ValueSet" -> found(now.valueSets().values().stream().map(TableResources::head), question);
                    case "ConceptMap" ->
                        found(now.conceptMaps().values().stream().map(TableResources::head), question);
                    default -> {
                        CodeSystem oids = now.codeSystem(OIDS);
                        yield oids.codes().stream()
                                .map(oid -> TableResources.naming(oids, oids.entry(oid, null)))
                                .filter(oid -> Filters.matches(oid, question))
                                .<Resource>map(Function.identity())
                                .toList();
                    }
                };
        Bundle bundle = new Bundle();
        bundle.setType(Bundle.BundleType.SEARCHSET).setTotal(found.size());
        for (Resource resource : found) {
            String url = address.replaceFirst("/_search$", "") + "/"
                    + resource.getIdElement().getIdPart();
            bundle.addEntry().setFullUrl(url).setResource(resource).getSearch().setMode(Bundle.SearchEntryMode.MATCH);
        }
        return bundle;
    }

    private static List<Resource> found(
            Stream<? extends org.hl7.fhir.r4.model.MetadataResource> tables, Question question) {
        return tables.filter(table -> Filters.matches(table, question))
                .<Resource>map(Function.identity())
                .toList();
    }

    private void write(IBaseResource answer, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        boolean xml = MediaTypes.wantsXml(request);
        IParser parser = xml ? context.newXmlParser() : context.newJsonParser();
        byte[] body = parser.encodeResourceToString(answer).getBytes(StandardCharsets.UTF_8);
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType((xml ? "application/fhir+xml" : "application/fhir+json") + ";charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(body);
        }
    }
}
