package org.tongmai.console.server.account;

import java.nio.file.Path;

/**
 * Says where the passwords of the first accounts lie; for the line the start prints.
 *
 * @param file {@code first-passwords.txt} in the data directory
 * @param written whether this start wrote it
 */
public record FirstPasswords(Path file, boolean written) {}
