package org.tongmai.routes.engine.gateway.user;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.gateway.rules.IdentityProvider;
import org.tongmai.standards.patientindex.PersonIdentifier;

/** Reads who the user is from what a provider says. */
final class Subjects {
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9._:@-]{1,128}");
    private static final int MOST_WORDS = 200;

    private Subjects() {}

    static PersonIdentifier identifier(IdentityProvider.SubjectRule rule, Object said) {
        if (said instanceof String text && VALUE.matcher(text).matches()) {
            return new PersonIdentifier(rule.system(), text);
        }
        throw new Refused(GatewayError.TOKEN_INVALID, rule.claim(), "expected: who the user is");
    }

    /** One text with blanks, or a list of texts. */
    static Set<String> words(Object said) {
        Set<String> words = new LinkedHashSet<>();
        if (said instanceof String text) {
            words.addAll(Arrays.asList(text.split(" ")));
        } else if (said instanceof Collection<?> list) {
            list.stream()
                    .limit(MOST_WORDS)
                    .filter(String.class::isInstance)
                    .forEach(each -> words.add(each.toString()));
        }
        words.remove("");
        return words;
    }
}
