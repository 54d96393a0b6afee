package org.tongmai.console.server.account;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.User;

/** Who is logged in, and what the login was built on. The same as another of the same name, whatever that was built on. */
public final class SignedIn extends User {
    private static final long serialVersionUID = 1L;

    private final long generation;
    private final Instant since;
    private final Limit limit;
    private final UUID session;

    private SignedIn(Account account, Limit limit, UUID session) {
        super(account.name(), "", limit == Limit.NONE ? authorities(account) : List.of());
        this.generation = account.generation();
        this.since = Instant.now();
        this.limit = limit;
        this.session = session;
    }

    /**
     * A limited login has no role.
     *
     * @param session null for a login without one
     */
    public static SignedIn now(Account account, Limit limit, UUID session) {
        return new SignedIn(account, limit, session);
    }

    private static List<SimpleGrantedAuthority> authorities(Account account) {
        return account.roles().stream()
                .flatMap(role -> role.implied().stream())
                .map(Role::authority)
                .distinct()
                .map(SimpleGrantedAuthority::new)
                .toList();
    }

    /** The generation of the account at the login. */
    public long generation() {
        return generation;
    }

    public Instant since() {
        return since;
    }

    public Limit limit() {
        return limit;
    }

    /** What {@link Sessions} knows the login's session by; null for a login without one. */
    public UUID session() {
        return session;
    }
}
