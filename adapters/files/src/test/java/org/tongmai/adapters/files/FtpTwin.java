package org.tongmai.adapters.files;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.Authority;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.DefaultFtplet;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.ftplet.FtpSession;
import org.apache.ftpserver.ftplet.FtpletResult;
import org.apache.ftpserver.listener.Listener;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.apache.ftpserver.ssl.SslConfigurationFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/** A real FTP server with one account; it writes down what it is asked, and may be told to refuse. */
final class FtpTwin implements AutoCloseable {
    static final String USER = "tongmai";
    static final String PASSWORD = "s3cret&+%)word";
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final Map<String, String> refusals = new ConcurrentHashMap<>();
    private volatile boolean breakingOff;
    private final FtpServer server;
    private final Listener listener;

    private FtpTwin(Path home, FtpKeys keys, FtpKeys keysOfFiles) throws FtpException {
        ListenerFactory listening = new ListenerFactory();
        listening.setServerAddress("127.0.0.1");
        listening.setPort(0);
        listening.setSslConfiguration(tls(keys));
        DataConnectionConfigurationFactory files = new DataConnectionConfigurationFactory();
        files.setSslConfiguration(tls(keysOfFiles));
        listening.setDataConnectionConfiguration(files.createDataConnectionConfiguration());
        listener = listening.createListener();
        FtpServerFactory factory = new FtpServerFactory();
        factory.addListener("default", listener);
        factory.setFtplets(new HashMap<>(Map.of("watch", new Watch())));
        BaseUser user = new BaseUser();
        user.setName(USER);
        user.setPassword(PASSWORD);
        user.setHomeDirectory(home.toString());
        user.setAuthorities(List.<Authority>of(new WritePermission()));
        factory.getUserManager().save(user);
        server = factory.createServer();
        server.start();
    }

    static FtpTwin start(Path home, FtpKeys keys) throws FtpException {
        return new FtpTwin(home, keys, keys);
    }

    /** @param keysOfFiles of the second connection, by which files go */
    static FtpTwin start(Path home, FtpKeys keys, FtpKeys keysOfFiles) throws FtpException {
        return new FtpTwin(home, keys, keysOfFiles);
    }

    private static SslConfiguration tls(FtpKeys keys) {
        SslConfigurationFactory ssl = new SslConfigurationFactory();
        ssl.setKeystoreFile(keys.own().toFile());
        ssl.setKeystoreType("PKCS12");
        ssl.setKeystorePassword(FtpKeys.PASSWORD);
        return ssl.createSslConfiguration();
    }

    int port() {
        return listener.getPort();
    }

    /** With the names of files and without passwords; {@code , encrypted} where they were. */
    List<String> commands() {
        return commands;
    }

    /** @param reply code to a command, which is not done */
    void refuses(String command, String reply) {
        refusals.put(command, reply);
    }

    /** Closes the connection instead of saying that it has the file. */
    void breaksOff() {
        breakingOff = true;
    }

    void isWell() {
        refusals.clear();
        breakingOff = false;
    }

    @Override
    public void close() {
        server.stop();
    }

    private final class Watch extends DefaultFtplet {
        @Override
        public FtpletResult beforeCommand(FtpSession session, FtpRequest request) throws FtpException {
            String command = request.getCommand();
            String argument = command.equals("PASS") || !request.hasArgument() ? "" : ' ' + request.getArgument();
            commands.add(command + argument + (session.isSecure() ? ", encrypted" : ""));
            String refusal = refusals.get(command);
            if (refusal == null) {
                return FtpletResult.DEFAULT;
            }
            session.write(new DefaultFtpReply(Integer.parseInt(refusal), "somebody"));
            return FtpletResult.SKIP;
        }

        @Override
        public FtpletResult onUploadEnd(FtpSession session, FtpRequest request) {
            return breakingOff ? FtpletResult.DISCONNECT : FtpletResult.DEFAULT;
        }
    }
}
