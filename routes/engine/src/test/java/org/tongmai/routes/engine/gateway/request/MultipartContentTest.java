package org.tongmai.routes.engine.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartContentTest {
    @ParameterizedTest
    @CsvSource({
        "multipart/form-data; boundary=----WebKitFormBoundaryABC123,----WebKitFormBoundaryABC123",
        "multipart/form-data; boundary=\"gc0p4Jq0M:2Yt08j\",gc0p4Jq0M:2Yt08j",
        "Multipart/Form-Data;charset=utf-8;BOUNDARY=b ;x=y,b"
    })
    void what_browsers_and_libraries_send_has_one_boundary(String type, String boundary) {
        assertThat(MultipartContent.isAmbiguous(type)).isFalse();
        assertThat(MultipartContent.boundary(type)).isEqualTo(boundary);
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data; boundary=\"b \"", "multipart/form-data; boundary=a; boundary=b"})
    void a_boundary_with_two_readings_is_none(String type) {
        assertThat(MultipartContent.isAmbiguous(type)).isTrue();
    }

    @TestFactory
    Stream<DynamicTest> a_content_is_split_in_the_one_way_of_the_rfc_or_not_at_all() throws IOException {
        try (InputStream in = MultipartContentTest.class.getResourceAsStream("multipart-contents.json")) {
            return StreamSupport.stream(new ObjectMapper().readTree(in).spliterator(), false)
                    .map(each -> DynamicTest.dynamicTest(each.path("case").asText(), () -> split(each)))
                    .toList()
                    .stream();
        }
    }

    private static void split(JsonNode each) throws Exception {
        byte[] body = each.path("body").asText().getBytes(StandardCharsets.ISO_8859_1);
        if (each.has("broken")) {
            assertThatThrownBy(() -> MultipartContent.parts(body, "b", 10))
                    .isInstanceOf(MultipartContent.Broken.class)
                    .hasMessage(each.path("broken").asText());
            return;
        }
        List<String> read = MultipartContent.parts(body, "b", 10).stream()
                .map(part -> part.fields() + new String(part.content(), StandardCharsets.ISO_8859_1))
                .toList();
        List<String> expected = StreamSupport.stream(each.path("parts").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        assertThat(read).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "->",
            value = {
                "form-data; name=a -> VALUE",
                "form-data; name=\"a file\" -> VALUE",
                "form-data; name=a; filename=b.txt -> FILE",
                "form-data; name=a; FileName=\"b.txt\" -> FILE",
                "form-data; name=a; filename*=UTF-8''%E4%B8%AD.txt -> FILE",
                "form-data; name=a; filename=b.txt; filename*=UTF-8''%E4%B8%AD.txt -> FILE",
                "form-data; name=a; filename=\"\" -> EITHER",
                "form-data; name=a; filename=b; filename=c -> EITHER",
                "form-data; name=\"a; filename=b\" -> EITHER",
                "form-data; name=a; filename*0=b -> EITHER",
                "form-data; name=\"a\" ; filename= \"C:\\scans\\b;=.txt\"  -> FILE",
                "form-data; name=comment; a=b\"; filename=f; c=\"d -> EITHER",
                "form-data; name=a=\"; filename=f; c=\" -> EITHER",
                "form-data; name=\t\"a; filename=f; c=\" -> EITHER",
                "form-data\"; filename=f; c=\"d -> EITHER",
                "form-data; name=\"a\"b\"; filename=f; c=\"d\" -> EITHER",
                "form-data; name=\"a\\\"b\"; filename=\"f\" -> EITHER",
                "form-data; name=\"a\\\\\"; filename=f -> EITHER",
                "form-data; name=\"it's\"; filename=f -> FILE",
                "form-data; name=comment; a='; filename=f; c=' -> EITHER",
                "form-data; filename=\"f -> EITHER"
            })
    void a_part_is_a_file_where_everybody_finds_its_name(String disposition, MultipartContent.Reading reading) {
        var part = new MultipartContent.Part(Map.of("content-disposition", disposition), new byte[0]);

        assertThat(part.reading()).isEqualTo(reading);
        assertThat(part).hasToString("Part[0 bytes]");
    }
}
