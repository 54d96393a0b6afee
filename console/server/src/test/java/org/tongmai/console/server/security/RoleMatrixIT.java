package org.tongmai.console.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.tongmai.console.server.sample.RunningConsole;

/** Every address of {@code matrix/api.csv} answers every role as the table says. */
class RoleMatrixIT {
    private static final List<String> ACCOUNTS = List.of(
            "viewer",
            "operator",
            "engineer",
            "administrator",
            "security-administrator",
            "audit-administrator",
            "service");
    private static final String BODY =
            "{\"state\":[\"PARKED\"],\"destination\":\"hospital-adt-to-district.deliver-to-district\"}";

    private final RunningConsole console = RunningConsole.shared();

    @TestFactory
    List<DynamicTest> every_address_answers_every_role_as_the_table_says() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        String table;
        try (var in = getClass().getResourceAsStream("/matrix/api.csv")) {
            table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        table.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            String[] cells = line.split(";");
            for (int i = 0; i < ACCOUNTS.size(); i++) {
                tests.add(test(cells[0], cells[1], ACCOUNTS.get(i), cells[2 + i]));
            }
            tests.add(test(cells[0], cells[1], null, cells[9]));
            tests.add(test(cells[0], cells[1], "sender", cells[cells.length > 10 ? 10 : 8]));
        });
        return tests;
    }

    private DynamicTest test(String method, String path, String account, String expected) {
        String who = account == null ? "nobody" : account;
        return DynamicTest.dynamicTest(method + " " + path + " as " + who + " → " + expected, () -> {
            var request = console.request(account, path.replace("{id}", anId()));
            HttpResponse<String> answer = console.send(
                    method.equals("GET")
                            ? request.GET()
                            : request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(BODY)));
            // Without a login and a token a change is refused as forged before anybody asks who it is.
            int status = answer.statusCode() == 403 && account == null ? 401 : answer.statusCode();
            assertThat(status).as(answer.body()).isEqualTo(Integer.parseInt(expected));
        });
    }

    private String anId() {
        String body =
                console.get("viewer", "/api/messages?limit=1&state=DELIVERED").body();
        return body.replaceFirst("(?s).*\"id\":\"([0-9]+)\".*", "$1");
    }
}
