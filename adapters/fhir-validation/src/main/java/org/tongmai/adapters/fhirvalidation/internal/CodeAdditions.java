package org.tongmai.adapters.fhirvalidation.internal;

import ca.uhn.fhir.context.support.IValidationSupport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.r4.model.CodeSystem;
import org.tongmai.standards.canonical.FhirR4;
import org.tongmai.standards.profile.CanonicalProfiles;
import org.tongmai.standards.table.CsvTable;

/** Code systems of FHIR R4 with the codes of {@code profiles/code-additions.csv} added. */
final class CodeAdditions extends PrePopulatedValidationSupport {
    private static final String TABLE = "/org/tongmai/standards/profiles/code-additions.csv";

    CodeAdditions(IValidationSupport definitions) {
        super(FhirR4.context());
        for (CsvTable.Row row : CsvTable.read(TABLE, text()).rows()) {
            CodeSystem system = (CodeSystem) fetchCodeSystem(row.cell(0));
            if (system == null) {
                system = ((CodeSystem) definitions.fetchCodeSystem(row.cell(0))).copy();
                addCodeSystem(system);
            }
            system.addConcept().setCode(row.cell(1)).setDisplay(row.cell(2));
        }
    }

    private static String text() {
        try (InputStream in = CanonicalProfiles.class.getResourceAsStream(TABLE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a packaged table could not be read", e);
        }
    }
}
