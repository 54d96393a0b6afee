package org.tongmai.adapters.canonicalstore.internal;

import java.util.function.IntPredicate;
import org.tongmai.adapters.canonicalstore.CanonicalStoreError;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Checks types and ids against FHIR R4's {@code id} datatype. */
final class Identities {
    private static final int MAX_LENGTH = 64;

    private Identities() {}

    static void check(CanonicalResource resource) {
        if (!isType(resource.type()) || !isId(resource.id())) {
            throw new CodedException(Issue.of(
                    CanonicalStoreError.INVALID_IDENTITY,
                    isType(resource.type()) ? resource.type() + ".id" : "",
                    "type of " + resource.type().length() + " and id of "
                            + resource.id().length() + " characters"));
        }
        require(resource, "resourceType", resource.type());
        require(resource, "id", resource.id());
    }

    private static void require(CanonicalResource resource, String field, String expected) {
        if (!expected.equals(resource.content().path(field).textValue())) {
            throw new CodedException(Issue.of(
                    CanonicalStoreError.CONTENT_MISMATCH,
                    resource.type() + "." + field,
                    "not the one it is stored by"));
        }
    }

    static boolean isType(String type) {
        return isWithin(type) && Character.isUpperCase(type.charAt(0)) && consistsOf(type, Identities::isLetter);
    }

    static boolean isId(String id) {
        return isWithin(id) && consistsOf(id, c -> isLetter(c) || c >= '0' && c <= '9' || c == '-' || c == '.');
    }

    /** Not by a stream: each resource of each message comes by here. */
    private static boolean consistsOf(String text, IntPredicate allowed) {
        for (int i = 0; i < text.length(); i++) {
            if (!allowed.test(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWithin(String text) {
        return !text.isEmpty() && text.length() <= MAX_LENGTH;
    }

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
