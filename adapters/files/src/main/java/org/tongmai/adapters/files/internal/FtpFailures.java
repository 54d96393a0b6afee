package org.tongmai.adapters.files.internal;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPConnectionClosedException;
import org.tongmai.adapters.files.FilesError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Names what a transfer by FTP failed with, by the server's reply code (RFC 959, 4.2; RFC 2228, 5) and never by its words. */
final class FtpFailures {
    private FtpFailures() {}

    /** @param otherwise what it means that the server did not do as it was asked, where its reply says nothing else */
    static void require(FTPClient client, boolean done, FilesError otherwise) throws IOException {
        if (!done) {
            throw refused(client, otherwise);
        }
    }

    /** What the server's last reply means. */
    static RefusedByServer refused(FTPClient client, FilesError otherwise) {
        return new RefusedByServer(coded(named(client.getReplyCode(), otherwise), reply(client), null));
    }

    /** What the server refuses: the connection is given up. */
    static final class RefusedByServer extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedByServer(CodedException cause) {
            super(cause);
        }
    }

    private static FilesError named(int reply, FilesError otherwise) {
        return switch (reply) {
            case 425, 426, 450, 451 -> FilesError.BROKEN_OFF;
            case 452, 552 -> FilesError.NO_ROOM;
            case 332, 430, 530, 532 -> FilesError.LOGIN_REFUSED;
            case 431, 521, 522, 533, 534, 536 -> FilesError.NOT_ENCRYPTED;
            default -> otherwise;
        };
    }

    static CodedException of(IOException failure, FTPClient client) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CodedException coded) {
                return coded;
            }
            if (cause instanceof CertificateException || cause instanceof SSLPeerUnverifiedException) {
                return coded(
                        FilesError.HOST_KEY_NOT_TRUSTED, "expected a certificate of its name that is trusted", failure);
            }
        }
        boolean asked = client != null && client.getReplyCode() / 100 >= 4;
        if (failure instanceof SSLException && asked) {
            return coded(FilesError.NOT_ENCRYPTED, reply(client), failure);
        }
        boolean away = failure instanceof java.net.SocketException
                || failure instanceof UnknownHostException
                || failure instanceof SocketTimeoutException
                || failure instanceof FTPConnectionClosedException;
        return coded(
                away ? FilesError.UNREACHABLE : FilesError.BROKEN_OFF,
                failure.getClass().getSimpleName(),
                failure);
    }

    private static String reply(FTPClient client) {
        return "FTP " + client.getReplyCode();
    }

    private static CodedException coded(FilesError error, String detail, Throwable cause) {
        return new CodedException(Issue.of(error, "", detail), cause);
    }
}
