package org.tongmai.adapters.fhir.internal;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;

/**
 * Takes out what HAPI 8.6 puts in: a Bundle without a total gets the requested {@code _count} as its total
 * (BaseResourceReturningMethodBinding hands it to addRootPropertiesToBundle), so that a client would believe in matches
 * that are not there.
 */
@Interceptor
public final class TotalInterceptor {
    private static final String UNTOTALLED = "org.tongmai.untotalled";

    /** Marks a Bundle whose total nobody has counted. */
    static void untotalled(Bundle bundle) {
        bundle.setUserData(UNTOTALLED, true);
    }

    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    public void answer(IBaseResource resource) {
        if (resource instanceof Bundle bundle && bundle.hasUserData(UNTOTALLED)) {
            bundle.setTotalElement(null);
        }
    }
}
