package org.tongmai.console.server.account;

import java.time.InstantSource;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.core.session.SessionInformation;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.transaction.support.TransactionTemplate;
import org.tongmai.console.server.ConsoleSettings;
import org.tongmai.console.server.account.internal.AccountAuthentication;
import org.tongmai.console.server.account.internal.Failures;
import org.tongmai.console.server.account.internal.FirstAccounts;
import org.tongmai.console.server.account.internal.Floods;
import org.tongmai.console.server.account.internal.JdbcAccounts;
import org.tongmai.console.server.account.internal.JdbcSessions;
import org.tongmai.console.server.account.internal.KnownPlaces;
import org.tongmai.console.server.account.internal.LiveAccounts;
import org.tongmai.console.server.account.internal.LoginCheck;
import org.tongmai.console.server.account.internal.Passwords;
import org.tongmai.console.server.account.internal.RememberedLogins;
import org.tongmai.console.server.account.internal.TotpFactors;

/** Makes the schema, the first accounts and what Spring Security asks. */
@Configuration(proxyBeanMethods = false)
public class AccountConfiguration {
    private final BCryptPasswordEncoder encoder = new BCryptPasswordEncoder();

    /** Of one network in a minute; people who share an address mistype, and one of them more than often. */
    private static final int MOST_FAILED_LOGINS = 60;

    /** The tables, when they are there. */
    record Tables(JdbcClient jdbc, TransactionTemplate transactions, Passwords passwords) {}

    @Bean
    FirstPasswords firstPasswords(DataSource dataSource, ConsoleSettings settings) {
        Flyway.configure()
                .dataSource(dataSource)
                .schemas("console")
                .createSchemas(true)
                .locations("classpath:db/console")
                .load()
                .migrate();
        TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        return new FirstAccounts(JdbcClient.create(dataSource), transactions, encoder).create(settings.dataDirectory());
    }

    /** The parameter {@code first} only orders: there is no table before it. */
    @Bean
    Tables accountTables(DataSource dataSource, FirstPasswords first) {
        JdbcClient jdbc = JdbcClient.create(dataSource);
        return new Tables(
                jdbc, new TransactionTemplate(new JdbcTransactionManager(dataSource)), new Passwords(jdbc, encoder));
    }

    @Bean
    SessionRegistry sessionRegistry() {
        return new SessionRegistryImpl();
    }

    @Bean
    RememberedLogins rememberedLogins(ConsoleSettings settings) {
        return new RememberedLogins(settings.rememberBasic());
    }

    @Bean
    LiveAccounts liveAccounts(Tables tables) {
        return new LiveAccounts(tables.jdbc());
    }

    @Bean
    Accounts accounts(Tables tables, Changes changes) {
        return new JdbcAccounts(tables.jdbc(), tables.transactions(), tables.passwords(), changes::forget);
    }

    @Bean
    Failures failures(Tables tables, ConsoleSettings settings, SignIns signIns) {
        return new Failures(tables.jdbc(), settings, signIns, InstantSource.system());
    }

    @Bean
    TotpFactors secondFactors(
            Tables tables, Accounts accounts, SecondFactorKey key, Failures failures, Changes changes) {
        return new TotpFactors(
                new TotpFactors.Parts(tables.jdbc(), tables.transactions(), accounts, key, failures),
                changes::forget,
                InstantSource.system());
    }

    @Bean
    LoginCheck.Guessing guessing(Tables tables, ConsoleSettings settings) {
        return new LoginCheck.Guessing(
                new KnownPlaces(tables.jdbc(), settings.failuresBeforeLock(), InstantSource.system()),
                new Floods(MOST_FAILED_LOGINS));
    }

    @Bean
    LoginCheck logins(
            Tables tables, Accounts accounts, TotpFactors factors, Failures failures, LoginCheck.Guessing guessing) {
        return new LoginCheck(new LoginCheck.Parts(accounts, tables.passwords(), factors, failures, guessing));
    }

    @Bean
    AccountAuthentication accountAuthentication(
            Accounts accounts, Logins logins, Doorkeepers keepers, ConsoleSettings settings) {
        return new AccountAuthentication(
                new AccountAuthentication.Parts(
                        accounts,
                        logins,
                        keepers.changes().remembered(),
                        keepers.changes().live(),
                        keepers.signIns(),
                        keepers.sessions()),
                settings.rules());
    }

    @Bean
    Doorkeepers doorkeepers(Changes changes, SignIns signIns, Sessions sessions) {
        return new Doorkeepers(changes, signIns, sessions);
    }

    /** Who is told of logins, and asked whether earlier ones still count. */
    record Doorkeepers(Changes changes, SignIns signIns, Sessions sessions) {}

    @Bean
    Sessions sessions(Tables tables, ConsoleSettings settings, LiveAccounts live) {
        return new JdbcSessions(tables.jdbc(), settings.rules(), live::forget);
    }

    @Bean
    Changes accountChanges(SessionRegistry sessions, RememberedLogins remembered, LiveAccounts live) {
        return new Changes(sessions, remembered, live);
    }

    /** Ends at once what was built here on an account that changed; other nodes see it by its generation. */
    record Changes(SessionRegistry sessions, RememberedLogins remembered, LiveAccounts live) {
        void forget(String name) {
            remembered.forget(name);
            live.forget(name);
            User principal = new User(name, "", java.util.List.of());
            sessions.getAllSessions(principal, false).forEach(SessionInformation::expireNow);
        }
    }
}
