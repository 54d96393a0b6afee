package org.tongmai.console.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.transaction.support.TransactionTemplate;
import org.tongmai.console.server.account.internal.FirstAccounts;
import org.tongmai.console.server.sample.RunningConsole;
import org.tongmai.standards.error.CodedException;

class FirstAccountsIT {
    /** 26 characters, 78 bytes: bcrypt would look at the first 72 only. */
    private static final String LONG = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳";

    private final RunningConsole console = RunningConsole.shared();

    @Test
    void the_first_start_makes_an_account_a_role_with_different_long_passwords() {
        var passwords = console.passwords();
        assertThat(passwords)
                .containsOnlyKeys(
                        "administrator",
                        "security-administrator",
                        "audit-administrator",
                        "engineer",
                        "operator",
                        "viewer",
                        "service",
                        "sender");
        assertThat(passwords.values())
                .allSatisfy(password -> assertThat(password).hasSizeGreaterThanOrEqualTo(20));
        assertThat(new HashSet<>(passwords.values())).hasSize(8);
    }

    @Test
    void only_the_owner_can_read_the_file() throws Exception {
        var permissions =
                Files.getPosixFilePermissions(console.bean(FirstPasswords.class).file());
        assertThat(PosixFilePermissions.toString(permissions)).isEqualTo("rw-------");
    }

    @Test
    void the_database_holds_bcrypt_hashes_only() {
        var hashes = JdbcClient.create(console.bean(DataSource.class))
                .sql("select password_hash from console.account")
                .query(String.class)
                .list();
        assertThat(hashes).hasSizeGreaterThanOrEqualTo(8).allSatisfy(hash -> assertThat(hash)
                .startsWith("$2"));
    }

    @Test
    void a_start_on_a_database_of_before_makes_only_what_it_did_not_know(@TempDir Path folder) throws Exception {
        DataSource dataSource = console.bean(DataSource.class);
        JdbcClient jdbc = JdbcClient.create(dataSource);
        String operator = hash(jdbc, "operator");
        Path kept = Files.writeString(folder.resolve("first-passwords.txt"), "# first\noperator x\nsender void\n");
        FirstAccounts accounts = new FirstAccounts(
                jdbc, new TransactionTemplate(new JdbcTransactionManager(dataSource)), new BCryptPasswordEncoder());
        jdbc.sql("delete from console.account where name = 'sender'").update();
        try {
            assertThat(accounts.create(folder)).isEqualTo(new FirstPasswords(kept, true));
            assertThat(Files.readAllLines(kept))
                    .hasSize(3)
                    .contains("operator x")
                    .doesNotContain("sender void");
            String password = Files.readAllLines(kept).get(2).split(" ")[1];
            assertThat(new BCryptPasswordEncoder().matches(password, hash(jdbc, "sender")))
                    .isTrue();
            assertThat(hash(jdbc, "operator")).isEqualTo(operator);
            assertThat(accounts.create(folder).written()).isFalse();
        } finally {
            setHash(jdbc, "sender", console.passwords().get("sender"));
        }
    }

    @Test
    void a_database_of_the_version_before_keeps_its_accounts_and_gets_those_of_the_new_roles(@TempDir Path folder)
            throws Exception {
        EmbeddedPostgres postgres = console.bean(EmbeddedPostgres.class);
        JdbcClient.create(postgres.getPostgresDatabase())
                .sql("create database before")
                .update();
        DataSource before = postgres.getDatabase("postgres", "before");
        FluentConfiguration flyway = Flyway.configure()
                .dataSource(before)
                .schemas("console")
                .createSchemas(true)
                .locations("classpath:db/console");
        flyway.target("1").load().migrate();
        JdbcClient jdbc = JdbcClient.create(before);
        for (String name : List.of("administrator", "engineer", "operator", "viewer", "service", "sender")) {
            jdbc.sql("insert into console.account (name, password_hash, roles) values (?, 'kept', ?)")
                    .params(name, name.toUpperCase(Locale.ROOT))
                    .update();
        }
        flyway.target(MigrationVersion.LATEST).load().migrate();
        new FirstAccounts(
                        jdbc, new TransactionTemplate(new JdbcTransactionManager(before)), new BCryptPasswordEncoder())
                .create(folder);
        assertThat(Files.readString(folder.resolve("first-passwords.txt")).lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("security-administrator "))
                .anyMatch(line -> line.startsWith("audit-administrator "));
        assertThat(jdbc.sql("select count(*) from console.account where password_hash = 'kept' and not"
                                + " one_time_password and password_changed_at > now() - interval '1 hour'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(6);
    }

    /** Past the rule that no password comes back. */
    private static void setHash(JdbcClient jdbc, String account, String password) {
        jdbc.sql("update console.account set password_hash = ?, generation = generation + 1 where name = ?")
                .params(new BCryptPasswordEncoder().encode(password), account)
                .update();
    }

    private static String hash(JdbcClient jdbc, String account) {
        return jdbc.sql("select password_hash from console.account where name = ?")
                .param(account)
                .query(String.class)
                .single();
    }

    @Test
    void a_weak_password_is_refused_without_repeating_it() {
        Accounts accounts = console.bean(Accounts.class);
        for (String weak : new String[] {
            "short", "aaaaaaaaaaaaaaaa", "viewer-Viewer-1234", "abcdefghijkl", "abcdefgh1234", "ABCDEFGH-IJKL", LONG
        }) {
            assertThatThrownBy(() -> accounts.changePassword("viewer", weak))
                    .isInstanceOf(CodedException.class)
                    .hasMessageContaining("TM-CONSOLE-0011")
                    .hasMessageNotContaining(weak);
        }
    }

    @Test
    void a_changed_password_counts_at_once() {
        Accounts accounts = console.bean(Accounts.class);
        String first = console.passwords().get("engineer");
        String path = "/api/session";
        assertThat(console.get("engineer", path).statusCode()).isEqualTo(200);
        accounts.changePassword("engineer", "quite-another-0ne!");
        try {
            assertThat(console.get("engineer", path).statusCode()).isEqualTo(401);
            var changed = console.request(null, path)
                    .header("Authorization", RunningConsole.basic("engineer", "quite-another-0ne!"));
            assertThat(console.send(changed).statusCode()).isEqualTo(200);
        } finally {
            setHash(JdbcClient.create(console.bean(DataSource.class)), "engineer", first);
        }
    }
}
