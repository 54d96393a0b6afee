package org.tongmai.console.server.account;

import java.time.Instant;
import java.util.List;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.User;

/** Who is logged in, and what the login was built on. The same as another of the same name, whatever that was built on. */
public final class SignedIn extends User {
    private static final long serialVersionUID = 1L;

    private final long generation;
    private final Instant since;
    private final Limit limit;

    private SignedIn(Account account, Instant since, Limit limit) {
        super(account.name(), "", limit == Limit.NONE ? authorities(account) : List.of());
        this.generation = account.generation();
        this.since = since;
        this.limit = limit;
    }

    /** A limited login has no role. */
    public static SignedIn now(Account account, Limit limit) {
        return new SignedIn(account, Instant.now(), limit);
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
}
