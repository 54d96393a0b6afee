package org.tongmai.adapters.files.internal;

import java.io.IOException;
import java.net.Socket;
import java.security.cert.Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.apache.commons.net.ftp.FTPReply;
import org.apache.commons.net.ftp.FTPSClient;

/**
 * FTP by explicit TLS (RFC 4217): the password and the files are encrypted, or nothing is sent. The server's name is checked
 * against its certificate, and files go only to where the same certificate is shown: the server chooses port and, for some
 * clients, host of the second connection.
 */
final class TlsFtpClient extends FTPSClient {
    TlsFtpClient(SSLContext trust) {
        super(false, trust);
        setEndpointCheckingEnabled(true);
    }

    /** Whether the server lets files be encrypted too; asked before the login. */
    boolean encryptsFiles() throws IOException {
        return FTPReply.isPositiveCompletion(sendCommand("PBSZ", "0")) && protects();
    }

    private boolean protects() throws IOException {
        try {
            execPROT("P");
            return true;
        } catch (javax.net.ssl.SSLException refused) {
            return false;
        }
    }

    @Override
    protected Socket _openDataConnection_(String command, String argument) throws IOException {
        Socket opened = super._openDataConnection_(command, argument);
        if (opened != null
                && !(opened instanceof SSLSocket data && certificate(data).equals(certificate(control())))) {
            opened.close();
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
