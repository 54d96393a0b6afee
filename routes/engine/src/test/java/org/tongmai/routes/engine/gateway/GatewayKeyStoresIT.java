package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tongmai.routes.engine.gateway.OutsideProgram.keytool;
import static org.tongmai.routes.engine.gateway.OutsideProgram.run;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.standards.crypto.PemKeys;
import org.tongmai.standards.crypto.payload.PayloadEnvelope;
import org.tongmai.standards.crypto.payload.PayloadEnvelope.Algorithm;
import org.tongmai.standards.crypto.payload.PayloadEnvelope.Receiver;
import org.tongmai.standards.crypto.vault.Pkcs11KeyVault;

/** Contents that are opened with keys of key stores: PKCS#12 files, and a token that keeps its keys to itself. */
class GatewayKeyStoresIT {
    private static final String CLEAR = "{\"department\":\"儿科\"}";
    private static final String PASSWORD = "correct-horse";
    private static final String NOT_OPENED = "TM-GATE-0080";
    private static final String PIN = "98765432";

    @TempDir
    private Path folder;

    private final SignedCaller caller = new SignedCaller("app-keys", ContentNode.APP_SM2);

    private HttpResponse<String> sealed(ContentNode content, Receiver receiver) {
        byte[] envelope = PayloadEnvelope.seal(CLEAR.getBytes(StandardCharsets.UTF_8), "application/json", receiver)
                .json();
        return SignedCaller.send(
                caller.request(content.node.open, "POST", "/sealed", envelope, System.currentTimeMillis())
                        .header("Content-Type", PayloadEnvelope.MEDIA_TYPE)
                        .build());
    }

    private static AtomicReference<String> heard(ContentNode content) {
        AtomicReference<String> heard = new AtomicReference<>("");
        content.backend.answers = (exchange, body) -> {
            if (exchange.getRequestURI().getPath().equals("/sealed")) { // targets are asked whether they are well too
                heard.set(new String(body, StandardCharsets.UTF_8));
            }
            Backend.reply(exchange, 200, "fine");
        };
        return heard;
    }

    /** Moved there whole, so that no half of it is read. */
    private static void put(Path file, Path into) throws Exception {
        Files.move(file, into.resolve(file.getFileName()));
    }

    @Test
    void a_key_store_of_rsa_that_is_put_into_the_folder_opens_contents_until_it_is_taken_away() throws Exception {
        run(
                folder,
                keytool() + " -genkeypair -alias gw-p12 -keyalg RSA -keysize 2048 -dname CN=gateway -storetype PKCS12"
                        + " -storepass " + PASSWORD + " -keystore gateway.p12");
        String certificate = run(
                folder,
                keytool() + " -exportcert -rfc -alias gw-p12 -storepass " + PASSWORD + " -keystore gateway.p12");
        Receiver receiver = Receiver.of(Algorithm.RSA_OAEP_AES_GCM, PemKeys.readRsaPublic(certificate), "gw-p12");
        try (ContentNode content = new ContentNode()) {
            AtomicReference<String> heard = heard(content);
            assertThat(SignedCaller.code(sealed(content, receiver))).isEqualTo(NOT_OPENED);
            Files.writeString(content.keys.resolve("gateway.password"), PASSWORD + "\n");
            put(folder.resolve("gateway.p12"), content.keys);
            await().until(() -> sealed(content, receiver).statusCode() == 200);
            assertThat(heard.get()).isEqualTo(CLEAR);
            Files.delete(content.keys.resolve("gateway.p12"));
            await().until(() -> SignedCaller.code(sealed(content, receiver)).equals(NOT_OPENED));
        }
    }

    @Test
    void a_key_store_of_sm2_opens_contents() throws Exception {
        OutsideProgram.assumeInstalled("openssl", "OpenSSL 3 is needed");
        run(folder, "openssl ecparam -name SM2 -genkey -noout -out key.pem");
        run(folder, "openssl ec -in key.pem -pubout -out public.pem");
        run(folder, "openssl req -new -x509 -key key.pem -sm3 -subj /CN=test -out certificate.pem");
        run(
                folder,
                "openssl pkcs12 -export -inkey key.pem -in certificate.pem -name gw-p12 -passout pass:" + PASSWORD
                        + " -out gateway.p12");
        Receiver receiver = Receiver.of(
                Algorithm.SM2_SM4_GCM, PemKeys.readPublic(Files.readString(folder.resolve("public.pem"))), "gw-p12");
        try (ContentNode content = new ContentNode()) {
            AtomicReference<String> heard = heard(content);
            Files.writeString(content.keys.resolve("gateway.password"), PASSWORD);
            put(folder.resolve("gateway.p12"), content.keys);
            await().until(() -> sealed(content, receiver).statusCode() == 200);
            assertThat(heard.get()).isEqualTo(CLEAR);
        }
    }

    @Test
    void a_key_that_no_one_can_take_out_of_its_token_opens_contents_beside_those_of_the_folder() throws Exception {
        Path configuration = token();
        run(folder, token(configuration, "-genkeypair -alias gw-token -keyalg RSA -keysize 2048 -dname CN=gateway"));
        String certificate = run(folder, token(configuration, "-exportcert -rfc -alias gw-token"));
        Receiver ofToken = Receiver.of(Algorithm.RSA_OAEP_AES_GCM, PemKeys.readRsaPublic(certificate), "gw-token");
        Receiver ofFolder = Receiver.of(Algorithm.SM2_SM4_GCM, ContentNode.OURS_SM2.publicKey(), "gw-sm2");
        Receiver another = Receiver.of(Algorithm.RSA_OAEP_AES_GCM, ContentNode.OURS_RSA.publicKey(), "gw-token");
        Pkcs11KeyVault vault = Pkcs11KeyVault.open(configuration, PIN.toCharArray());
        try (ContentNode content = new ContentNode(List.of(vault))) {
            AtomicReference<String> heard = heard(content);
            assertThat(sealed(content, ofToken).statusCode()).isEqualTo(200);
            assertThat(heard.getAndSet("")).isEqualTo(CLEAR);
            assertThat(sealed(content, ofFolder).statusCode()).isEqualTo(200);
            assertThat(heard.get()).isEqualTo(CLEAR);
            assertThat(SignedCaller.code(sealed(content, another))).isEqualTo(NOT_OPENED);
        }
    }

    /** A module of software (SoftHSM); Maven sets where its configuration lies for this process. */
    private Path token() throws Exception {
        OutsideProgram.assumeInstalled("softhsm2-util", "Debian: apt-get install softhsm2");
        String soft = System.getenv("SOFTHSM2_CONF");
        Assumptions.assumeTrue(soft != null, "SOFTHSM2_CONF is not set: run this test by Maven");
        Path library = List.of("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so").stream()
                .map(Path::of)
                .filter(Files::exists)
                .findFirst()
                .orElseGet(() -> Assumptions.abort("libsofthsm2.so is not where Debian or Red Hat put it"));
        Path tokens = Files.createDirectory(folder.resolve("tokens"));
        Files.writeString(Path.of(soft), "directories.tokendir = " + tokens + "\n");
        run(folder, "softhsm2-util --init-token --free --label gateway --pin " + PIN + " --so-pin " + PIN);
        return Files.writeString(
                folder.resolve("pkcs11.cfg"), "name = gateway\nlibrary = " + library + "\nslotListIndex = 0\n");
    }

    private static String token(Path configuration, String arguments) {
        return keytool() + " -keystore NONE -storetype PKCS11 -addprovider SunPKCS11 -providerarg " + configuration
                + " -storepass " + PIN + " " + arguments;
    }
}
