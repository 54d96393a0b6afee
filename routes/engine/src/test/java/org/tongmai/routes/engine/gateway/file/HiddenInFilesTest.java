package org.tongmai.routes.engine.gateway.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.standards.exchange.HttpContent;
import org.tongmai.standards.exchange.Spool;
import org.tongmai.standards.exchange.SpooledContent;

/** Programs, pages and archives in what seems to be a picture, a document or a text. */
class HiddenInFilesTest {
    private static final byte[] GIF = latin("GIF89a\u0001\u0000\u0001\u0000");
    private static final byte[] JPEG = HexFormat.of().parseHex("ffd8ffe000104a46494600010100000100010000");
    private static final byte[] PNG = HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452");
    private static final byte[] PDF = latin("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj\n");
    private static final String WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    @TempDir
    static Path directory;

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] joined(byte[]... pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private static byte[] dicom(byte[] preamble, byte[] rest) {
        return joined(Arrays.copyOf(preamble, 128), latin("DICM"), rest);
    }

    private static byte[] zip(String... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write(latin("content"));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static String type(byte[] file) {
        return FileTypes.of(HttpContent.of(file)).type();
    }

    /** The same whether it is in memory or in a file. */
    private static boolean isTwo(byte[] bytes) {
        FileTypes.Found found = FileTypes.of(HttpContent.of(bytes));
        boolean two = FileTypes.isTwo(HttpContent.of(bytes), found);
        try (SpooledContent file = new Spool(directory, new Spool.Bounds(1, 100_000_000, 0))
                .ofAnswer()
                .begin()) {
            file.append(bytes);
            assertThat(FileTypes.of(file)).isEqualTo(found);
            assertThat(FileTypes.isTwo(file, found)).isEqualTo(two);
            assertThat(FileTypes.leavesFolder(file)).isEqualTo(FileTypes.leavesFolder(HttpContent.of(bytes)));
        }
        return two;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<?php system($_GET[1]);?>",
                "<?PHP\nsystem($x);",
                "<?= `$_GET[1]`?>",
                "<? eval($_POST['a']); ?>",
                "<%Runtime.getRuntime().exec(request.getParameter(\"c\"));%>",
                "<% out.print(1); %>",
                "<%@page import=\"java.util.*\"%>",
                "<%@ page pageEncoding=\"UTF-8\"%>",
                "<%eval request(\"a\")%>",
                "<jsp:scriptlet>x</jsp:scriptlet>",
                "${pageContext.request.getSession()}",
                "${''.getClass().forName(param.a)}"
            })
    void a_program_for_a_server_is_found_wherever_it_stands_in_a_picture_or_document(String program) {
        for (int before : new int[] {0, 1_200, 65_530, 200_000}) {
            byte[] padding = new byte[before];
            byte[] page = latin("\u0000" + program);
            assertThat(isTwo(joined(GIF, padding, page))).as("GIF, %d", before).isTrue();
            assertThat(isTwo(joined(JPEG, padding, page, padding))).as("JPEG").isTrue();
            assertThat(isTwo(joined(PDF, padding, page))).as("PDF").isTrue();
            assertThat(isTwo(dicom(new byte[0], joined(padding, page))))
                    .as("DICOM")
                    .isTrue();
        }
    }

    @Test
    void a_page_or_an_archive_is_found_wherever_it_stands_in_a_picture() throws IOException {
        byte[] padding = new byte[70_000];
        assertThat(isTwo(joined(PNG, padding, latin("<html><script>alert(1)</script>"))))
                .isTrue();
        assertThat(isTwo(joined(JPEG, padding, latin("<IFRAME\nsrc=x>")))).isTrue();
        assertThat(isTwo(joined(JPEG, zip("a.txt"), padding))).isTrue();
        assertThat(isTwo(joined(JPEG, padding, latin("Rar!\u001a\u0007\u0000"))))
                .isTrue();
        assertThat(isTwo(joined(JPEG, padding, HexFormat.of().parseHex("377abcaf271c"))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MZ\u0090", "\u007fELF", "#!/bin/sh\nid;exit\n", "<% x %>", "\u0000\u0000MZ"})
    void dicom_with_a_program_before_its_mark_is_two(String preamble) {
        assertThat(type(dicom(latin(preamble), new byte[100]))).isEqualTo("application/dicom");
        assertThat(isTwo(dicom(latin(preamble), new byte[100]))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "II*\u0000", "MM\u0000*", "II+\u0000\u0008"})
    void dicom_with_nothing_or_a_tiff_before_its_mark_is_one(String preamble) {
        assertThat(isTwo(dicom(
                        joined(latin(preamble), new byte[20], latin(preamble.isEmpty() ? "" : "\u0008")),
                        random(300_000))))
                .isFalse();
    }

    @Test
    void a_document_with_macros_is_of_a_type_of_its_own() throws IOException {
        assertThat(type(zip("[Content_Types].xml", "word/document.xml"))).isEqualTo(WORD);
        for (String name : new String[] {"word/vbaProject.bin", "word/VBAPROJECT.BIN"}) {
            byte[] macros = zip("[Content_Types].xml", "word/document.xml", name);
            assertThat(type(macros)).isEqualTo("application/vnd.ms-word.document.macroEnabled.12");
            assertThat(isTwo(macros)).isFalse();
        }
        assertThat(type(zip("xl/workbook.xml", "xl/macrosheets/sheet1.xml")))
                .isEqualTo("application/vnd.ms-excel.sheet.macroEnabled.12");
        assertThat(FileTypes.isKnown("application/vnd.ms-word.document.macroEnabled.12"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../x.jsp", "a/../../x", "/etc/x", "\\x", "C:\\x", "a\\..\\x", "..", "a/.."})
    void an_entry_outside_of_its_archive_is_found(String name) throws IOException {
        byte[] archive = zip("[Content_Types].xml", "word/document.xml", name);
        isTwo(archive);
        assertThat(FileTypes.leavesFolder(HttpContent.of(archive))).isTrue();
    }

    @Test
    void an_entry_with_one_name_in_the_directory_and_another_before_its_content_is_two() throws IOException {
        byte[] archive = zip("a.txt", "../../x.jsp");
        byte[] name = latin("../../x.jsp");
        byte[] inDirectory = archive.clone();
        int last = new String(archive, StandardCharsets.ISO_8859_1).lastIndexOf("../../x.jsp");
        Arrays.fill(inDirectory, last, last + name.length, (byte) 'a');

        assertThat(FileTypes.leavesFolder(HttpContent.of(inDirectory))).isFalse();
        assertThat(isTwo(inDirectory)).isTrue();
    }

    @Test
    void an_archive_with_more_entries_than_its_end_can_count_is_two() {
        assertThat(isTwo(archiveOf(0xffff))).isFalse();
        assertThat(isTwo(archiveOf(0xffff + 1))).isTrue();
    }

    /** All entries are one. */
    private static byte[] archiveOf(int entries) {
        int local = 31;
        int directory = 47 * entries;
        ByteBuffer archive = ByteBuffer.allocate(local + directory + 22).order(ByteOrder.LITTLE_ENDIAN);
        archive.putInt(0, 0x04034b50).putShort(26, (short) 1).put(30, (byte) 'a');
        for (int at = local; at < local + directory; at += 47) {
            archive.putInt(at, 0x02014b50).putShort(at + 28, (short) 1).put(at + 46, (byte) 'a');
        }
        int end = local + directory;
        archive.putInt(end, 0x06054b50).putInt(end + 12, directory).putInt(end + 16, local);
        return archive.array();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "<%@ page import='x' %>,                                  application/x-jsp",
                "hello <%= 1 %>,                                          application/x-jsp",
                "x <?php system(1);?>,                                    application/x-php",
                "hello <img src=x onerror=alert(1)>,                      text/html",
                "<!-- x --><svg onload=alert(1)>,                         image/svg+xml",
                "<s:svg xmlns:s='http://www.w3.org/2000/svg'/>,           image/svg+xml",
                "<hta:application>,                                       application/hta",
                "@echo off,                                               application/x-bat",
                "`MIME-Version: 1.0\nContent-Type: multipart/related`,    message/rfc822"
            })
    void a_text_that_runs_is_no_text(String text, String type) {
        assertThat(type(latin(text))).isEqualTo(type);
        assertThat(FileTypes.isKnown(type)).isTrue();
    }

    @Test
    void a_page_is_found_behind_however_much_text_and_in_two_bytes_a_character() {
        String much = "x".repeat(200_000);
        assertThat(type(latin(much + "<html><script>alert(1)</script>"))).isEqualTo("text/html");
        assertThat(type(latin("<?xml version='1.0'?><!-- " + much + " --><svg xmlns='http://www.w3.org/2000/svg'/>")))
                .isEqualTo("image/svg+xml");
        assertThat(FileTypes.of(HttpContent.of("<svg onload='x'/>".getBytes(StandardCharsets.UTF_16))))
                .isEqualTo(new FileTypes.Found("image/svg+xml", true));
        assertThat(type("<html><script>x</script>".getBytes(StandardCharsets.UTF_16LE)))
                .isEqualTo("text/html");
        assertThat(type("<html><script>x</script>".getBytes(StandardCharsets.UTF_16BE)))
                .isEqualTo("text/html");
    }

    @Test
    void pictures_and_documents_as_cameras_and_programs_write_them_are_one() throws IOException {
        byte[] xmp = latin(
                "http://ns.adobe.com/xap/1.0/\u0000<?xpacket begin=\"\u00ef\u00bb\u00bf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>"
                        + "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF><rdf:Description xmp:CreatorTool=\"Java; request.\"/>"
                        + "</rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?>");
        byte[] exif = latin("\u00ff\u00e1\u0000\u0020Exif\u0000\u0000II*\u0000 NIKON COLOR <50%> 100%>");
        byte[] pixels = random(2_000_000);

        assertThat(isTwo(joined(JPEG, exif, xmp, pixels))).isFalse();
        assertThat(isTwo(joined(PNG, latin("iTXtXML:com.adobe.xmp"), xmp, pixels)))
                .isFalse();
        assertThat(isTwo(joined(latin("II*\u0000"), xmp, pixels))).isFalse();
        assertThat(isTwo(joined(
                        PDF, xmp, pixels, latin("/Producer (iText 5.5.13 by 1T3XT; Java Runtime 17)"), latin("%%EOF"))))
                .isFalse();
        assertThat(isTwo(dicom(new byte[0], joined(latin("<?xml version=\"1.0\"?><ClinicalDocument/>"), pixels))))
                .isFalse();
        assertThat(isTwo(zip("[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/media/a..b.png")))
                .isFalse();
        assertThat(FileTypes.leavesFolder(HttpContent.of(zip("word/media/a..b.png", "..a/b", "化验/单.txt"))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SpO2 <90%, BP >140/90; <5% 阳性, > 3 天",
                "a < b onload: none, c > d",
                "<?xml version='1.0'?><Request><Head/><Body>7</Body></Request>",
                "<?xml version='1.0'?><?xml-stylesheet type='text/xsl' href='a.xsl'?><ClinicalDocument xmlns='urn:hl7-org:v3'/>",
                "name,price\n\"$100\",\"${x}\""
            })
    void texts_as_people_and_programs_write_them_are_texts(String text) {
        assertThat(type(text.getBytes(StandardCharsets.UTF_8))).isIn(FileTypes.TEXT, "application/xml");
    }

    @Test
    void a_picture_of_whatever_grey_is_one() {
        byte[] grey = random(2_000_000);
        for (int i = 0; i < grey.length; i++) {
            grey[i] = (byte) (' ' + (grey[i] & 0x3f));
        }
        assertThat(isTwo(joined(HexFormat.of().parseHex("424d7a1200000000000036000000"), grey)))
                .isFalse();
        assertThat(isTwo(dicom(new byte[0], grey))).isFalse();
    }
}
