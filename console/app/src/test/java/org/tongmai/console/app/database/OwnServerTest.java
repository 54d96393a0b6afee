package org.tongmai.console.app.database;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class OwnServerTest {
    @Test
    void a_server_that_is_not_there_is_told_of_with_code_setting_and_reason() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        assertThatThrownBy(() -> OwnServer.check("jdbc:postgresql://127.0.0.1:" + port + "/any", "me", "own-secret"))
                .hasMessageContaining("TM-APP-0015")
                .hasMessageContaining("tongmai.database.url")
                .hasMessageContaining("08001")
                .hasMessageNotContaining("own-secret");
    }
}
