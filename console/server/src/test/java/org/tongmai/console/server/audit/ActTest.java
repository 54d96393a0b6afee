package org.tongmai.console.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActTest {
    private static final String TEMPLATE = "/api/accounts/{name}/enable";

    @ParameterizedTest
    @CsvSource({
        "zhang-san, zhang-san",
        "hospital-adt-to-district.tenant-1, hospital-adt-to-district.tenant-1",
        "0f8fad5b-d9cb-469f-a165-70867728950e, 0f8fad5b-d9cb-469f-a165-70867728950e",
        "HSDC01.01, HSDC01.01",
        "Xk3-vQ9_pLr8TzW2mN5bY7cA, …",
        "a password of four words, …",
        "张三, …"
    })
    void a_name_in_the_address_is_written_and_a_password_that_stands_there_is_not(String name, String written) {
        AuditedAddresses.Row row = new AuditedAddresses().find("POST", TEMPLATE).orElseThrow();

        assertThat(Act.written(TEMPLATE, Map.of("name", name), row)).isEqualTo("/api/accounts/" + written + "/enable");
    }
}
