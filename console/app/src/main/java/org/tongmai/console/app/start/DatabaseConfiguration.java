package org.tongmai.console.app.start;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.tongmai.console.app.database.EmbeddedPostgreSql;
import org.tongmai.console.app.database.OwnServer;
import org.tongmai.console.app.settings.DatabaseSettings;
import org.tongmai.console.app.settings.PortSettings;
import org.tongmai.console.app.settings.PortSettings.SamplePresence;
import org.tongmai.console.app.settings.TongmaiSettings;

/** The database and the pools on it: what arrives, what leaves and who reads never wait for each other's connections. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {
    private static final Duration CONNECTION_LIMIT = Duration.ofSeconds(5);
    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(2);

    private static final Duration AUDIT_LIMIT = Duration.ofSeconds(2);
    private static final Duration AUDIT_ANSWER_LIMIT = Duration.ofSeconds(30);
    private static final int AUDIT_CONNECTIONS = 4;

    /** Statements of batches are planned once and for good: by index, whatever the tables held when it was done. */
    private static final String PLAN_ONCE =
            "set plan_cache_mode = force_generic_plan; set enable_seqscan = off; set enable_hashjoin = off; "
                    + "set enable_mergejoin = off";

    /** Where the database is; closing stops the embedded server. */
    record DatabaseServer(String url, String user, String password, AutoCloseable process) implements AutoCloseable {
        @Override
        public void close() throws Exception {
            process.close();
        }

        @Override
        public String toString() {
            return "DatabaseServer[" + user + "]";
        }
    }

    /** Stopped by {@link BegunEarly}, as are the others. */
    @Bean(destroyMethod = "")
    DatabaseServer databaseServer(BegunEarly begun) {
        return begun.database();
    }

    /** Returns when it answers. */
    static DatabaseServer start(TongmaiSettings settings, PortSettings ports, DataDirectory data) {
        DatabaseSettings database = settings.database();
        if (!database.embedded()) {
            String password = Secret.firstLineOf(database.passwordFile(), "tongmai.database.password-file");
            OwnServer.check(database.url(), database.username(), password);
            return new DatabaseServer(database.url(), database.username(), password, () -> {});
        }
        String password = data.secret("postgresql");
        int port = database.port() == 0
                ? FreePorts.any(ports.listening(SamplePresence.RUNNING).values())
                : database.port();
        EmbeddedPostgreSql server = new EmbeddedPostgreSql(
                data.resolve("postgresql"), data.resolve("logs"), port, database.sharedBuffers(), password);
        try {
            server.start();
        } catch (RuntimeException e) { // a process that does not answer is not left behind
            server.close();
            throw e;
        }
        return new DatabaseServer(server.url(), server.user(), password, server);
    }

    @Bean(destroyMethod = "close")
    HikariDataSource writers(DatabaseServer server, TongmaiSettings settings) {
        return new HikariDataSource(
                writing(server, "writers", settings.database().writers()));
    }

    @Bean(destroyMethod = "close")
    HikariDataSource deliverers(DatabaseServer server, TongmaiSettings settings) {
        return new HikariDataSource(
                writing(server, "deliverers", settings.database().deliverers()));
    }

    @Bean(destroyMethod = "close")
    @Primary
    HikariDataSource readers(DatabaseServer server, TongmaiSettings settings) {
        return new HikariDataSource(pool(server, "readers", settings.database().readers()));
    }

    /** Small and impatient: while the database does not answer, acts and calls are refused, and soon. */
    @Bean(destroyMethod = "close")
    HikariDataSource audits(DatabaseServer server) {
        HikariConfig config = writing(server, "audits", AUDIT_CONNECTIONS);
        config.setConnectionTimeout(AUDIT_LIMIT.toMillis());
        config.addDataSourceProperty("socketTimeout", Long.toString(AUDIT_ANSWER_LIMIT.toSeconds()));
        return new HikariDataSource(config);
    }

    private static HikariConfig writing(DatabaseServer server, String name, int size) {
        HikariConfig config = pool(server, name, size);
        config.setConnectionInitSql(PLAN_ONCE);
        return config;
    }

    private static HikariConfig pool(DatabaseServer server, String name, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("tongmai-" + name);
        config.setJdbcUrl(server.url());
        config.setUsername(server.user());
        config.setPassword(server.password());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECTION_LIMIT.toMillis());
        config.setInitializationFailTimeout(CONNECTION_LIMIT.toMillis());
        config.addDataSourceProperty("ApplicationName", "tongmai " + name);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("socketTimeout", Long.toString(ANSWER_LIMIT.toSeconds()));
        config.addDataSourceProperty("logServerErrorDetail", "false");
        return config;
    }
}
