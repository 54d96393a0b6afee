package org.tongmai.console.app.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceAccountsTest {
    @TempDir
    Path folder;

    @Test
    void the_password_of_an_account_is_the_first_line_of_its_file() throws IOException {
        Files.writeString(folder.resolve("district.password"), "s3cret&)\nno more\n");
        ServiceAccounts accounts = new ServiceAccounts(folder.toString());

        assertThat(accounts.names("gateway.account.district")).isTrue();
        assertThat(accounts.names("gateway.open.port")).isFalse();
        assertThat(accounts.password("gateway.account.district")).isEqualTo("s3cret&)");
        assertThat(accounts.password("gateway.account.")).isEmpty();
        assertThat(new ServiceAccounts("").password("gateway.account.district")).isNull();
    }

    @Test
    void a_password_that_would_be_cut_is_refused_by_the_name_of_its_account() throws IOException {
        Files.writeString(folder.resolve("district.password"), "s3cret)&more\n");

        assertThatThrownBy(() -> new ServiceAccounts(folder.toString()).password("gateway.account.district"))
                .hasMessageContainingAll("TM-APP-0009", "account district")
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../other", "/etc/passwd", ".", "A", "a/b", "a.b"})
    void a_name_that_leads_elsewhere_is_no_account(String name) throws IOException {
        Files.writeString(folder.resolve("other.password"), "s3cret");
        ServiceAccounts accounts = new ServiceAccounts(
                Files.createDirectory(folder.resolve("accounts")).toString());

        assertThat(accounts.password("gateway.account." + name)).isNull();
    }
}
