package org.tongmai.routes.engine.gateway.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
