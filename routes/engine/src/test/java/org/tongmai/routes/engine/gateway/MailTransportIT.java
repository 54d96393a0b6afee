package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tongmai.routes.engine.gateway.SignedCaller.code;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that become mails. */
class MailTransportIT {
    private static final ServerSetup SMTP =
            new ServerSetup(GatewayNode.freePort(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    private static final ServerSetup SMTPS =
            new ServerSetup(GatewayNode.freePort(), "127.0.0.1", ServerSetup.PROTOCOL_SMTPS);
    private static GreenMail mails;
    private static ServerSocket odd;
    private static volatile String greeting;
    private static TransportNode transports;

    @BeforeAll
    static void start() throws Exception {
        mails = new GreenMail(new ServerSetup[] {SMTP, SMTPS});
        mails.start();
        mails.setUser("tongmai@example.org", "tongmai", GatewayNode.ACCOUNT_PASSWORD);
        odd = new ServerSocket(0);
        Thread thread = new Thread(MailTransportIT::greet, "odd-mail-server");
        thread.setDaemon(true);
        thread.start();
        transports = new TransportNode();
        transports.publish(Map.of(
                "SMTP",
                Integer.toString(SMTP.getPort()),
                "SMTPS",
                Integer.toString(SMTPS.getPort()),
                "ODD",
                Integer.toString(odd.getLocalPort())));
    }

    @AfterAll
    static void close() throws IOException {
        transports.close();
        odd.close();
        mails.stop();
    }

    @BeforeEach
    void forget() throws Exception {
        mails.purgeEmailFromAllMailboxes();
    }

    /** A server that greets with what a test says, and then says nothing until its caller leaves. */
    private static void greet() {
        while (!odd.isClosed()) {
            try (Socket peer = odd.accept()) {
                peer.getOutputStream().write(greeting.getBytes(StandardCharsets.US_ASCII));
                peer.getOutputStream().flush();
                peer.getInputStream().readAllBytes();
            } catch (IOException left) {
                continue;
            }
        }
    }

    @Test
    void a_text_becomes_a_mail_to_the_recipients_of_the_rule_and_to_nobody_else() throws Exception {
        HttpResponse<String> answer = transports.post(
                "/mail?to=thief@example.org", "text/plain; charset=utf-8", "转诊\n", "to", "thief@example.org");

        assertThat(answer.statusCode()).isEqualTo(202);
        MimeMessage[] received = mails.getReceivedMessages();
        assertThat(received).hasSize(2);
        for (MimeMessage mail : received) {
            assertThat(mail.getRecipients(Message.RecipientType.TO))
                    .extracting(Object::toString)
                    .containsExactly("duty@example.org", "desk@example.org");
            assertThat(mail.getFrom()).extracting(Object::toString).containsExactly("tongmai@example.org");
            assertThat(mail.getSubject()).isEqualTo("转诊单");
            assertThat(((String) mail.getContent()).strip()).isEqualTo("转诊");
            assertThat(GreenMailUtil.getWholeMessage(mail)).doesNotContain("thief");
        }
    }

    @Test
    void anything_else_is_an_attachment_under_the_name_of_the_rule() throws Exception {
        assertThat(transports
                        .post("/mail", "application/json", "{\"name\":\"王\"}")
                        .statusCode())
                .isEqualTo(202);

        MimeMultipart parts = (MimeMultipart) mails.getReceivedMessages()[0].getContent();
        assertThat(parts.getBodyPart(0).getFileName()).isEqualTo("referral.json");
        assertThat(parts.getBodyPart(0).getContentType()).startsWith("application/json");
        assertThat(parts.getBodyPart(0).getInputStream().readAllBytes())
                .isEqualTo("{\"name\":\"王\"}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_mail_in_a_call_stays_bytes() throws Exception {
        String inner = "Subject: x\r\nTo: thief@example.org\r\n\r\nhello";
        assertThat(transports.post("/mail", "message/rfc822", inner).statusCode())
                .isEqualTo(202);

        MimeMultipart parts = (MimeMultipart) mails.getReceivedMessages()[0].getContent();
        assertThat(parts.getBodyPart(0).getContentType()).startsWith("application/octet-stream");
        assertThat(parts.getBodyPart(0).getInputStream().readAllBytes())
                .isEqualTo(inner.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_server_that_is_away_refuses_is_silent_or_no_mail_server_is_told_without_its_words() {
        assertThat(body(transports.post("/mail-away", "text/plain", "x"))).contains("TM-GATE-0021", "TM-MAIL-0001");
        assertThat(body(transports.post("/mail-stranger", "text/plain", "x")))
                .contains("TM-GATE-0021", "TM-MAIL-0002")
                .doesNotContain("s3cret");
        for (String refused : new String[] {"554 go away\r\n", "421 later\r\n", "HELLO\r\n"}) {
            greeting = refused;
            HttpResponse<String> answer = transports.post("/mail-odd", "text/plain", "x");
            assertThat(code(answer)).as(refused).isIn("TM-GATE-0021", "TM-GATE-0029");
            assertThat(answer.body()).doesNotContain("go away", "later", "HELLO");
        }
        greeting = "";
        assertThat(code(transports.post("/mail-odd", "text/plain", "x"))).isEqualTo("TM-GATE-0029");
        assertThat(mails.getReceivedMessages()).isEmpty();
    }

    @Test
    void a_server_that_nobody_trusts_or_that_does_not_encrypt_gets_no_mail_and_is_not_there_for_us() {
        for (String service : new String[] {"/mail-tls", "/mail-starttls"}) {
            HttpResponse<String> answer = transports.post(service, "text/plain", "x");
            assertThat(answer.statusCode()).as(service).isEqualTo(502);
            assertThat(body(answer)).as(service).contains("TM-GATE-0021", "TM-MAIL-0001");
        }
        assertThat(mails.getReceivedMessages()).isEmpty();
    }

    @Test
    void a_password_goes_in_clear_to_this_machine_alone() {
        String clear = "kamelet:mail-action?host=mail.example.org&tls=none&username=u&password=p"
                + "&from=a@example.org&to=b@example.org";
        try (ProducerTemplate calls = transports.node.context.createProducerTemplate()) {
            assertThatThrownBy(() -> calls.requestBody(clear, "")).hasStackTraceContaining("TM-MAIL-0006");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String body(HttpResponse<String> answer) {
        return answer.body();
    }
}
