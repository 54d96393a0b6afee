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
import org.tongmai.standards.identifier.IdentifierError;
import org.tongmai.standards.identifier.IdentifierSystems;
import org.tongmai.standards.identifier.MobileNumber;
import org.tongmai.standards.terminology.CodeSystem;
import org.tongmai.standards.terminology.Terminology;
import org.tongmai.standards.validation.ValidationReport.Finding;
import org.tongmai.standards.validation.ValidationRequest;

/** Judges identifiers by the rule of their system, and mobile numbers of this country. */
final class NumberChecks {
    private static final Logger LOG = LoggerFactory.getLogger(NumberChecks.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String DIVISIONS = "gbt-2260-divisions";
    private static final String IDENTITY_NUMBER = "urn:oid:2.16.156.10011.1.3";
    private static final int DIVISION = 6;

    private final IdentifierSystems systems;
    private final CodeSystem divisions;
    private final MobileNumber mobile = new MobileNumber();

    NumberChecks(IdentifierSystems systems, Terminology terminology) {
        this.systems = systems;
        this.divisions = terminology.findCodeSystem(DIVISIONS);
    }

    /**
     * A number that breaks its rule is an error, a mobile number a warning: people write remarks behind those. So is an
     * identity number of a division the table does not have: it is kept for life, and the table knows few that were
     * given up.
     */
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
                String system = node.path("system").asText();
                Optional<Issue> fault = systems.check(system, value);
                add(fault, Severity.ERROR, path, findings);
                if (fault.isEmpty() && system.equals(IDENTITY_NUMBER)) {
                    add(division(value), Severity.WARNING, path, findings);
                }
                if (isMobileHere(node, value)) {
                    add(mobile.check(value), Severity.WARNING, path, findings);
                }
            }
            node.fields().forEachRemaining(field -> walk(field.getValue(), path + "." + field.getKey(), findings));
        }
    }

    /** The six digits of GB/T 2260, whenever they were in force; residence permits of Taiwan (83) are outside it. */
    private Optional<Issue> division(String number) {
        String code = number.substring(0, DIVISION);
        boolean known = divisions == null
                || code.startsWith("83")
                || !divisions.entries(code).isEmpty();
        return known
                ? Optional.empty()
                : Optional.of(Issue.of(
                        IdentifierError.UNKNOWN_DIVISION, "", "positions 1 to 6: expected a division of GB/T 2260"));
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
