package org.tongmai.adapters.files.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPReply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.adapters.files.FilesError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ExchangeNames;

/**
 * The bean of the kamelet {@code files-ftp-sink}: puts a file on an FTP server (RFC 959) on one kept connection, one file at a
 * time. It is sent as {@code <name>.part} and renamed when the server has said that it is whole. Its thread waits.
 */
public final class FtpStore extends ServiceSupport implements Processor, CamelContextAware {
    private static final Logger LOG = LoggerFactory.getLogger(FtpStore.class);
    private static final Pattern THIS_MACHINE = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?");
    /** The bean with the hosts the operator lets passwords go to in clear: who writes rules or routes may not. */
    private static final String CLEAR_HOSTS = "clearFtpHosts";

    private static final String PART = ".part";
    private static final String EARLIER = ".earlier";

    private CamelContext context;
    private FTPClient client;
    /** Of the client; closed by whom no thread of its own holds up. */
    private volatile FtpSockets sockets;

    /** What was begun and has not got its name, on the server still; empty for none. */
    private String leftOver = "";

    private SSLContext trust;
    private String host = "";
    private int port = FTP.DEFAULT_PORT;
    private String tls = "starttls";
    private String tlsTrustStore = "";
    private String username = "";
    private String password = "";
    private String directory = "";
    private int socketTimeout = 5_000;

    /** Ends when nothing moves for as long as the server may be silent, and when the call's time is over. */
    @Override
    public synchronized void process(Exchange exchange) {
        String name = exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class);
        byte[] content = exchange.getMessage().getBody(byte[].class);
        Long limit = exchange.getProperty(ExchangeNames.TIME_LIMIT, Long.class);
        try (FtpWatch watch = FtpWatch.over(() -> sockets, socketTimeout, limit == null ? Long.MAX_VALUE : limit)) {
            if (client == null || !isAlive()) {
                leave();
                client = connected();
            }
            store(name, content);
        } catch (IOException e) {
            CodedException failure = FtpFailures.of(e, client);
            leave();
            throw failure;
        }
    }

    /**
     * @throws CodedException {@link FilesError#PASSWORD_IN_CLEAR} where the network would see the account's password, {@link
     *     FilesError#SILENCE_NOT_ALLOWED} where each call would end before it began
     */
    @Override
    protected void doStart() throws Exception {
        if (socketTimeout < 1) {
            throw new CodedException(Issue.of(
                    FilesError.SILENCE_NOT_ALLOWED,
                    "socketTimeout",
                    "found " + socketTimeout + ", expected 1 millisecond or more"));
        }
        if (tls.equals("starttls")) {
            trust = trusted();
        } else if (!THIS_MACHINE.matcher(host).matches() && !clearHosts().contains(host)) {
            throw new CodedException(Issue.of(FilesError.PASSWORD_IN_CLEAR, "tls", "found none, expected starttls"));
        }
    }

    private Set<?> clearHosts() {
        Set<?> hosts = context.getRegistry().lookupByNameAndType(CLEAR_HOSTS, Set.class);
        return hosts == null ? Set.of() : hosts;
    }

    /** Waits for no transfer: it ends with its connection. */
    @Override
    protected void doStop() {
        FtpSockets open = sockets;
        if (open != null) {
            open.close();
        }
    }

    private boolean isAlive() {
        try {
            return client.isConnected() && client.sendNoOp();
        } catch (IOException lost) {
            return false; // it was closed while nothing was sent
        }
    }

    private FTPClient connected() throws IOException {
        FtpSockets opened = new FtpSockets();
        sockets = opened;
        if (isStoppingOrStopped()) {
            throw new SocketException("stopped");
        }
        FTPClient made = trust == null ? new FTPClient() : new TlsFtpClient(trust, opened);
        client = made;
        made.setSocketFactory(opened);
        made.addProtocolCommandListener(opened);
        made.setControlEncoding(StandardCharsets.UTF_8.name());
        made.setConnectTimeout(socketTimeout);
        made.setDefaultTimeout(socketTimeout);
        made.setDataTimeout(Duration.ofMillis(socketTimeout));
        made.connect(host, port);
        made.setSoTimeout(socketTimeout);
        FtpFailures.require(made, made.getReplyCode() / 100 == 2, FilesError.UNREACHABLE);
        if (made instanceof TlsFtpClient encrypted) {
            FtpFailures.require(made, encrypted.encryptsFiles(), FilesError.NOT_ENCRYPTED);
        }
        FtpFailures.require(made, made.login(username, password), FilesError.LOGIN_REFUSED);
        made.enterLocalPassiveMode();
        FtpFailures.require(made, made.setFileType(FTP.BINARY_FILE_TYPE), FilesError.WRITE_REFUSED);
        for (String step : directory.split("/")) {
            boolean there = step.isEmpty() || made.changeWorkingDirectory(step);
            if (!there) {
                made.makeDirectory(step); // refused also where another node was faster
                FtpFailures.require(made, made.changeWorkingDirectory(step), FilesError.WRITE_REFUSED);
            }
        }
        return made;
    }

    private void store(String name, byte[] content) throws IOException {
        removeLeftOver();
        String part = name + PART;
        leftOver = part;
        try {
            FtpFailures.require(client, client.storeFile(part, sockets.watched(content)), FilesError.WRITE_REFUSED);
            place(part, name);
        } catch (FtpFailures.RefusedByServer e) {
            removeLeftOver();
            throw e;
        }
        leftOver = "";
    }

    /** At the next chance where there is none now; what the server says of it does not matter, there may be no such file. */
    private void removeLeftOver() throws IOException {
        if (!leftOver.isEmpty()) {
            client.deleteFile(leftOver);
            leftOver = "";
        }
    }

    /**
     * RFC 959 does not say what becomes of a file of that name: many servers refuse. It is kept aside until the new one has its
     * name, for the refusal may have another reason.
     */
    private void place(String part, String name) throws IOException {
        FtpFailures.require(client, FTPReply.isPositiveIntermediate(client.rnfr(part)), FilesError.WRITE_REFUSED);
        if (FTPReply.isPositiveCompletion(client.rnto(name))) {
            return;
        }
        String earlier = name + EARLIER;
        FtpFailures.require(client, FTPReply.isPositiveIntermediate(client.rnfr(name)), FilesError.WRITE_REFUSED);
        if (!FTPReply.isPositiveCompletion(client.rnto(earlier))) {
            // Without a file of that name, one put aside by a call that broke off is the only copy; and some servers
            // answer RNFR as if there were one. SIZE (RFC 3659, 4) says it.
            FtpFailures.require(client, client.getSize(name) != null, FilesError.WRITE_REFUSED);
            client.deleteFile(earlier);
            FtpFailures.require(client, client.rename(name, earlier), FilesError.WRITE_REFUSED);
        }
        if (!client.rename(part, name)) {
            FtpFailures.RefusedByServer refused = FtpFailures.refused(client, FilesError.WRITE_REFUSED);
            client.rename(earlier, name);
            throw refused;
        }
        client.deleteFile(earlier);
    }

    /** How the server takes leave does not matter: what it has it said before. Sockets first, so that nothing waits for it. */
    private void leave() {
        if (client == null) {
            return;
        }
        sockets.close();
        try {
            client.disconnect();
        } catch (IOException e) {
            LOG.debug("The connection was lost already: {}", e.getClass().getSimpleName());
        }
        client = null;
    }

    private SSLContext trusted() throws GeneralSecurityException, IOException {
        SSLContext made = SSLContext.getInstance("TLS");
        KeyStore store = null;
        if (!tlsTrustStore.isEmpty()) {
            store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(Path.of(tlsTrustStore))) {
                store.load(in, new char[0]);
            }
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        made.init(null, factory.getTrustManagers(), null);
        return made;
    }

    public void setHost(String host) {
        this.host = oneLine(host);
    }

    public void setPort(int port) {
        this.port = port;
    }

    /** @param tls {@code starttls} (AUTH TLS, RFC 4217) or {@code none} */
    public void setTls(String tls) {
        if (!Set.of("none", "starttls").contains(tls)) {
            throw new IllegalArgumentException("expected none or starttls");
        }
        this.tls = tls;
    }

    /** @param tlsTrustStore PKCS 12 file without a password; empty for the certificates Java trusts */
    public void setTlsTrustStore(String tlsTrustStore) {
        this.tlsTrustStore = tlsTrustStore;
    }

    public void setUsername(String username) {
        this.username = oneLine(username);
    }

    public void setPassword(String password) {
        this.password = oneLine(password);
    }

    /** @param directory where files go, relative to the account's home; made when missing */
    public void setDirectory(String directory) {
        this.directory = oneLine(directory);
    }

    /** @param milliseconds the server may be silent, or not take more of a file; 1 or more */
    public void setSocketTimeout(int milliseconds) {
        this.socketTimeout = milliseconds;
    }

    /** What stands behind a line end, the server would take for a command. */
    private static String oneLine(String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("found a control character, expected one line");
        }
        return text;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.context = camelContext;
    }

    @Override
    public CamelContext getCamelContext() {
        return context;
    }
}
