package org.tongmai.routes.engine.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnreadablePathTest {
    @ParameterizedTest
    @CsvSource({
        "/a/{id:[0-9]+}, /a/**, /a/{x}, true",
        "/a/{id:[0-9]+}, /a/**, /a/**, true",
        "/a/{id:[0-9]+}, /a/**, /**, true",
        "/a/{id:[0-9]+}, /a/**, /{x}/**, true",
        "/a/{id:[0-9]+}, /a/**, /{x}/{y}, true",
        "/a/{id:[0-9]+}, /a/**, /a/b/{x}, true",
        "/a/{id:[0-9]+}, /a/**, /a/list, false",
        "/a/{id:[0-9]+}, /a/**, /a, false",
        "/a/{id:[0-9]+}, /a/**, /b/**, false",
        "/a/{id:[0-9]+}, /a/**, /{x}, false",
        "/**/a, /**, /b/{x}, true",
        "/a/{x}/../b, /a/**, /a/**, true",
        "a/b c, /a/**, /a/**, true",
        "'', /**, /b/**, true"
    })
    void what_a_path_could_match_is_known_by_its_first_segments(
            String path, String widest, String other, boolean mayBe) {
        UnreadablePath unreadable = new UnreadablePath(path);
        assertThat(unreadable.widest()).isEqualTo(widest);
        assertThat(unreadable.mayBe(other)).isEqualTo(mayBe);
    }
}
