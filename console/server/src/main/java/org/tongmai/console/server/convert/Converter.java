package org.tongmai.console.server.convert;

import java.util.Map;

/** Converts one format into another and keeps nothing. */
interface Converter {
    /**
     * Converts.
     *
     * @param body bytes as received
     * @param options what the request's query says, for example {@code type}
     * @throws org.tongmai.standards.error.CodedException when the body is refused
     */
    Conversion convert(byte[] body, Map<String, String> options);
}
