package org.tongmai.console.server.account.internal;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.tongmai.console.server.account.Account;
import org.tongmai.console.server.account.Accounts;
import org.tongmai.console.server.account.Role;
import org.tongmai.console.server.account.SignIns;
import org.tongmai.standards.error.CodedException;

/** Lets Spring Security ask our accounts. One answer for every refusal: nobody learns which accounts there are. */
public final class AccountAuthentication implements AuthenticationProvider {
    private final Accounts accounts;
    private final RememberedLogins remembered;
    private final SignIns signIns;

    public AccountAuthentication(Accounts accounts, RememberedLogins remembered, SignIns signIns) {
        this.accounts = accounts;
        this.remembered = remembered;
        this.signIns = signIns;
    }

    @Override
    public Authentication authenticate(Authentication request) {
        String name = request.getName();
        Object credentials = request.getCredentials();
        String password = credentials == null ? "" : credentials.toString();
        Optional<Account> known = remembered.find(name, password);
        Account account = known.orElseGet(() -> verified(name, password, request.getDetails()));
        if (known.isEmpty()) {
            remembered.remember(account, password);
        }
        List<SimpleGrantedAuthority> authorities = authorities(account).toList();
        User principal = new User(account.name(), "", authorities);
        var answer = UsernamePasswordAuthenticationToken.authenticated(principal, null, authorities);
        answer.setDetails(request.getDetails());
        return answer;
    }

    private Account verified(String name, String password, Object from) {
        Optional<Account> account = accounts.verify(name, password);
        if (account.isEmpty()) {
            signIns.refused(accounts.find(name).map(Account::name).orElse(""), from);
            throw new BadCredentialsException("name or password is wrong, or the account is locked");
        }
        try {
            signIns.signedIn(account.get().name(), from);
        } catch (CodedException unrecorded) {
            throw new InternalAuthenticationServiceException(unrecorded.code().summary(), unrecorded);
        }
        return account.get();
    }

    private static Stream<SimpleGrantedAuthority> authorities(Account account) {
        return account.roles().stream()
                .flatMap(role -> role.implied().stream())
                .map(Role::authority)
                .distinct()
                .map(SimpleGrantedAuthority::new);
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}
