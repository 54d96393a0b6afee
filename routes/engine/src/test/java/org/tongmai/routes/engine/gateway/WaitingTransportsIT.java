package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.tongmai.routes.engine.gateway.SignedCaller.code;
import static org.tongmai.routes.engine.gateway.SignedCaller.get;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.ProducerTemplate;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.listener.Listener;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;

/** Services whose transport keeps a thread waiting: JMS, SFTP and FTP. */
class WaitingTransportsIT {
    private static final String URL = "vm://43";
    private static final String JSON = "application/json";

    @TempDir
    private static Path folder;

    private static volatile CountDownLatch writing = new CountDownLatch(0);
    private static EmbeddedActiveMQ broker;
    private static SshServer sftp;
    private static Listener ftp;
    private static FtpServer ftpServer;
    private static TransportNode transports;

    @BeforeAll
    static void start() throws Exception {
        startBroker();
        startSftp(0);
        startFtp();
        Path known = folder.resolve("known_hosts");
        String key = PublicKeyEntry.toString(
                sftp.getKeyPairProvider().loadKeys(null).iterator().next().getPublic());
        Files.writeString(known, "[127.0.0.1]:" + sftp.getPort() + " " + key + "\n");
        transports = new TransportNode();
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(URL);
        factory.setReconnectAttempts(0);
        factory.setBlockOnDurableSend(false);
        transports.node.context.getRegistry().bind("jmsConnectionFactory", factory);
        transports.publish(Map.of(
                "SFTP", Integer.toString(sftp.getPort()),
                "FTP", Integer.toString(ftp.getPort()),
                "KNOWN", known.toString()));
        // The first connection takes longer than a call may.
        await().atMost(Duration.ofSeconds(60))
                .until(() -> transports.post("/files", "text/csv", "").statusCode() == 201);
    }

    @AfterAll
    static void close() throws Exception {
        writing.countDown();
        transports.close();
        broker.stop();
        sftp.stop(true);
        ftpServer.stop();
    }

    @Test
    void a_call_is_on_the_queue_when_it_is_answered_and_still_after_the_broker_was_restarted() throws Exception {
        HttpResponse<String> answer = transports.post("/jms/queue/7?urgent=1", JSON, "{\"name\":\"王\"}");
        assertThat(answer.statusCode()).isEqualTo(202);
        String id = new ObjectMapper().readTree(answer.body()).path("message").asText();

        broker.stop();
        HttpResponse<String> away = transports.post("/jms/queue/8", JSON, "{}");
        assertThat(away.statusCode()).isEqualTo(502);
        assertThat(code(away)).isEqualTo("TM-GATE-0021");
        startBroker();
        assertThat(transports.post("/jms/queue/9", JSON, "{}").statusCode()).isEqualTo(202);

        List<Message> received = receive("orders", 2);
        assertThat(received.get(0).getJMSMessageID()).isEqualTo(id);
        assertThat(((TextMessage) received.get(0)).getText()).isEqualTo("{\"name\":\"王\"}");
        assertThat(received.get(0).getStringProperty("path")).isEqualTo("/jms/queue/7");
        assertThat(received.get(0).getStringProperty("query")).isEqualTo("urgent=1");
        assertThat(received.get(0).getStringProperty("contentType")).isEqualTo(JSON);
        assertThat(received.get(1).getStringProperty("path")).isEqualTo("/jms/queue/9");
    }

    @Test
    void of_a_call_that_is_tried_again_there_is_one_message() throws Exception {
        try (ProducerTemplate attempts = transports.node.context.createProducerTemplate()) {
            for (int i = 0; i < 3; i++) {
                HttpFields theirs = HttpFields.of("X-Tongmai-Trace", "their own " + i);
                HttpCall call = new HttpCall("PUT", "/jms/once", "", theirs, new byte[] {'1'}, "127.0.0.1");
                Object answer = attempts.request("kamelet:jms-message-action?address=once", exchange -> {
                            exchange.setProperty(ExchangeNames.CALL_TRACE, "0123456789abcdef0123456789abcdef");
                            exchange.getMessage().setBody(call);
                        })
                        .getMessage()
                        .getBody();
                assertThat(((HttpAnswer) answer).status()).isEqualTo(202);
            }
        }
        assertThat(broker.getActiveMQServer()
                        .locateQueue(SimpleString.of("once"))
                        .getMessageCount())
                .isEqualTo(1);
    }

    @Test
    void the_reply_to_a_request_is_the_answer_and_one_to_another_is_not() throws Exception {
        CompletableFuture<HttpResponse<String>> asked = SignedCaller.CLIENT.sendAsync(
                transports.request("/jms/reply", JSON, "{\"ask\":1}"), HttpResponse.BodyHandlers.ofString());
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(URL);
                Connection connection = factory.createConnection()) {
            connection.start();
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            Message request =
                    session.createConsumer(session.createQueue("questions")).receive(5_000);
            MessageProducer replies = session.createProducer(request.getJMSReplyTo());
            replies.send(reply(session, "another", "{\"wrong\":1}"));
            replies.send(reply(session, request.getJMSCorrelationID(), "{\"right\":1}"));
            assertThat(asked.join().body()).isEqualTo("{\"right\":1}");
        }
        assertThat(asked.join().statusCode()).isEqualTo(200);
        assertThat(asked.join().headers().firstValue("content-type")).contains(JSON);
    }

    @Test
    void a_reply_that_is_larger_than_an_answer_may_be_is_no_answer_and_the_next_is() throws Exception {
        for (boolean text : new boolean[] {true, false}) {
            CompletableFuture<HttpResponse<String>> asked = SignedCaller.CLIENT.sendAsync(
                    transports.request("/jms/reply", JSON, "{}"), HttpResponse.BodyHandlers.ofString());
            replyTo("questions", text, 10 * 1024 * 1024 + 1);
            assertThat(asked.join().statusCode()).isEqualTo(502);
            assertThat(asked.join().body()).hasSizeLessThan(1_000).contains("TM-GATE-0021", "TM-JMS-0006");
        }
        CompletableFuture<HttpResponse<String>> asked = SignedCaller.CLIENT.sendAsync(
                transports.request("/jms/reply", JSON, "{}"), HttpResponse.BodyHandlers.ofString());
        replyTo("questions", true, 7);
        assertThat(asked.join().body()).isEqualTo("xxxxxxx");
    }

    private static void replyTo(String queue, boolean text, int length) throws JMSException {
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(URL);
                Connection connection = factory.createConnection()) {
            connection.start();
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            Message request = session.createConsumer(session.createQueue(queue)).receive(5_000);
            BytesMessage bytes = session.createBytesMessage();
            if (!text) {
                bytes.writeBytes(new byte[length]);
            }
            Message reply = text ? session.createTextMessage("x".repeat(length)) : bytes;
            reply.setJMSCorrelationID(request.getJMSCorrelationID());
            session.createProducer(request.getJMSReplyTo()).send(reply);
        }
    }

    @Test
    void calls_that_nobody_replies_to_end_in_time_and_above_the_room_are_refused_while_others_pass() {
        List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            asked.add(SignedCaller.CLIENT.sendAsync(
                    transports.request("/jms/silent", JSON, "{}"), HttpResponse.BodyHandlers.ofString()));
        }
        assertThat(get(transports.node.bus, "/plain").statusCode()).isEqualTo(200);
        assertThat(asked).as("others pass meanwhile").anyMatch(each -> !each.isDone());

        List<String> codes = asked.stream().map(each -> code(each.join())).toList();
        assertThat(codes).containsOnly("TM-GATE-0017", "TM-GATE-0029");
        assertThat(codes.stream().filter("TM-GATE-0029"::equals)).hasSizeBetween(1, 20);
        assertThat(asked.stream().map(each -> each.join().statusCode())).containsOnly(503, 504);
    }

    @Test
    void a_content_becomes_a_file_that_is_there_when_it_is_answered() throws Exception {
        HttpResponse<String> answer = transports.post("/files", "text/csv", "a,王\n");

        assertThat(answer.statusCode()).isEqualTo(201);
        String name = new ObjectMapper().readTree(answer.body()).path("file").asText();
        assertThat(name).matches("nobody-\\d{8}T\\d{9}Z-.+\\.csv");
        assertThat(folder.resolve("home/incoming").resolve(name)).hasContent("a,王\n");
    }

    @Test
    void a_content_becomes_a_file_on_an_ftp_server_but_not_by_a_password_in_clear() throws Exception {
        HttpResponse<String> answer = transports.post("/ftp", "text/csv", "a,王\n");

        assertThat(answer.statusCode()).isEqualTo(201);
        String name = new ObjectMapper().readTree(answer.body()).path("file").asText();
        assertThat(folder.resolve("home/from-bus").resolve(name)).hasContent("a,王\n");

        String rules =
                """
                {"services": [{"id": "ftp", "gateways": ["BUS"], "methods": ["POST"], "path": "/ftp",
                  "access": {"identity": "NONE"},
                  "transport": {"kind": "ftp", "parameters": {"host": "ftp.example", "tls": "none", "username": "tongmai",
                    "account": "district", "directory": "in"}}}]}""";
        long revision = transports.node.registry.publications(1).get(0).revision();
        assertThatThrownBy(() -> transports.node.registry.publish(rules, revision, "", "test"))
                .hasMessageContaining("TM-GATE-0041")
                .hasMessageContaining("TM-FILES-0009");
        assertThat(transports.post("/ftp", "text/csv", "b").statusCode()).isEqualTo(201);
    }

    @Test
    void a_file_server_that_is_stuck_or_away_holds_up_nobody_else() throws Exception {
        writing = new CountDownLatch(1); // a server that takes the file's name and then nothing more
        HttpResponse<String> late = transports.post("/files", "text/csv", "late");
        assertThat(code(late)).isEqualTo("TM-GATE-0029");
        assertThat(get(transports.node.bus, "/plain").statusCode()).isEqualTo(200);
        writing.countDown();
        await().until(() -> transports.post("/files", "text/csv", "x").statusCode() == 201);

        int port = sftp.getPort();
        sftp.stop(true);
        HttpResponse<String> away = transports.post("/files", "text/csv", "y");
        assertThat(code(away)).isEqualTo("TM-GATE-0021");
        assertThat(away.body()).contains("TM-FILES-").doesNotContain("s3cret", "incoming");
        startSftp(port);
        await().until(() -> transports.post("/files", "text/csv", "z").statusCode() == 201);
        try (Stream<Path> files = Files.list(folder.resolve("home/incoming"))) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.endsWith(".part"));
        }
    }

    @Test
    void what_is_no_longer_published_keeps_no_connection() throws Exception {
        assertThat(transports.post("/jms/queue/1", JSON, "{}").statusCode()).isEqualTo(202);
        assertThat(transports.post("/ftp", "text/csv", "x").statusCode()).isEqualTo(201);
        assertThat(broker.getActiveMQServer().getConnectionCount()).isPositive();
        assertThat(ftp.getActiveSessions()).isNotEmpty();

        transports.node.registry.publish("{}", 1, "", "test");

        await().until(() -> broker.getActiveMQServer().getConnectionCount() == 0);
        await().until(() -> sftp.getActiveSessions().isEmpty());
        await().until(() -> ftp.getActiveSessions().isEmpty());
        transports.node.registry.publishAgain(1, 2, "test");
        assertThat(transports.post("/jms/queue/2", JSON, "{}").statusCode()).isEqualTo(202);
        assertThat(receive("orders", 2)).hasSize(2);
    }

    private static TextMessage reply(Session session, String correlation, String text) throws JMSException {
        TextMessage reply = session.createTextMessage(text);
        reply.setJMSCorrelationID(correlation);
        reply.setStringProperty("contentType", JSON);
        return reply;
    }

    private static List<Message> receive(String queue, int count) throws JMSException {
        List<Message> received = new ArrayList<>();
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(URL);
                Connection connection = factory.createConnection()) {
            connection.start();
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            var consumer = session.createConsumer(session.createQueue(queue));
            while (received.size() < count) {
                Message message = consumer.receive(5_000);
                assertThat(message)
                        .as("message %d of %s", received.size(), queue)
                        .isNotNull();
                received.add(message);
            }
        }
        return received;
    }

    private static void startBroker() throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setSecurityEnabled(false)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .addAcceptorConfiguration("inside", URL);
        broker = new EmbeddedActiveMQ().setConfiguration(configuration);
        broker.start();
    }

    private static void startFtp() throws Exception {
        ListenerFactory listening = new ListenerFactory();
        listening.setServerAddress("127.0.0.1");
        listening.setPort(0);
        ftp = listening.createListener();
        FtpServerFactory factory = new FtpServerFactory();
        factory.addListener("default", ftp);
        BaseUser user = new BaseUser();
        user.setName("tongmai");
        user.setPassword(GatewayNode.ACCOUNT_PASSWORD);
        user.setHomeDirectory(Files.createDirectories(folder.resolve("home")).toString());
        user.setAuthorities(List.of(new WritePermission()));
        factory.getUserManager().save(user);
        ftpServer = factory.createServer();
        ftpServer.start();
    }

    private static void startSftp(int port) throws IOException {
        SftpSubsystemFactory files = new SftpSubsystemFactory.Builder().build();
        files.addSftpEventListener(new SftpEventListener() {
            @Override
            public void writing(
                    ServerSession session,
                    String handle,
                    FileHandle file,
                    long offset,
                    byte[] data,
                    int from,
                    int length)
                    throws IOException {
                try {
                    writing.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        });
        sftp = SshServer.setUpDefaultServer();
        sftp.setHost("127.0.0.1");
        sftp.setPort(port);
        SimpleGeneratorHostKeyProvider keys = new SimpleGeneratorHostKeyProvider(folder.resolve("host.key"));
        keys.setAlgorithm("EC");
        sftp.setKeyPairProvider(keys);
        sftp.setPasswordAuthenticator(
                (user, password, session) -> user.equals("tongmai") && password.equals(GatewayNode.ACCOUNT_PASSWORD));
        sftp.setSubsystemFactories(List.of(files));
        sftp.setFileSystemFactory(new VirtualFileSystemFactory(Files.createDirectories(folder.resolve("home"))));
        sftp.start();
    }
}
