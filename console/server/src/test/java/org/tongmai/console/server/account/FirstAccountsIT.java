package org.tongmai.console.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import javax.sql.DataSource;
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
    private final RunningConsole console = RunningConsole.shared();

    @Test
    void the_first_start_makes_six_accounts_with_different_long_passwords() {
        var passwords = console.passwords();
        assertThat(passwords).containsOnlyKeys("administrator", "engineer", "operator", "viewer", "service", "sender");
        assertThat(passwords.values())
                .allSatisfy(password -> assertThat(password).hasSizeGreaterThanOrEqualTo(20));
        assertThat(new HashSet<>(passwords.values())).hasSize(6);
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
        assertThat(hashes).hasSize(6).allSatisfy(hash -> assertThat(hash).startsWith("$2"));
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
            console.bean(Accounts.class)
                    .changePassword("sender", console.passwords().get("sender"));
        }
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
        for (String weak : new String[] {"short", "aaaaaaaaaaaaaaaa", "viewer-viewer-1234"}) {
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
            accounts.changePassword("engineer", first);
        }
    }
}
