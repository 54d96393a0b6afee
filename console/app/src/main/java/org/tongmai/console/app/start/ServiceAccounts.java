package org.tongmai.console.app.start;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.tongmai.console.app.AppError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Passwords of accounts on servers that services are carried to: rules name an account, its file holds the password.
 *
 * @param folder with a file for each account; empty for none
 */
record ServiceAccounts(String folder) {
    private static final String PREFIX = "gateway.account.";
    private static final String FOLDER_SETTING = "tongmai.gateway.accounts";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /** Whether a setting is the password of an account. */
    boolean names(String setting) {
        return setting.startsWith(PREFIX);
    }

    /**
     * @return null where there is no such account: the route that asks for it does not start; empty for none
     * @throws CodedException {@link AppError#SECRET_NOT_READABLE} for a password that would be cut: templates hand it on in
     *     {@code RAW(…)}, which ends at {@code )&}
     */
    String password(String setting) {
        String name = setting.substring(PREFIX.length());
        if (name.isEmpty()) {
            return "";
        }
        if (folder.isEmpty() || !NAME.matcher(name).matches()) {
            return null;
        }
        String password = Secret.firstLineOf(Path.of(folder, name + ".password").toString(), FOLDER_SETTING);
        if (password.contains(")&")) {
            String detail =
                    "account " + name + ": expected a password without a closing parenthesis before an ampersand";
            throw new CodedException(Issue.of(AppError.SECRET_NOT_READABLE, FOLDER_SETTING, detail));
        }
        return password;
    }
}
