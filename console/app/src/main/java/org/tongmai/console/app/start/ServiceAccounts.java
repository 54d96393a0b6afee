package org.tongmai.console.app.start;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Passwords of accounts on servers that services are carried to: rules name an account, its file holds the password.
 *
 * @param folder with a file for each account; empty for none
 */
record ServiceAccounts(String folder) {
    private static final String PREFIX = "gateway.account.";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /** Whether a setting is the password of an account. */
    boolean names(String setting) {
        return setting.startsWith(PREFIX);
    }

    /** @return null where there is no such account: the route that asks for it does not start; empty for none */
    String password(String setting) {
        String name = setting.substring(PREFIX.length());
        if (name.isEmpty()) {
            return "";
        }
        if (folder.isEmpty() || !NAME.matcher(name).matches()) {
            return null;
        }
        return Secret.firstLineOf(Path.of(folder, name + ".password").toString(), "tongmai.gateway.accounts");
    }
}
