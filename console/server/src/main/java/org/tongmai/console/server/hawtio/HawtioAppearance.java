package org.tongmai.console.server.hawtio;

import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Gives Hawtio our name and picture, in place of the file it is shipped with. */
@RestController
class HawtioAppearance {
    private static final String NAME = "通脉 Tongmai";
    private static final String LOGO = "/plugins/tongmai/logo.svg";

    @GetMapping(HawtioConfiguration.HAWTIO + "/hawtconfig.json")
    Map<String, Object> configuration() {
        Map<String, Object> branding = Map.of(
                "appName", NAME, "showAppName", true, "appLogoUrl", LOGO, "appLogoDarkModeUrl", LOGO, "favicon", LOGO);
        Map<String, Object> about = Map.of(
                "title",
                NAME,
                "additionalInfo",
                "健康集成平台 · Health integration platform",
                "productInfo",
                List.of(),
                "copyright",
                "",
                "imgSrc",
                LOGO);
        return Map.of("branding", branding, "about", about, "disabledRoutes", List.of("/connect", "/quartz"));
    }
}
