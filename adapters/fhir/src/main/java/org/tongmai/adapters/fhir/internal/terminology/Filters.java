package org.tongmai.adapters.fhir.internal.terminology;

import java.util.Locale;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.NamingSystem;

/** The search parameters of tables. Names and titles match by their beginning, whatever its case. */
final class Filters {
    private Filters() {}

    static boolean matches(MetadataResource table, Question question) {
        return equal(table.getIdElement().getIdPart(), question.value("_id"))
                && begins(table.getName(), question.value("name"))
                && begins(table.getTitle(), question.value("title"))
                && equal(table.getUrl(), question.value("url"));
    }

    static boolean matches(NamingSystem oid, Question question) {
        return equal(oid.getIdElement().getIdPart(), question.value("_id"))
                && begins(oid.getName(), question.value("name"))
                && equal(oid.getKind().toCode(), question.value("kind"))
                && equal(
                        oid.getUniqueIdFirstRep().getValue(),
                        question.value("value").replaceFirst("^urn:oid:", ""));
    }

    private static boolean equal(String is, String asked) {
        return asked.isEmpty() || asked.equals(is);
    }

    private static boolean begins(String is, String asked) {
        return asked.isEmpty() || is.toLowerCase(Locale.ROOT).startsWith(asked.toLowerCase(Locale.ROOT));
    }
}
