package org.tongmai.routes.engine.gateway;

import java.util.regex.Pattern;

/** Names of parameters and members as logs and figures may hold them: one that could itself be a value is masked. */
public final class PlainName {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.:@$\\[\\]-]{0,63}");
    private static final Pattern MANY_DIGITS = Pattern.compile("([^0-9]*[0-9]){4}.*");

    private PlainName() {}

    /** Whether it is a name as programs have them, without the four digits that an identifier would have. */
    public static boolean isPlain(String name) {
        return NAME.matcher(name).matches() && !MANY_DIGITS.matcher(name).matches();
    }

    /** The name; or an asterisk and its length, where it is not plain. */
    public static String of(String name) {
        return isPlain(name) ? name : "*" + name.length();
    }
}
