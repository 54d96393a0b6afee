package org.tongmai.mappings.cda.internal;

/** OIDs of code systems in CDA and their URIs in FHIR, by the table {@code cda-oid-to-uri}; others are urn:oid. */
final class SystemUris {
    private static final String OID = "urn:oid:";
    private static final String UUID = "urn:uuid:";

    private final CodeTable table;

    SystemUris(CodeTable table) {
        this.table = table;
    }

    /** URI of an OID, UUID or URI as it stands in CDA. */
    String uri(String root) {
        var known = table.target(root);
        if (known != null) {
            return known.code();
        }
        if (root.matches("[0-2](\\.[0-9]+)+")) {
            return OID + root;
        }
        if (root.matches("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")) {
            return UUID + root.toLowerCase(java.util.Locale.ROOT);
        }
        return root;
    }

    /** What CDA writes for a URI. */
    String root(String uri) {
        String known = table.source(uri);
        if (known != null) {
            return known;
        }
        return uri.startsWith(OID)
                ? uri.substring(OID.length())
                : uri.startsWith(UUID) ? uri.substring(UUID.length()) : uri;
    }
}
