package org.tongmai.mappings.internal;

import java.util.Locale;
import java.util.regex.Pattern;
import org.tongmai.standards.hl7v2.Hl7Value;
import org.tongmai.standards.terminology.ConceptMap;

/**
 * Decides the system of an identifier: the assigner's OID or URI; else the national system of its type; else
 * {@code urn:tongmai:<assigner, or sending facility>:<type>}, which is stable as long as the sender calls itself the
 * same.
 */
final class IdentifierSystems {
    /** RFC 3986 characters; OIDs and UUIDs as FHIR R4 writes them. */
    private static final Pattern URI = Pattern.compile("(https?://[^\\s<>\"{}|\\\\^`]+"
            + "|urn:oid:[0-2](\\.(0|[1-9][0-9]*))+"
            + "|urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
            + "|urn:(?!oid:|uuid:)[A-Za-z0-9-]+:[^\\s<>\"{}|\\\\^`]+)");

    private static final String UNSAFE = ":<>\"{}|\\^`#%";
    private static final Pattern NO_NAME = Pattern.compile("[\\s\\p{Cntrl}]+|[:<>\"{}|\\\\^`#%]");

    private IdentifierSystems() {}

    /** The system of a CX, with the type taken when CX.5 is empty. */
    static String ofCx(MapRun run, Hl7Value cx, String defaultType) {
        String type = cx.component(5).text();
        return of(run, cx, 4, type.isEmpty() ? defaultType : type);
    }

    /** The system of an EI, whose assigner stands in EI.2 to EI.4. */
    static String ofEi(MapRun run, Hl7Value ei, String type) {
        String universal = universal(ei.component(3).text(), ei.component(4).text());
        boolean keeps = universal != null
                && !run.message().breaksRule(universal, ei.component(1).text());
        return keeps ? universal : local(run, ei.component(2).text(), type);
    }

    /**
     * The system of a number whose assigner stands in a component, by its type. A number that does not keep the rule of
     * the national system it is said to be of is the assigner's own: {@code ID} is the identity card here and any number
     * elsewhere, and zeros are nobody's.
     */
    static String of(MapRun run, Hl7Value number, int assigner, String type) {
        String system = said(run, number.component(assigner), type);
        boolean breaks = run.message().breaksRule(system, number.component(1).text());
        return breaks ? local(run, number.component(assigner).component(1).text(), type) : system;
    }

    /** The system said by an HD and an identifier type, whatever the number. */
    static String said(MapRun run, Hl7Value assigner, String type) {
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
            return uriOf(id);
        }
        return isUri(id) ? id : null;
    }

    /** Whether a text is a URI that may stand in FHIR as it is: {@code http:}, {@code urn:}, of valid form. */
    static boolean isUri(String text) {
        return (text.startsWith("http://") || text.startsWith("https://") || text.startsWith("urn:"))
                && URI.matcher(text).matches();
    }

    /** An OID or UUID as a URI; null for any other text. */
    static String uriOf(String text) {
        for (String uri : new String[] {"urn:oid:" + text, "urn:uuid:" + text.toLowerCase(Locale.ROOT)}) {
            if (isUri(uri)) {
                return uri;
            }
        }
        return null;
    }

    /** The system of codes that are the sender's own: those it adds to a table, and its units. */
    static String codesOf(MapRun run, String table) {
        return local(run, "", table);
    }

    /** The system of what an assigner, or else the sender, numbers itself. */
    static String local(MapRun run, String namespace, String type) {
        String owner = namespace.isEmpty() ? run.message().sender() : namespace;
        return "urn:tongmai:" + name(owner) + ":" + name(type);
    }

    /** A name as part of a URN: blanks and what a URI may not hold become hyphens; nothing becomes {@code unknown}. */
    static String name(String text) {
        if (text.isEmpty()) {
            return "unknown";
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || UNSAFE.indexOf(c) >= 0 || Character.isWhitespace(c)) {
                return NO_NAME.matcher(text).replaceAll("-");
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
                boolean empty = i + 1 == text.length() || text.charAt(i + 1) == '.';
                boolean zero = !empty && text.charAt(i + 1) == '0';
                if (empty || zero && i + 2 < text.length() && text.charAt(i + 2) != '.') {
                    return false;
                }
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return points >= 3 && text.charAt(0) >= '0' && text.charAt(0) <= '2' && text.charAt(1) == '.';
    }
}
