package org.tongmai.console.app;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The browser test of the page Accounts, in Chromium, against the whole platform: an account from its making to its end, with
 * one-time codes of a QR code that is read from the screen.
 */
class AccountsPageIT {
    @RegisterExtension
    static final RunningPlatform PLATFORM = new RunningPlatform();

    @Test
    void the_page_governs_accounts_and_lets_everybody_keep_the_own_one(@TempDir Path folder) throws Exception {
        PlatformClient client = PLATFORM.client();
        PagesInChromium.orSkip(folder)
                .pass(
                        "accounts.test.mjs",
                        Map.of(
                                "BASE_URL",
                                        "http://127.0.0.1:" + PLATFORM.ports().http(),
                                "SECURITY_PASSWORD", client.password("security-administrator"),
                                "VIEWER_PASSWORD", client.password("viewer")));
    }
}
