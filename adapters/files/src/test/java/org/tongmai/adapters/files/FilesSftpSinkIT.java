package org.tongmai.adapters.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.common.SftpException;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.standards.error.CodedException;

class FilesSftpSinkIT {
    private static final String USER = "tongmai";
    private static final String PASSWORD = "s3cret&+%)word";
    private static final byte[] CONTENT = "message_number,patient_id\n1,𠮷\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private final AtomicReference<IOException> whileWriting = new AtomicReference<>();
    private final List<String> renamed = new java.util.concurrent.CopyOnWriteArrayList<>();
    private Path home;
    private SshServer server;
    private DefaultCamelContext camel;
    private ProducerTemplate producer;

    @BeforeEach
    void start() throws Exception {
        home = Files.createDirectory(folder.resolve("home"));
        startServer(0);
        camel = new DefaultCamelContext();
        camel.addComponent("kamelet", new KameletComponent());
        camel.start();
        producer = camel.createProducerTemplate();
    }

    @AfterEach
    void stop() throws Exception {
        camel.stop();
        server.stop(true);
    }

    @Test
    void a_file_arrives_whole_under_its_name_and_no_part_is_left() throws IOException {
        send(sink(), "a-1.csv", CONTENT);

        assertThat(Files.readAllBytes(home.resolve("incoming/a-1.csv"))).isEqualTo(CONTENT);
        assertThat(files()).containsExactly("a-1.csv");
        assertThat(renamed).containsExactly("a-1.csv.part > a-1.csv");
    }

    @Test
    void a_repeated_batch_replaces_its_file() throws IOException {
        send(sink(), "a-1.csv", CONTENT);
        Files.writeString(
                home.resolve("incoming/a-1.csv.part"), "left over from a crash, and longer than the new one ...");
        send(sink(), "a-1.csv", "x".getBytes(StandardCharsets.UTF_8));

        assertThat(home.resolve("incoming/a-1.csv")).hasContent("x");
        assertThat(files()).containsExactly("a-1.csv");
    }

    @Test
    void one_connection_carries_many_files() throws IOException {
        for (int i = 0; i < 50; i++) {
            send(sink(), "b-" + i + ".csv", CONTENT);
        }

        assertThat(files()).hasSize(50);
        assertThat(server.getActiveSessions()).hasSize(1);
    }

    @Test
    void a_server_that_is_down_is_retryable_and_the_next_file_arrives_when_it_is_back() throws Exception {
        int port = server.getPort();
        send(sink(), "a-1.csv", CONTENT);
        server.stop(true);

        assertThat(failure(sink(), "a-2.csv").code()).isEqualTo(FilesError.UNREACHABLE);

        startServer(port);
        send(sink(), "a-2.csv", CONTENT);
        assertThat(files()).containsExactly("a-1.csv", "a-2.csv");
    }

    @Test
    void a_port_nobody_listens_on_is_unreachable() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        CodedException failure = failure(sink().replace("port=" + server.getPort(), "port=" + free), "a.csv");
        assertThat(failure.code()).isEqualTo(FilesError.UNREACHABLE);
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void a_wrong_password_is_a_refused_login() {
        String uri = sink().replace("s3cret", "wrong");
        assertThat(failure(uri, "a.csv").code()).isEqualTo(FilesError.LOGIN_REFUSED);
    }

    @Test
    void an_unknown_server_key_is_not_trusted() throws IOException {
        Files.writeString(knownHosts(), "");
        assertThat(failure(sink(), "a.csv").code()).isEqualTo(FilesError.HOST_KEY_NOT_TRUSTED);
        assertThat(files()).isEmpty();
    }

    @Test
    void a_changed_server_key_is_not_trusted() throws Exception {
        int port = server.getPort();
        server.stop(true);
        Files.delete(folder.resolve("host-key"));
        String trusted = Files.readString(knownHosts());
        startServer(port);
        Files.writeString(knownHosts(), trusted);
        assertThat(failure(sink(), "a.csv").code()).isEqualTo(FilesError.HOST_KEY_NOT_TRUSTED);
    }

    @Test
    void a_full_disk_is_said_so_and_the_file_arrives_when_there_is_room() throws IOException {
        whileWriting.set(new SftpException(14, "no space"));
        assertThat(failure(sink(), "a.csv").code()).isEqualTo(FilesError.NO_ROOM);
        whileWriting.set(null);
        send(sink(), "a.csv", CONTENT);
        assertThat(files()).containsExactly("a.csv");
    }

    @Test
    void a_refused_write_is_said_so() {
        whileWriting.set(new java.nio.file.AccessDeniedException("somewhere"));
        CodedException failure = failure(sink(), "a.csv");
        assertThat(failure.code()).isEqualTo(FilesError.WRITE_REFUSED);
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void a_name_that_leaves_the_directory_is_refused_and_not_retryable() throws IOException {
        for (String name : List.of("../a.csv", "x/a.csv", "x\\a.csv", ".a.csv", " ", "${date:now}", "a\n.csv")) {
            CodedException failure = failure(sink(), name);
            assertThat(failure.code()).as(name).isEqualTo(FilesError.BAD_FILE_NAME);
            assertThat(failure.retryable()).isFalse();
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void a_body_that_is_not_bytes_is_refused() {
        assertThat(failure(sink(), "a.csv", 7).code()).isEqualTo(FilesError.BAD_CONTENT);
    }

    private void startServer(int port) throws IOException {
        server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(port);
        SimpleGeneratorHostKeyProvider keys = new SimpleGeneratorHostKeyProvider(folder.resolve("host-key"));
        keys.setAlgorithm("EC");
        server.setKeyPairProvider(keys);
        server.setPasswordAuthenticator((user, password, s) -> USER.equals(user) && PASSWORD.equals(password));
        server.setFileSystemFactory(new VirtualFileSystemFactory(home));
        SftpSubsystemFactory sftp = new SftpSubsystemFactory.Builder().build();
        sftp.addSftpEventListener(new Listener());
        server.setSubsystemFactories(List.of(sftp));
        server.start();
        String key =
                PublicKeyEntry.toString(keys.loadKeys(null).iterator().next().getPublic());
        Files.writeString(knownHosts(), "[127.0.0.1]:" + server.getPort() + " " + key + "\n");
    }

    private Path knownHosts() {
        return folder.resolve("known_hosts");
    }

    private String sink() {
        return "kamelet:files-sftp-sink?host=127.0.0.1&port=" + server.getPort() + "&username=" + USER
                + "&password=RAW(" + PASSWORD + ")&directory=incoming&knownHostsFile=" + knownHosts();
    }

    private void send(String uri, String name, Object body) {
        producer.sendBodyAndHeaders(uri, body, Map.of(Exchange.FILE_NAME, name));
    }

    private CodedException failure(String uri, String name) {
        return failure(uri, name, CONTENT);
    }

    private CodedException failure(String uri, String name, Object body) {
        CamelExecutionException failed =
                catchThrowableOfType(CamelExecutionException.class, () -> send(uri, name, body));
        assertThat(failed).isNotNull();
        assertThat(failed.getCause()).isInstanceOf(CodedException.class);
        return (CodedException) failed.getCause();
    }

    private List<String> files() throws IOException {
        Path incoming = home.resolve("incoming");
        if (!Files.exists(incoming)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(incoming)) {
            return all.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    private final class Listener implements SftpEventListener {
        @Override
        public void writing(
                ServerSession session, String handle, FileHandle file, long offset, byte[] data, int from, int length)
                throws IOException {
            IOException failure = whileWriting.get();
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public void moved(
                ServerSession session,
                Path source,
                Path target,
                java.util.Collection<java.nio.file.CopyOption> options,
                Throwable thrown) {
            renamed.add(source.getFileName() + " > " + target.getFileName());
        }
    }
}
