package org.tongmai.standards.canonical;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.ParserOptions;

/** Holds the one FHIR R4 context: building one takes a second and it is safe to share. */
public final class FhirR4 {
    private FhirR4() {}

    public static FhirContext context() {
        return Holder.CONTEXT;
    }

    private static final class Holder {
        private static final FhirContext CONTEXT = create();

        private static FhirContext create() {
            FhirContext context = FhirContext.forR4Cached();
            ParserOptions options = context.getParserOptions();
            options.setStripVersionsFromReferences(false);
            return context;
        }
    }
}
