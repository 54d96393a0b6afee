package org.tongmai.adapters.files.internal;

import java.io.IOException;
import java.net.Socket;
import java.security.cert.Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.commons.net.ftp.FTPReply;
import org.apache.commons.net.ftp.FTPSClient;

/**
 * FTP by explicit TLS (RFC 4217): the password and the files are encrypted, or nothing is sent. The server's name is checked
 * against its certificate, and files go only to where the same certificate is shown: the server chooses port and, for some
 * clients, host of the second connection.
 */
final class TlsFtpClient extends FTPSClient {
    private final SSLSocketFactory tls;
    private final FtpSockets sockets;

    /** @param sockets under the TLS of both connections */
    TlsFtpClient(SSLContext trust, FtpSockets sockets) {
        super(false, trust);
        this.tls = trust.getSocketFactory();
        this.sockets = sockets;
        setEndpointCheckingEnabled(true);
    }

    /** Whether the server lets files be encrypted too; asked before the login. */
    boolean encryptsFiles() throws IOException {
        return FTPReply.isPositiveCompletion(sendCommand("PBSZ", "0")) && protects();
    }

    private boolean protects() throws IOException {
        try {
            execPROT("P");
            setSocketFactory(
                    sockets); // sockets of its own, that factory's could not be closed while one waits to write
            return true;
        } catch (javax.net.ssl.SSLException refused) {
            return false;
        }
    }

    @Override
    protected Socket _openDataConnection_(String command, String argument) throws IOException {
        Socket plain = super._openDataConnection_(command, argument);
        if (plain == null) {
            return null;
        }
        SSLSocket opened =
                (SSLSocket) tls.createSocket(plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
        opened.setUseClientMode(true);
        opened.startHandshake();
        if (!certificate(opened).equals(certificate(control()))) {
            throw new SSLPeerUnverifiedException("another certificate than at the login");
        }
        return opened;
    }

    private SSLSocket control() {
        return (SSLSocket) _socket_;
    }

    private static Certificate certificate(SSLSocket socket) throws IOException {
        return socket.getSession().getPeerCertificates()[0];
    }
}
