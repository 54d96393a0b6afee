package org.tongmai.routes.engine.gateway.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {
    private static final FileTypes.Found JPEG = new FileTypes.Found("image/jpeg", false);

    private static String wrong(String parameters, String type) {
        String bytes = new String(parameters.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return FileNames.wrong("form-data; name=\"f\"; " + bytes, new FileTypes.Found(type, FileTypes.isTextType(type)))
                .orElse("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "filename=\"shell.jsp\"",
                "filename=shell.JSP",
                "FileName = \"shell.jsp\"",
                "filename=\"shell.jsp.\"",
                "filename=\"shell.jsp \"",
                "filename=\"shell.jsp::$DATA\"",
                "filename=\"shell.jsp;1\"",
                "filename=\"shell.php.jpg\"",
                "filename=\"shell.asp;.jpg\"",
                "filename=\"shell.ｊｓｐ\"",
                "filename=\"a.html\"",
                "filename=\"a.exe\"",
                "filename=\".htaccess\"",
                "filename*=UTF-8''shell.jsp",
                "filename*=UTF-8''shell%2Ejsp",
                "filename=\"a.jpg\"; filename*=UTF-8''shell.jsp",
                "filename=\"a.jpg\"; filename=\"shell.jsp\"",
                "filename*0=\"a.\"; filename*1=\"jsp\"",
                "filename=\"=?utf-8?B?c2hlbGwuanNw?=\"",
                "filename=\"=?utf-8?Q?shell=2Ejsp?=\"",
                "filename=\"a.php%00.png\"",
                "filename=\"a%2ephp\"",
                "filename=\"a%252ephp\""
            })
    void a_picture_that_is_named_as_something_else_is_not_taken(String parameters) {
        assertThat(wrong(parameters, "image/jpeg")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "filename=\"../../webapps/ROOT/x.jpg\"",
                "filename=\"/etc/x.jpg\"",
                "filename=\"C:\\scans\\x.jpg\"",
                "filename=\"..\"",
                "filename=\"..%2fx.jpg\"",
                "filename*=UTF-8''..%5Cx.jpg",
                "filename=\"x\u0001.jpg\"",
                "filename=\"x%0d%0a.jpg\"",
                "filename*=UTF-8''x%E2%80%AEgpj.jpg"
            })
    void a_name_that_is_a_path_or_shows_as_another_is_not_taken(String parameters) {
        assertThat(wrong(parameters, "image/jpeg")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "scan.jpg,                              image/jpeg",
        "SCAN.JPEG,                             image/jpeg",
        "blob,                                  image/jpeg",
        "'',                                    image/jpeg",
        "IMG 2026.11.27 (1).jpg,                image/png",
        "张三.胸片.png,                         image/png",
        "100%.jpg,                              image/jpeg",
        "报告….pdf,                             application/pdf",
        "化验单..pdf,                           application/pdf",
        "检查报告.v2,                           application/pdf",
        "scan.jpg_large,                        image/jpeg",
        "www.hospital.com.pdf,                  application/pdf",
        "CT／MRI.pdf,                           application/pdf",
        "合同.doc.pdf,                          application/pdf",
        "IM000001,                              application/dicom",
        "1.2.840.113619.2.55.3,                 application/dicom",
        "IMG0001.DCM;1,                         application/dicom",
        "病历.docx,      application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "病历.doc,       application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "病历.wps,                              application/msword",
        "化验.csv,                              text/plain",
        "message.hl7,                           application/hl7-v2",
        "bundle.json,                           application/json",
        "IMG_0001.HEIC,                         video/mp4",
        "waveform.scp,                          application/octet-stream",
        "'=?UTF-8?Q?=E5=BC=A0=E4=B8=89.jpg?=',  image/jpeg"
    })
    void names_as_people_give_them_are_taken(String name, String type) {
        assertThat(wrong("filename=\"" + name + "\"", type)).isEmpty();
    }

    @Test
    void a_character_of_gb_18030_whose_second_byte_is_a_backslash_is_no_path() {
        byte[] name = "誠.jpg".getBytes(Charset.forName("GB18030"));
        assertThat(name).contains('\\');

        String bytes = new String(name, StandardCharsets.ISO_8859_1);
        assertThat(FileNames.wrong("form-data; filename=\"" + bytes + "\"", JPEG))
                .isEmpty();
    }

    @Test
    void what_is_found_never_shows_the_name() {
        assertThat(FileNames.wrong("form-data; filename=\"zhangsan.jsp\"", JPEG))
                .hasValue("a name of a program");
        assertThat(FileNames.wrong("form-data; filename=\"zhangsan.pdf\"", JPEG))
                .hasValue("a name that is not of image/jpeg");
    }

    @Test
    void a_file_of_no_known_type_may_have_any_name_but_that_of_a_program() {
        assertThat(wrong("filename=\"x.exe\"", FileTypes.UNKNOWN)).isNotEmpty();
        assertThat(wrong("filename=\"x.ecg\"", FileTypes.UNKNOWN)).isEmpty();
        assertThat(wrong("filename=\"web.config\"", FileTypes.TEXT)).isNotEmpty();
    }
}
