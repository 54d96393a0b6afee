package org.tongmai.routes.engine.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.canonical.ResourceVersion;

class ResourceListTest {
    @Test
    void versions_are_read_back_as_they_were_written() {
        List<ResourceVersion> versions =
                List.of(new ResourceVersion("Patient", "a-1", 3), new ResourceVersion("Encounter", "b.2", 12));
        assertThat(ResourceList.write(versions)).isEqualTo("Patient/a-1/3 Encounter/b.2/12");
        assertThat(ResourceList.read(ResourceList.write(versions))).isEqualTo(versions);
        assertThat(ResourceList.read("")).isEmpty();
    }
}
