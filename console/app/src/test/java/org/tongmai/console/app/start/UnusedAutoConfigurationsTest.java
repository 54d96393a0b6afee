package org.tongmai.console.app.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.camel.component.file.springboot.FileComponentAutoConfiguration;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;

class UnusedAutoConfigurationsTest {
    private final UnusedAutoConfigurations choice = new UnusedAutoConfigurations();

    @Test
    void camel_itself_is_configured_and_its_components_are_not() {
        String[] classes = {CamelAutoConfiguration.class.getName(), FileComponentAutoConfiguration.class.getName(), null
        };

        assertThat(choice.match(classes, null)).containsExactly(true, false, false);
    }

    @Test
    void every_entry_of_the_list_still_leaves_something_out() {
        List<String> candidates = ImportCandidates.load(
                        AutoConfiguration.class, getClass().getClassLoader())
                .getCandidates();

        assertThat(UnusedAutoConfigurations.UNUSED)
                .allSatisfy(start -> assertThat(candidates).anyMatch(name -> name.startsWith(start)));
    }
}
