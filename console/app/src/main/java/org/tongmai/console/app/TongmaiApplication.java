package org.tongmai.console.app;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jms.JmsAutoConfiguration;
import org.springframework.boot.autoconfigure.jms.artemis.ArtemisAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;
import org.tongmai.console.app.command.TongmaiCommand;
import org.tongmai.console.app.settings.TongmaiSettings;
import org.tongmai.console.app.start.LogsFirst;
import org.tongmai.console.app.start.PlatformConfiguration;

/**
 * The one application: everything in one process, with its own PostgreSQL beside it.
 *
 * <p>Example: {@code java -jar console/app/target/tongmai.jar --tongmai.ports.offset=1000}; with a word first it is a
 * command that starts nothing: {@code java -jar console/app/target/tongmai.jar convert hl7v2-to-fhir message.hl7}.
 */
@SpringBootConfiguration
@EnableAutoConfiguration(
        exclude = {
            DataSourceAutoConfiguration.class,
            FlywayAutoConfiguration.class,
            JmsAutoConfiguration.class,
            ArtemisAutoConfiguration.class
        })
@EnableConfigurationProperties(TongmaiSettings.class)
@Import(PlatformConfiguration.class)
public class TongmaiApplication {
    public static void main(String[] arguments) {
        if (TongmaiCommand.isCommand(arguments)) {
            System.exit(TongmaiCommand.execute(arguments));
        }
        LastWord.install();
        SpringApplication application = new SpringApplication(TongmaiApplication.class);
        application.addListeners(new LogsFirst(System::exit));
        application.run(arguments);
    }
}
