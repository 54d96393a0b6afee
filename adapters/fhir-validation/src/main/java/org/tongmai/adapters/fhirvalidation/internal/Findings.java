package org.tongmai.adapters.fhirvalidation.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.utilities.validation.ValidationMessage;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.validation.ValidationReport.Finding;

/** Turns the validator's messages into findings. */
final class Findings {
    /** Says that a binding names no value set, or one that has no list (MIME types): nobody can act on it. */
    private static final Set<String> SILENT =
            Set.of("Terminology_TX_Binding_NoSource", "Terminology_TX_Binding_NoSource2");

    private static final Pattern NOTE = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern ELEMENT = Pattern.compile("[A-Za-z0-9_.:()'\\[\\] =,\\-]*");

    private Findings() {}

    static List<Finding> of(List<ValidationMessage> messages) {
        List<Finding> findings = new ArrayList<>();
        for (ValidationMessage message : messages) {
            String rule = message.getMessageId() == null ? "" : message.getMessageId();
            boolean mimeTypes = rule.equals("Terminology_TX_ValueSet_NotFound")
                    && message.getMessage().contains("http://hl7.org/fhir/ValueSet/mimetypes");
            if (!SILENT.contains(rule) && !mimeTypes) {
                findings.add(new Finding(
                        crossVersion(rule, message) ? Severity.INFORMATION : severity(message.getLevel()),
                        message.getType() == null
                                ? "invalid"
                                : message.getType().toCode(),
                        rule,
                        location(message.getLocation()),
                        message.getMessage()));
            }
        }
        return findings;
    }

    /** The element alone: the validator notes the type and id of contained resources in it. */
    private static String location(String said) {
        String path = said == null ? "" : NOTE.matcher(said).replaceAll("");
        Matcher element = ELEMENT.matcher(path);
        return element.lookingAt() ? element.group() : "";
    }

    /** Extensions that bring elements of R5 are rightful; their definitions do not come with the validator. */
    private static boolean crossVersion(String rule, ValidationMessage message) {
        return rule.equals("Extension_EXT_Version_Invalid")
                && message.getMessage().contains("http://hl7.org/fhir/5.0/StructureDefinition/extension-");
    }

    private static Severity severity(ValidationMessage.IssueSeverity level) {
        return switch (level) {
            case FATAL -> Severity.FATAL;
            case ERROR -> Severity.ERROR;
            case WARNING -> Severity.WARNING;
            default -> Severity.INFORMATION;
        };
    }
}
