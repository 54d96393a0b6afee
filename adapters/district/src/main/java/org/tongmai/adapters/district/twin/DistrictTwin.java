package org.tongmai.adapters.district.twin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.adapters.district.DistrictError;
import org.tongmai.adapters.district.twin.internal.FaultPlan;
import org.tongmai.adapters.district.twin.internal.FaultySftp;
import org.tongmai.adapters.district.twin.internal.Inbox;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Imitates the SFTP door of a district health platform (区卫生平台). Files are written under another name and renamed to
 * {@code *.csv} when complete; then they are imported once per file name and message number, and answered with
 * {@code <file>.receipt.json} beside the file. The ledger ({@code ledger.csv}) survives a restart.
 *
 * <pre>{@code
 * try (DistrictTwin twin = DistrictTwin.start(new DistrictTwinSettings(folder, null, 0, new Login("tongmai", password)))) {
 *     twin.inject(Fault.during(Fault.Kind.DISK_FULL, Duration.ofSeconds(30)));
 *     twin.ledger().counts();
 * }
 * }</pre>
 */
public final class DistrictTwin implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DistrictTwin.class);
    private static final AttributeKey<Boolean> REFUSED = new AttributeKey<>();
    private static final long LOOK_FOR_FAULTS_MILLIS = 200;

    private final DistrictTwinSettings settings;
    private final FaultPlan faults = new FaultPlan();
    private final Inbox inbox;
    private final SshServer server;

    private DistrictTwin(DistrictTwinSettings settings) throws IOException, GeneralSecurityException {
        this.settings = settings;
        Files.createDirectories(settings.folder());
        this.inbox = new Inbox(settings.folder());
        this.server = SshServer.setUpDefaultServer();
        try {
            configure();
            server.start();
            writeKnownHosts();
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            server.stop(true);
            inbox.close();
            throw e;
        }
        inbox.every(LOOK_FOR_FAULTS_MILLIS, this::takeFaultFile);
    }

    /**
     * Starts a twin; it listens when this returns.
     *
     * @throws CodedException {@code TM-DISTRICT-0004} when the port is taken or the folder can not be written
     */
    public static DistrictTwin start(DistrictTwinSettings settings) {
        try {
            return new DistrictTwin(settings);
        } catch (IOException | GeneralSecurityException e) {
            throw new CodedException(
                    Issue.of(DistrictError.CAN_NOT_START, "", e.getClass().getSimpleName()), e);
        }
    }

    /** The port it listens on, also when 0 was asked for. */
    public int port() {
        return server.getPort();
    }

    /** A file in the form of OpenSSH known_hosts with this twin's key. */
    public Path knownHostsFile() {
        return settings.folder().resolve("known_hosts");
    }

    /** Where the files of clients are. */
    public Path inboxFolder() {
        return inbox.folder();
    }

    public DistrictLedger ledger() {
        return inbox.ledger();
    }

    /** Lets something go wrong from now on. */
    public void inject(Fault fault) {
        faults.add(fault);
        if (fault.kind() == Fault.Kind.DOWN || fault.kind() == Fault.Kind.REFUSE_LOGIN) {
            new ArrayList<>(server.getActiveSessions()).forEach(session -> session.close(true));
        }
    }

    /** Ends all faults. */
    public void recover() {
        faults.clear();
    }

    @Override
    public void close() {
        try {
            server.stop(true);
            inbox.close();
        } catch (IOException e) {
            log.warn("The district twin did not close cleanly.", e);
        }
    }

    private void configure() {
        server.setHost(settings.host());
        server.setPort(settings.port());
        SimpleGeneratorHostKeyProvider keys =
                new SimpleGeneratorHostKeyProvider(settings.folder().resolve("host-key"));
        keys.setAlgorithm("EC");
        keys.setStrictFilePermissions(true);
        server.setKeyPairProvider(keys);
        server.setPasswordAuthenticator((user, password, session) -> isLogin(user, password, session));
        server.setFileSystemFactory(new VirtualFileSystemFactory(inbox.folder().toAbsolutePath()));
        SftpSubsystemFactory sftp = new SftpSubsystemFactory.Builder().build();
        sftp.addSftpEventListener(new FaultySftp(inbox, faults));
        server.setSubsystemFactories(List.of(sftp));
        server.addSessionListener(new SessionListener() {
            @Override
            public void sessionCreated(Session session) {
                if (faults.take(Fault.Kind.DOWN).isPresent()) {
                    session.close(true);
                }
            }
        });
    }

    private boolean isLogin(String user, String password, ServerSession session) {
        boolean right = settings.login().user().equals(user)
                && MessageDigest.isEqual(
                        settings.login().password().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        password.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        // A client may offer the same password by another method; a refused connection stays refused.
        if (session.getAttribute(REFUSED) == null
                && faults.take(Fault.Kind.REFUSE_LOGIN).isPresent()) {
            session.setAttribute(REFUSED, Boolean.TRUE);
        }
        return right && session.getAttribute(REFUSED) == null;
    }

    private void writeKnownHosts() throws IOException, GeneralSecurityException {
        KeyPair key = server.getKeyPairProvider().loadKeys(null).iterator().next();
        String entry = PublicKeyEntry.toString(key.getPublic());
        StringBuilder lines = new StringBuilder();
        for (String host : List.of("127.0.0.1", "localhost", "::1", settings.host())) {
            lines.append('[')
                    .append(host)
                    .append("]:")
                    .append(port())
                    .append(' ')
                    .append(entry)
                    .append('\n');
            // On port 22 clients look the name up without its port.
            if (port() == 22) {
                lines.append(host).append(' ').append(entry).append('\n');
            }
        }
        Files.writeString(knownHostsFile(), lines);
    }

    private void takeFaultFile() {
        Path file = settings.folder().resolve("faults.txt");
        try {
            List<String> lines = Files.readAllLines(file);
            Files.delete(file);
            lines.stream()
                    .map(String::trim)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(this::obey);
        } catch (NoSuchFileException e) {
            // The usual case: nobody asks for a fault.
            return;
        } catch (IOException | CodedException e) {
            log.warn("The fault file is ignored: {}", e.getMessage());
        }
    }

    private void obey(String line) {
        if ("recover".equals(line)) {
            recover();
        } else {
            inject(Fault.parse(line));
        }
    }
}
