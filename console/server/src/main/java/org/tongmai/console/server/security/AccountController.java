package org.tongmai.console.server.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.console.server.ConsoleSettings;
import org.tongmai.console.server.account.Account;
import org.tongmai.console.server.account.AccountRules;
import org.tongmai.console.server.account.Accounts;
import org.tongmai.console.server.account.Limit;
import org.tongmai.console.server.account.Role;
import org.tongmai.console.server.account.SecondFactors;
import org.tongmai.console.server.audit.ActDetail;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Accounts and their roles, for the security administrator. A name counts as it is listed, in no other spelling. */
@RestController
@RequestMapping("/api/accounts")
public class AccountController {
    /** What is said twice, or is no part of the order, is refused: nobody shall read one thing and get another. */
    private static final JsonMapper ORDERS = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final String ROLES = "{\"roles\": [\"…\"]}";

    private final Accounts accounts;
    private final SecondFactors factors;
    private final ActDetail details;
    private final AccountRules rules;

    public AccountController(Accounts accounts, SecondFactors factors, ActDetail details, ConsoleSettings settings) {
        this.accounts = accounts;
        this.factors = factors;
        this.details = details;
        this.rules = settings.rules();
    }

    @GetMapping
    List<Item> all() {
        Instant now = Instant.now();
        return accounts.all().stream()
                .map(account -> Item.of(account, rules.limitOf(account, now), now))
                .toList();
    }

    /** Answers a one-time password, once: it counts only for changing it. */
    @PostMapping("/{name}")
    @ResponseStatus(HttpStatus.CREATED)
    Given create(@PathVariable String name, @RequestBody String order, HttpServletRequest request) {
        Creation creation = read(order, Creation.class, "{\"roles\": [\"…\"], \"displayName\": \"…\"}");
        Set<Role> roles = roles(creation.roles());
        details.before(request, roles.toString());
        String displayName = creation.displayName() == null ? "" : creation.displayName();
        return new Given(name, accounts.create(name, displayName, roles));
    }

    @PostMapping("/{name}/display-name")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changeDisplayName(@PathVariable String name, @RequestBody String order) {
        String expected = "{\"displayName\": \"…\"}";
        String account = existing(name).name();
        String displayName = read(order, Calling.class, expected).displayName();
        accounts.changeDisplayName(account, required(displayName, expected));
    }

    @PostMapping("/{name}/roles")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changeRoles(
            @PathVariable String name, @RequestBody String order, Authentication who, HttpServletRequest request) {
        Account account = others(name, who);
        Set<Role> roles = roles(read(order, RoleOrder.class, ROLES).roles());
        details.before(request, new TreeSet<>(account.roles()) + " -> " + roles);
        accounts.changeRoles(name, roles);
    }

    @PostMapping("/{name}/enable")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void enable(@PathVariable String name) {
        accounts.enable(existing(name).name());
    }

    @PostMapping("/{name}/disable")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void disable(@PathVariable String name) {
        accounts.disable(existing(name).name());
    }

    @PostMapping("/{name}/unlock")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unlock(@PathVariable String name) {
        accounts.unlock(existing(name).name());
    }

    /** Answers a new one-time password, once. */
    @PostMapping("/{name}/reset-password")
    Given resetPassword(@PathVariable String name, Authentication who) {
        return new Given(name, accounts.resetPassword(others(name, who).name()));
    }

    @PostMapping("/{name}/end-sessions")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endSessions(@PathVariable String name) {
        accounts.endSessions(existing(name).name());
    }

    @PostMapping("/{name}/remove-second-factor")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeSecondFactor(@PathVariable String name, Authentication who) {
        factors.remove(others(name, who).name());
    }

    private Account existing(String name) {
        return existing(accounts, name);
    }

    static Account existing(Accounts accounts, String name) {
        return accounts.find(name)
                .filter(account -> account.name().equals(name))
                .orElseThrow(() -> new CodedException(
                        Issue.of(ConsoleError.NO_SUCH_ACCOUNT, "name", "expected: one of GET /api/accounts")));
    }

    private Account others(String name, Authentication who) {
        Account account = existing(name);
        if (account.name().equals(who.getName())) {
            throw new CodedException(Issue.of(
                    ConsoleError.OWN_ACCOUNT, "name", "found: the own account; expected: another administrator's act"));
        }
        return account;
    }

    private static <T> T read(String order, Class<T> type, String expected) {
        try {
            return required(ORDERS.readValue(order, type), expected);
        } catch (JsonProcessingException broken) {
            return required(null, expected);
        }
    }

    private static <T> T required(T value, String expected) {
        if (value == null) {
            throw new CodedException(Issue.of(ConsoleError.BAD_BODY, "", "expected: " + expected + ", once"));
        }
        return value;
    }

    private static Set<Role> roles(List<String> words) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String word : required(words, ROLES)) {
            roles.add(Arrays.stream(Role.values())
                    .filter(role -> role.name().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new CodedException(Issue.of(
                            ConsoleError.BAD_ROLES,
                            "roles",
                            "found: one there is not; expected: of " + Arrays.toString(Role.values())))));
        }
        return roles;
    }

    /** The roles an account is to have. */
    record RoleOrder(List<String> roles) {}

    /** An account that is to be made; without a display name it has none. */
    record Creation(List<String> roles, String displayName) {}

    /** What the account's user is to be called. */
    record Calling(String displayName) {}

    /** An account with its one-time password. Prints neither. */
    record Given(String name, String password) {
        @Override
        public String toString() {
            return "Given";
        }
    }

    /** An account as it is listed. */
    record Item(String name, List<Role> roles, State state, Account.Credentials credentials, Account.Person person) {
        static Item of(Account account, Limit limit, Instant now) {
            boolean locked = account.lockedAt(now);
            return new Item(
                    account.name(),
                    account.roles().stream().sorted().toList(),
                    new State(
                            account.enabled(),
                            locked,
                            locked ? account.locking().lockedUntil() : null,
                            account.locking().failedAttempts(),
                            limit),
                    account.credentials(),
                    account.person());
        }
    }

    /**
     * Whether it can log in, and what for.
     *
     * @param lockedUntil null unless it is locked
     * @param limit what has to be done first
     */
    record State(boolean enabled, boolean locked, Instant lockedUntil, int failedAttempts, Limit limit) {}
}
