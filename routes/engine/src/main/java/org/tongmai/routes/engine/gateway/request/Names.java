package org.tongmai.routes.engine.gateway.request;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Names as the most lenient service might read them: frameworks take {@code patient_id}, {@code PATIENT-ID} and a full-width
 * {@code ｐatientId} for {@code patientId}, and {@code id[]}, {@code id[0]}, {@code id.x} and {@code id:exact} for more of
 * {@code id}.
 */
public final class Names {
    private Names() {}

    /** The name of a parameter, such that two that some service might take for each other are equal. */
    public static String plainParameter(String name) {
        return plain(stem(name));
    }

    /** Whether some service might take the one member of an object for the other. */
    public static boolean membersAlike(String one, String other) {
        return one.equals(other) || plain(one).equals(plain(other));
    }

    private static String stem(String name) {
        for (int i = 1; i < name.length(); i++) {
            if (name.charAt(i) == '[' || name.charAt(i) == '.' || name.charAt(i) == ':') {
                return name.substring(0, i);
            }
        }
        return name;
    }

    private static String plain(String name) {
        String folded = Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        StringBuilder letters = new StringBuilder(folded.length());
        folded.codePoints().filter(Character::isLetterOrDigit).forEach(letters::appendCodePoint);
        return letters.toString();
    }
}
