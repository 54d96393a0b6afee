package org.tongmai.adapters.district.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.adapters.district.DistrictError;
import org.tongmai.standards.error.CodedException;

class DistrictTwinIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PASSWORD = "only-for-this-test";

    @TempDir
    Path folder;

    private DistrictTwin twin;
    private SshClient ssh;

    @BeforeEach
    void start() {
        twin = DistrictTwin.start(settings(0));
        ssh = SshClient.setUpDefaultClient();
        ssh.setServerKeyVerifier(
                new KnownHostsServerKeyVerifier(RejectAllServerKeyVerifier.INSTANCE, twin.knownHostsFile()));
        ssh.start();
    }

    @AfterEach
    void stop() {
        ssh.stop();
        twin.close();
    }

    @Test
    void a_renamed_file_is_imported_in_order_and_answered_with_a_receipt() throws IOException {
        send("visits-1.csv", resource("visits-1.csv"));

        assertThat(receipt("visits-1.csv")).contains("\"rows\":3,\"accepted\":3,\"duplicates\":0,\"rejected\":[]");
        assertThat(twin.ledger().messagesOf("P-1")).containsExactly("M-1", "M-3");
        assertThat(twin.ledger().records()).extracting(LedgerRecord::sequence).containsExactly(1L, 2L, 3L);
        assertThat(twin.ledger().find("M-1").orElseThrow().eventTime()).isEqualTo("2026-11-20T08:00:00+08:00");
        assertThat(Files.readAllLines(folder.resolve("ledger.csv")))
                .hasSize(4)
                .element(1)
                .asString()
                .startsWith("1,M-1,P-1,A01,2026-11-20T08:00:00+08:00,incoming/visits-1.csv,");
    }

    @Test
    void a_file_sent_again_changes_nothing_and_a_record_of_another_file_is_a_duplicate() throws IOException {
        send("visits-1.csv", resource("visits-1.csv"));
        receipt("visits-1.csv");
        send("visits-1.csv", resource("visits-1.csv"));
        await().atMost(PATIENCE).until(() -> twin.ledger().counts().repeated() == 3);
        send("visits-2.csv", resource("visits-2.csv"));

        assertThat(receipt("visits-2.csv"))
                .contains("\"rows\":6,\"accepted\":2,\"duplicates\":2")
                .contains("{\"where\":\"row 3\",\"code\":\"TM-DISTRICT-0002\"")
                .contains("{\"where\":\"row 4\",\"code\":\"TM-DISTRICT-0002\"");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(twin.ledger().counts())
                .isEqualTo(new DistrictLedger.Counts(5, 3, 3, 2, 2)));
    }

    @Test
    void a_part_is_never_imported_and_a_complete_name_can_not_be_written_to() throws IOException {
        try (SftpClient sftp = connect()) {
            write(sftp, "incoming/a.csv.part", resource("visits-1.csv"));
            assertThatThrownBy(() -> write(sftp, "incoming/b.csv", resource("visits-1.csv")))
                    .isInstanceOf(SftpException.class);
        }
        restart();
        send("visits-2.csv", resource("visits-2.csv"));
        receipt("visits-2.csv");

        assertThat(twin.ledger().find("M-1")).isEmpty();
        assertThat(twin.inboxFolder().resolve("incoming/b.csv")).doesNotExist();
    }

    @Test
    void a_file_that_is_no_table_is_refused_with_a_code() throws IOException {
        send("a.csv", "number,name\n1,x\n".getBytes(StandardCharsets.UTF_8));
        send("b.csv", new byte[] {'m', (byte) 0xB0, (byte) 0xA1, '\n'});
        send("c.csv", new byte[0]);

        for (String name : List.of("a.csv", "b.csv", "c.csv")) {
            assertThat(receipt(name)).contains("TM-DISTRICT-0001").contains("\"accepted\":0");
        }
        assertThat(twin.ledger().records()).isEmpty();
    }

    @Test
    void the_ledger_and_the_key_survive_a_restart_and_a_forgotten_file_is_imported_then() throws IOException {
        send("visits-1.csv", resource("visits-1.csv"));
        receipt("visits-1.csv");
        String known = Files.readString(twin.knownHostsFile());
        int port = twin.port();
        twin.close();
        Files.write(twin.inboxFolder().resolve("incoming/visits-2.csv"), resource("visits-2.csv"));
        Files.writeString(folder.resolve("ledger.csv"), "4,M-torn", java.nio.file.StandardOpenOption.APPEND);

        twin = DistrictTwin.start(settings(port));

        await().atMost(PATIENCE).until(() -> twin.ledger().counts().files() == 2);
        assertThat(twin.ledger().counts()).isEqualTo(new DistrictLedger.Counts(5, 2, 0, 2, 2));
        assertThat(twin.ledger().messagesOf("P-1")).containsExactly("M-1", "M-3", "M-4");
        assertThat(twin.ledger().find("M-torn")).isEmpty();
        assertThat(Files.readString(twin.knownHostsFile())).isEqualTo(known);
    }

    @Test
    void a_wrong_password_and_a_scripted_refusal_end_the_login() throws IOException {
        assertThatThrownBy(() -> connect("wrong").close()).isInstanceOf(IOException.class);

        twin.inject(Fault.times(Fault.Kind.REFUSE_LOGIN, 1));
        assertThatThrownBy(() -> connect().close()).isInstanceOf(IOException.class);
        connect().close();
    }

    @Test
    void a_twin_that_is_down_cuts_and_refuses_connections_until_it_recovers() throws IOException {
        SftpClient open = connect();
        twin.inject(Fault.during(Fault.Kind.DOWN, Duration.ofMinutes(5)));

        await().atMost(PATIENCE).until(() -> !open.isOpen());
        assertThatThrownBy(() -> connect().close()).isInstanceOf(IOException.class);
        twin.recover();
        send("visits-1.csv", resource("visits-1.csv"));
        receipt("visits-1.csv");
    }

    @Test
    void a_refused_write_and_a_full_disk_answer_their_status_and_leave_nothing() throws IOException {
        try (SftpClient sftp = connect()) {
            twin.inject(Fault.times(Fault.Kind.REFUSE_WRITE, 1));
            assertStatus(sftp, SftpConstants.SSH_FX_PERMISSION_DENIED);
            twin.inject(Fault.times(Fault.Kind.DISK_FULL, 1));
            assertStatus(sftp, SftpConstants.SSH_FX_NO_SPACE_ON_FILESYSTEM);
        }
        send("visits-1.csv", resource("visits-1.csv"));
        receipt("visits-1.csv");
    }

    @Test
    void half_a_file_stays_a_part_and_the_next_attempt_replaces_it() throws IOException {
        byte[] content = resource("visits-1.csv");
        twin.inject(Fault.times(Fault.Kind.HALF_FILE, 1));
        assertThatThrownBy(() -> send("visits-1.csv", content)).isInstanceOf(IOException.class);

        Path part = twin.inboxFolder().resolve("incoming/visits-1.csv.part");
        await().atMost(PATIENCE).until(() -> Files.size(part) == content.length / 2);
        assertThat(twin.ledger().counts().files()).isZero();
        send("visits-1.csv", content);
        assertThat(receipt("visits-1.csv")).contains("\"accepted\":3");
        assertThat(part).doesNotExist();
    }

    @Test
    void a_slow_twin_takes_its_time_and_the_whole_file() throws IOException {
        twin.inject(Fault.slow(1000, Duration.ofMinutes(1)));
        byte[] content = resource("visits-1.csv");
        long start = System.nanoTime();
        send("visits-1.csv", content);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(content.length / 2));
        assertThat(receipt("visits-1.csv")).contains("\"accepted\":3");
    }

    @Test
    void faults_can_be_asked_for_by_a_file() throws IOException {
        Files.writeString(folder.resolve("faults.new"), "# from outside\ndisk-full times=1\n");
        Files.move(folder.resolve("faults.new"), folder.resolve("faults.txt"));
        await().atMost(PATIENCE).until(() -> Files.notExists(folder.resolve("faults.txt")));
        await().atMost(PATIENCE).untilAsserted(() -> {
            try (SftpClient sftp = connect()) {
                assertStatus(sftp, SftpConstants.SSH_FX_NO_SPACE_ON_FILESYSTEM);
            }
        });
    }

    @Test
    void a_hundred_thousand_records_are_counted() throws IOException {
        for (int file = 0; file < 10; file++) {
            StringBuilder rows = new StringBuilder("message_number,patient_id,event\n");
            for (int row = 0; row < 10_000; row++) {
                rows.append(file)
                        .append('-')
                        .append(row)
                        .append(",P-")
                        .append(row % 700)
                        .append(",A08\n");
            }
            send("big-" + file + ".csv", rows.toString().getBytes(StandardCharsets.UTF_8));
        }
        await().atMost(PATIENCE).until(() -> twin.ledger().counts().files() == 10);
        assertThat(twin.ledger().counts().records()).isEqualTo(100_000);
        restart();
        assertThat(twin.ledger().counts().records()).isEqualTo(100_000);
    }

    @Test
    void a_port_that_is_taken_is_a_coded_failure() {
        assertThatThrownBy(() -> DistrictTwin.start(new DistrictTwinSettings(
                        folder.resolve("second"), null, twin.port(), new DistrictTwinSettings.Login("u", "p"))))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(DistrictError.CAN_NOT_START));
    }

    private DistrictTwinSettings settings(int port) {
        return new DistrictTwinSettings(folder, null, port, new DistrictTwinSettings.Login("tongmai", PASSWORD));
    }

    private void restart() {
        int port = twin.port();
        twin.close();
        twin = DistrictTwin.start(settings(port));
    }

    private SftpClient connect() throws IOException {
        return connect(PASSWORD);
    }

    private SftpClient connect(String password) throws IOException {
        ClientSession session = ssh.connect("tongmai", "127.0.0.1", twin.port())
                .verify(PATIENCE)
                .getSession();
        try {
            session.addPasswordIdentity(password);
            session.auth().verify(PATIENCE);
            return SftpClientFactory.instance().createSftpClient(session).singleSessionInstance();
        } catch (IOException e) {
            session.close();
            throw e;
        }
    }

    private void send(String name, byte[] content) throws IOException {
        try (SftpClient sftp = connect()) {
            write(sftp, "incoming/" + name + ".part", content);
            sftp.rename("incoming/" + name + ".part", "incoming/" + name, SftpClient.CopyMode.Overwrite);
        }
    }

    private void write(SftpClient sftp, String path, byte[] content) throws IOException {
        Files.createDirectories(twin.inboxFolder().resolve("incoming"));
        try (SftpClient.CloseableHandle file =
                sftp.open(path, SftpClient.OpenMode.Write, SftpClient.OpenMode.Create, SftpClient.OpenMode.Truncate)) {
            for (int from = 0; from < content.length; from += 16_000) {
                sftp.write(file, from, content, from, Math.min(16_000, content.length - from));
            }
        }
    }

    private void assertStatus(SftpClient sftp, int status) {
        assertThatThrownBy(() -> write(sftp, "incoming/x.csv.part", new byte[100]))
                .isInstanceOfSatisfying(
                        SftpException.class, e -> assertThat(e.getStatus()).isEqualTo(status));
    }

    private String receipt(String name) throws IOException {
        Path receipt = twin.inboxFolder().resolve("incoming/" + name + ".receipt.json");
        await().atMost(PATIENCE).until(() -> Files.exists(receipt));
        return Files.readString(receipt);
    }

    private byte[] resource(String name) throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/district/" + name)) {
            return in.readAllBytes();
        }
    }
}
