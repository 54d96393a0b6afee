package org.tongmai.console.server.account.internal;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.console.server.account.Account;
import org.tongmai.console.server.account.AccountRules;
import org.tongmai.console.server.account.Sessions;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Sessions in PostgreSQL: that they are there, never what is in them. */
public final class JdbcSessions implements Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcSessions.class);
    /** How often a session's use is written down, so how far off it may be. */
    private static final Duration NOTED = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final AccountRules rules;
    private final Consumer<String> changed;

    /** @param changed told the name of an account one of whose sessions ended */
    public JdbcSessions(JdbcClient jdbc, AccountRules rules, Consumer<String> changed) {
        this.jdbc = jdbc;
        this.rules = rules;
        this.changed = changed;
    }

    @Override
    public UUID begin(Account account, String address) {
        jdbc.sql("delete from console.session where since < ? or account = ? and generation <> ?")
                .params(ago(rules.sessionLife()), account.name(), account.generation())
                .update();
        UUID id = UUID.randomUUID();
        jdbc.sql("insert into console.session (id, account, generation, address) values (?, ?, ?, ?)")
                .params(id, account.name(), account.generation(), address)
                .update();
        return id;
    }

    @Override
    public void used(UUID id) {
        attempt("update console.session set seen_at = now() where id = ?", id);
    }

    @Override
    public void forget(UUID id) {
        attempt("delete from console.session where id = ?", id);
    }

    private void attempt(String statement, UUID id) {
        try {
            jdbc.sql(statement).param(id).update();
        } catch (DataAccessException away) {
            LOG.warn("{} {}", ConsoleError.ACCOUNTS_AWAY.code(), ConsoleError.ACCOUNTS_AWAY.summary());
        }
    }

    @Override
    public List<Open> of(String account) {
        return jdbc.sql("select s.* from console.session s join console.account a"
                        + " on a.name = s.account and a.generation = s.generation"
                        + " where a.name = ? and s.since > ? and s.seen_at > ? order by s.since desc")
                .params(
                        account,
                        ago(rules.sessionLife()),
                        ago(rules.sessionIdle().plus(NOTED)))
                .query((row, number) -> new Open(
                        row.getObject("id", UUID.class),
                        row.getString("address"),
                        row.getTimestamp("since").toInstant(),
                        row.getTimestamp("seen_at").toInstant()))
                .list();
    }

    @Override
    public void end(String account, UUID id) {
        int ended = jdbc.sql("delete from console.session where id = ? and account = ?")
                .params(id, account)
                .update();
        if (ended == 0) {
            throw new CodedException(
                    Issue.of(ConsoleError.NO_SUCH_SESSION, "id", "expected: one that is listed as open"));
        }
        changed.accept(account);
    }

    private static Timestamp ago(Duration time) {
        return Timestamp.from(Instant.now().minus(time));
    }
}
