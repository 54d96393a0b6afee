package org.tongmai.routes.engine.gateway.convert;

import org.tongmai.routes.engine.gateway.rules.Binding;

/** What is around the XML of a call: nothing, or an envelope of SOAP 1.1 (W3C note 2000-05-08) or 1.2 (second edition). */
enum Envelope {
    NONE("", "application/xml"),
    SOAP_1_1("http://schemas.xmlsoap.org/soap/envelope/", "text/xml"),
    SOAP_1_2("http://www.w3.org/2003/05/soap-envelope", "application/soap+xml");

    /** What the gateway writes before names of the envelope. */
    static final String PREFIX = "soap";

    private final String namespace;
    private final String mediaType;

    Envelope(String namespace, String mediaType) {
        this.namespace = namespace;
        this.mediaType = mediaType;
    }

    /** @param version {@code 1.1}, {@code 1.2}, or empty for none */
    static Envelope of(String version) {
        return switch (version) {
            case "" -> NONE;
            case "1.1" -> SOAP_1_1;
            case "1.2" -> SOAP_1_2;
            default -> throw new IllegalArgumentException("found " + version + ", expected 1.1 or 1.2");
        };
    }

    static Envelope of(Binding.Protocol protocol) {
        return switch (protocol) {
            case XML -> NONE;
            case SOAP_1_1 -> SOAP_1_1;
            case SOAP_1_2 -> SOAP_1_2;
        };
    }

    /** Whether a namespace is one of SOAP. */
    static boolean isOne(String namespace) {
        return SOAP_1_1.namespace.equals(namespace) || SOAP_1_2.namespace.equals(namespace);
    }

    String namespace() {
        return namespace;
    }

    /** The type of the content; of SOAP 1.2 with the action (RFC 3902). */
    String contentType(String action) {
        String type = mediaType + "; charset=utf-8";
        return this == SOAP_1_2 && !action.isEmpty() ? type + "; action=\"" + action + "\"" : type;
    }
}
