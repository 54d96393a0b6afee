package org.tongmai.adapters.fhirvalidation.internal;

import ca.uhn.fhir.parser.DataFormatException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.standards.canonical.FhirR4;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.identifier.IdentifierSystems;
import org.tongmai.standards.identifier.MobileNumber;
import org.tongmai.standards.validation.ValidationReport.Finding;
import org.tongmai.standards.validation.ValidationRequest;

/** Judges identifiers by the rule of their system, and mobile numbers of this country. */
final class NumberChecks {
    private static final Logger LOG = LoggerFactory.getLogger(NumberChecks.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final IdentifierSystems systems;
    private final MobileNumber mobile = new MobileNumber();

    NumberChecks(IdentifierSystems systems) {
        this.systems = systems;
    }

    /** A number that breaks its rule is an error, a mobile number a warning: people write remarks behind those. */
    List<Finding> check(ValidationRequest request) {
        List<Finding> findings = new ArrayList<>();
        try {
            JsonNode resource = read(request);
            walk(resource, resource.path("resourceType").asText(), findings);
        } catch (IOException | DataFormatException e) {
            LOG.debug("not well formed; the validator has said so");
        }
        return findings;
    }

    private static JsonNode read(ValidationRequest request) throws IOException {
        if (request.format() == ValidationRequest.Format.JSON) {
            return JSON.readTree(request.content());
        }
        String xml = new String(request.content(), StandardCharsets.UTF_8);
        return JSON.readTree(FhirR4.context()
                .newJsonParser()
                .encodeResourceToString(FhirR4.context().newXmlParser().parseResource(xml)));
    }

    private void walk(JsonNode node, String path, List<Finding> findings) {
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                walk(node.get(i), path + "[" + i + "]", findings);
            }
        } else if (node.isObject()) {
            String value = node.path("value").asText("");
            if (!value.isEmpty()) {
                add(systems.check(node.path("system").asText(), value), Severity.ERROR, path, findings);
                if (isMobileHere(node, value)) {
                    add(mobile.check(value), Severity.WARNING, path, findings);
                }
            }
            node.fields().forEachRemaining(field -> walk(field.getValue(), path + "." + field.getKey(), findings));
        }
    }

    private static boolean isMobileHere(JsonNode contact, String value) {
        boolean foreign = value.startsWith("+") && !value.startsWith("+86");
        return contact.path("use").asText().equals("mobile")
                && contact.path("system").asText().equals("phone")
                && !foreign;
    }

    private static void add(Optional<Issue> fault, Severity severity, String path, List<Finding> findings) {
        fault.ifPresent(issue -> findings.add(new Finding(
                severity,
                issue.code().wire().fhirIssue(),
                issue.code().code(),
                path + ".value",
                issue.code().summary() + " (" + issue.detail() + ")")));
    }
}
