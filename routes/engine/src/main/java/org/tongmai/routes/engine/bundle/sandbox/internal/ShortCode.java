package org.tongmai.routes.engine.bundle.sandbox.internal;

/** What is too short to say of anybody who it is: a letter, or two digits; two letters can be a name. */
public final class ShortCode {
    private ShortCode() {}

    public static boolean is(String value) {
        return value.length() <= 1 && value.chars().allMatch(c -> c < 128)
                || value.length() == 2 && value.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
