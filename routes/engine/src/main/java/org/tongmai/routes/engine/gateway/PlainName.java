package org.tongmai.routes.engine.gateway;

import java.util.regex.Pattern;

/** Names of parameters and members as logs and figures may hold them: one that could itself be a value is masked. */
public final class PlainName {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.:@$\\[\\]-]{0,63}");
    private static final Pattern MANY_DIGITS = Pattern.compile("([^0-9]*[0-9]){4}.*");

    private PlainName() {}

    /** The name; or an asterisk and its length, where it is not one of a program or has four digits, as an identifier would. */
    public static String of(String name) {
        boolean plain =
                NAME.matcher(name).matches() && !MANY_DIGITS.matcher(name).matches();
        return plain ? name : "*" + name.length();
    }
}
