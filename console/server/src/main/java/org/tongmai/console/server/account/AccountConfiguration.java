package org.tongmai.console.server.account;

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
import org.tongmai.console.server.account.internal.FirstAccounts;
import org.tongmai.console.server.account.internal.JdbcAccounts;
import org.tongmai.console.server.account.internal.RememberedLogins;

/** Makes the schema, the first accounts and what Spring Security asks. */
@Configuration(proxyBeanMethods = false)
public class AccountConfiguration {
    private final BCryptPasswordEncoder encoder = new BCryptPasswordEncoder();

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

    @Bean
    SessionRegistry sessionRegistry() {
        return new SessionRegistryImpl();
    }

    @Bean
    RememberedLogins rememberedLogins(ConsoleSettings settings) {
        return new RememberedLogins(settings.rememberBasic());
    }

    /** The parameter {@code first} only orders: there is no table before it. */
    @Bean
    Accounts accounts(DataSource dataSource, ConsoleSettings settings, FirstPasswords first, Changes changes) {
        return new JdbcAccounts(JdbcClient.create(dataSource), encoder, settings, changes::forget);
    }

    @Bean
    Changes accountChanges(SessionRegistry sessions, RememberedLogins remembered) {
        return new Changes(sessions, remembered);
    }

    @Bean
    AccountAuthentication accountAuthentication(Accounts accounts, RememberedLogins remembered, SignIns signIns) {
        return new AccountAuthentication(accounts, remembered, signIns);
    }

    /** Ends what was built on an account that changed: its sessions and its remembered logins. */
    record Changes(SessionRegistry sessions, RememberedLogins remembered) {
        void forget(String name) {
            remembered.forget(name);
            User principal = new User(name, "", java.util.List.of());
            sessions.getAllSessions(principal, false).forEach(SessionInformation::expireNow);
        }
    }
}
