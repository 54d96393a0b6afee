package org.tongmai.standards.crypto.caller;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.standards.crypto.OutsideProcess;
import org.tongmai.standards.crypto.SignatureScheme;
import org.tongmai.standards.crypto.Sm2PrivateKey;

/** Each program is built by its own tools and calls a server that verifies what it sent. */
class CallerCodeIT {
    private static final String[] PARAMETERS = {
        "name=张三 (O'Brien)", "b=2", "a=10", "a=1", "a-b=x+y", "e=", "s=*~!:/?&=%41"
    };
    private static final String QUERY =
            "a=1&a=10&a-b=x%2By&b=2&e=&name=%E5%BC%A0%E4%B8%89%20%28O%27Brien%29" + "&s=%2A~%21%3A%2F%3F%26%3D%2541";
    private static final byte[] BODY = "{\"病人\":\"测试\"}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private final Sm2PrivateKey key = Sm2PrivateKey.generate();
    private VerifyingServer server;

    @BeforeEach
    void start() throws IOException {
        server = new VerifyingServer(key.publicKey().verifier(SignatureScheme.RAW));
        Files.write(folder.resolve("body.json"), BODY);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void java_calls() throws IOException {
        generate(CallerLanguage.JAVA);
        String library = new File(SM2Signer.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
        run("javac", "-Xlint:all", "-Werror", "-cp", library, "TongmaiCaller.java");
        calls("java", "-cp", library + File.pathSeparator + ".", "TongmaiCaller");
    }

    @Test
    void javascript_calls() throws IOException {
        OutsideProcess.assumeInstalled("npm", "Node.js 18 or later is needed, as for the console's pages");
        generate(CallerLanguage.JAVASCRIPT);
        run("npm", "ci", "--no-audit", "--no-fund");
        calls("node", "tongmai-caller.js");
    }

    @Test
    void python_calls() throws IOException {
        OutsideProcess.assumeInstalled("python3", "Debian: apt-get install python3");
        generate(CallerLanguage.PYTHON);
        calls("python3", "tongmai_caller.py");
    }

    @Test
    void go_calls() throws IOException {
        OutsideProcess.assumeInstalled("go", "Debian: apt-get install golang-go");
        generate(CallerLanguage.GO);
        run("go", "vet", "tongmai_caller.go");
        run("go", "build", "-o", "caller", "tongmai_caller.go");
        calls(folder.resolve("caller").toString());
    }

    @Test
    void csharp_calls() throws IOException {
        OutsideProcess.assumeInstalled("mcs", "Debian: apt-get install mono-mcs libmono-system-numerics4.0-cil");
        generate(CallerLanguage.CSHARP);
        run("mcs", "-warnaserror", "-r:System.Numerics.dll", "TongmaiCaller.cs");
        calls("mono", "TongmaiCaller.exe");
    }

    private void generate(CallerLanguage language) throws IOException {
        for (var file : CallerCode.generate(language, server.address(), "his-1").entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }

    private void calls(String... program) {
        String number = HexFormat.of().formatHex(key.number());
        assertThat(run(program, number, "POST", "/bus/a%20b", "body.json", PARAMETERS))
                .isEqualTo("200 verified his-1 " + QUERY + " " + BODY.length);
        assertThat(run(program, number, "GET", "/bus/patients", "-")).isEqualTo("200 verified his-1  0");
        String another = HexFormat.of().formatHex(Sm2PrivateKey.generate().number());
        assertThat(run(program, another, "GET", "/bus/patients", "-")).isEqualTo("401 refused his-1  0");
    }

    private String run(String[] program, String number, String method, String path, String body, String... parameters) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(number, method, path, body));
        command.addAll(Arrays.asList(parameters));
        return run(command.toArray(String[]::new)).strip();
    }

    private String run(String... command) {
        return OutsideProcess.run(folder, java.util.Map.of("LC_ALL", "C.UTF-8"), command)
                .orFail();
    }
}
