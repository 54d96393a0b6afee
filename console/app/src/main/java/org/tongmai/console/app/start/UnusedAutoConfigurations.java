package org.tongmai.console.app.start;

import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;

/**
 * Leaves out what Boot and Camel would configure and nobody here uses. Every bean is looked at by every search for a
 * type, and the start makes hundreds of those: without these it takes a tenth less processor time. Camel finds its
 * components and languages without them; what they add is a set of {@code camel.component.*} settings.
 */
final class UnusedAutoConfigurations implements AutoConfigurationImportFilter {
    private static final String BOOT = "org.springframework.boot.autoconfigure.";
    private static final String ACTUATOR = "org.springframework.boot.actuate.autoconfigure.";
    private static final String CAMEL = "org.apache.camel.";

    /** Beginnings of class names. */
    static final List<String> UNUSED = List.of(
            CAMEL + "component.",
            CAMEL + "language.",
            CAMEL + "model.rest.",
            CAMEL + "spring.boot.cloud.",
            CAMEL + "spring.boot.cluster.",
            CAMEL + "spring.boot.routetemplate.",
            CAMEL + "spring.boot.vault.",
            BOOT + "aop.",
            BOOT + "cache.",
            BOOT + "dao.",
            BOOT + "gson.",
            BOOT + "http.client.",
            BOOT + "jdbc.DataSourceTransactionManager",
            BOOT + "jdbc.JdbcClient",
            BOOT + "jdbc.JdbcTemplate",
            BOOT + "netty.",
            BOOT + "sql.init.",
            BOOT + "task.TaskScheduling",
            BOOT + "transaction.",
            BOOT + "web.client.",
            BOOT + "web.servlet.Multipart",
            BOOT + "websocket.",
            ACTUATOR + "audit.",
            ACTUATOR + "cache.",
            ACTUATOR + "observation.web.client.",
            ACTUATOR + "sbom.",
            ACTUATOR + "scheduling.",
            ACTUATOR + "web.exchanges.");

    @Override
    public boolean[] match(String[] classes, AutoConfigurationMetadata metadata) {
        boolean[] used = new boolean[classes.length];
        for (int i = 0; i < classes.length; i++) {
            // Those already sorted out by another filter are null.
            used[i] = classes[i] != null && UNUSED.stream().noneMatch(classes[i]::startsWith);
        }
        return used;
    }
}
