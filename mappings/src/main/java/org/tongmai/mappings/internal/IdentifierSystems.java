package org.tongmai.mappings.internal;

import org.tongmai.standards.hl7v2.Hl7Value;
import org.tongmai.standards.terminology.ConceptMap;

/**
 * Decides the system of an identifier: the assigner's OID or URI; else the national system of its type; else
 * {@code urn:tongmai:<assigner, or sending facility>:<type>}, which is stable as long as the sender calls itself the
 * same.
 */
final class IdentifierSystems {
    private IdentifierSystems() {}

    /** The system of a CX, with the type taken when CX.5 is empty. */
    static String ofCx(MapRun run, Hl7Value cx, String defaultType) {
        String type = cx.component(5).text();
        return of(run, cx.component(4), type.isEmpty() ? defaultType : type);
    }

    /** The system of an EI, whose assigner stands in EI.2 to EI.4. */
    static String ofEi(MapRun run, Hl7Value ei, String type) {
        String universal = universal(ei.component(3).text(), ei.component(4).text());
        return universal != null ? universal : local(run, ei.component(2).text(), type);
    }

    /** The system said by an HD and an identifier type. */
    static String of(MapRun run, Hl7Value assigner, String type) {
        String universal =
                universal(assigner.component(2).text(), assigner.component(3).text());
        if (universal != null) {
            return universal;
        }
        String namespace = assigner.component(1).text();
        if (looksLikeOid(namespace)) {
            return "urn:oid:" + namespace;
        }
        ConceptMap.Target national = run.message().nationalSystems().target(type);
        boolean always = national != null && !national.display().startsWith("居民健康卡");
        if (national != null && (always || namespace.isEmpty())) {
            return national.code();
        }
        return local(run, namespace, type);
    }

    private static String universal(String id, String type) {
        if (id.isEmpty()) {
            return null;
        }
        if (looksLikeOid(id)) {
            return "urn:oid:" + id;
        }
        if (type.equals("UUID") || type.equals("GUID")) {
            return "urn:uuid:" + id;
        }
        return id.startsWith("http") || id.startsWith("urn:") ? id : null;
    }

    private static String local(MapRun run, String namespace, String type) {
        String owner = namespace.isEmpty() ? run.message().sender() : namespace;
        return "urn:tongmai:" + name(owner) + ":" + name(type);
    }

    /** A name as part of a URN: blanks and colons become hyphens; nothing becomes {@code unknown}. */
    static String name(String text) {
        if (text.isEmpty()) {
            return "unknown";
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ':' || Character.isWhitespace(c)) {
                return text.replace(':', '-').replaceAll("\\s+", "-");
            }
        }
        return text;
    }

    static boolean looksLikeOid(String text) {
        int points = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                points++;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return points >= 3 && text.charAt(0) >= '0' && text.charAt(0) <= '2' && text.charAt(1) == '.';
    }
}
