package org.tongmai.standards.xml;

import java.util.regex.Pattern;

/** Names of elements and attributes (Namespaces in XML 1.0, 4: NCName). */
public final class XmlNames {
    /** NameStartChar of XML 1.0 (2.3) without the colon, as a class of characters. */
    private static final String FIRST =
            "A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF"
                    + "\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF"
                    + "\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\x{10000}-\\x{EFFFF}";

    private static final Pattern NAME =
            Pattern.compile('[' + FIRST + "][" + FIRST + ".0-9\\u00B7\\u0300-\\u036F\\u203F\\u2040-]{0,199}");

    private XmlNames() {}

    /** Whether an element or attribute may be called so: without a prefix, and of at most 200 characters. */
    public static boolean isLocal(String name) {
        return NAME.matcher(name).matches();
    }
}
