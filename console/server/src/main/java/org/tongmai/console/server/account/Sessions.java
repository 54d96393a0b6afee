package org.tongmai.console.server.account;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Sessions of people by the login page, on whichever node they are: seen, and ended one by one. */
public interface Sessions {
    /**
     * Writes down that one begins.
     *
     * @param address where the login comes from
     * @return its id, which is no secret
     */
    UUID begin(Account account, String address);

    /** Writes down that it was used just now. Never fails: what is missing then is a time in a list. */
    void used(UUID id);

    /**
     * Forgets one whose owner logs out. Never fails: it is ended where it is, and is listed no longer than it could have been
     * idle.
     */
    void forget(UUID id);

    /**
     * Those of an account that can be open, the latest first. One of a node that died is listed until it would have been
     * idle.
     */
    List<Open> of(String account);

    /**
     * Ends one, here at once and on other nodes within two seconds.
     *
     * @throws org.tongmai.standards.error.CodedException when the account has no such session
     */
    void end(String account, UUID id);

    /**
     * A session that can be open.
     *
     * @param address where the login came from
     * @param usedAt the last request, to the minute
     */
    record Open(UUID id, String address, Instant since, Instant usedAt) {}
}
