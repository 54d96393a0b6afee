package org.tongmai.routes.engine.gateway.screen;

/**
 * Where in a request something stands, in the words of its format.
 *
 * @param kind part of the request
 * @param name name of the parameter, header or part; JSON pointer (RFC 6901); path of an XML element; HL7 field
 *     ({@code PID-5}). Characters that no name of an interface has are replaced by {@code ?}, and it is cut at 200
 *     characters, for a sender chooses it
 */
public record Place(Kind kind, String name) {
    private static final int LONGEST = 200;

    /** Parts of a request. */
    public enum Kind {
        METHOD,
        PATH,
        QUERY,
        HEADER,
        COOKIE,
        FORM,
        JSON,
        XML,
        PART,
        HL7,
        TEXT,
        BODY
    }

    public Place {
        StringBuilder plain = new StringBuilder(Math.min(name.length(), LONGEST));
        for (int i = 0; i < name.length() && i < LONGEST; i++) {
            char c = name.charAt(i);
            boolean usual = c < 0x80 && (Character.isLetterOrDigit(c) || "/~._-$[]:@".indexOf(c) >= 0);
            plain.append(usual ? c : '?');
        }
        name = plain.toString();
    }

    /** The whole of a part. */
    public static Place of(Kind kind) {
        return new Place(kind, "");
    }

    /** As one word: {@code query name}, {@code json /patient/name}. */
    public String text() {
        String word = kind.name().toLowerCase(java.util.Locale.ROOT);
        return name.isEmpty() ? word : word + " " + name;
    }
}
