package org.tongmai.console.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.tongmai.console.server.account.AccountRules;

/**
 * What the console can be told; {@code console/app} binds it.
 *
 * @param dataDirectory where {@code first-passwords.txt} is written at the very first start
 * @param failuresBeforeLock wrong passwords in a row that lock an account, at least 1
 * @param lock how long the first lock lasts; each further failure doubles it, up to sixteen times as long
 * @param rememberBasic how long a verified HTTP basic password is not hashed again; zero switches that off
 * @param rules what is asked of people's accounts and sessions
 */
public record ConsoleSettings(
        Path dataDirectory, int failuresBeforeLock, Duration lock, Duration rememberBasic, AccountRules rules) {
    public ConsoleSettings {
        Objects.requireNonNull(dataDirectory, "dataDirectory");
        if (failuresBeforeLock < 1) {
            throw new IllegalArgumentException("failuresBeforeLock: " + failuresBeforeLock + " (expected: >= 1)");
        }
        Objects.requireNonNull(lock, "lock");
        rememberBasic = rememberBasic == null ? Duration.ofSeconds(60) : rememberBasic;
        Objects.requireNonNull(rules, "rules");
    }
}
