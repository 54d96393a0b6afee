package org.tongmai.adapters.files.internal;

import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.SftpException;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.tongmai.adapters.files.FilesError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Names the failure of an SFTP transfer. The server's own words are not repeated, because they may quote paths or
 * names; only the status of the protocol is (draft-ietf-secsh-filexfer-13, section 9.1).
 */
public final class SftpFailures implements Processor {
    private static final int PERMISSION_DENIED = 3;
    private static final int NO_CONNECTION = 6;
    private static final int CONNECTION_LOST = 7;
    private static final int WRITE_PROTECT = 12;
    private static final int NO_SPACE_ON_FILESYSTEM = 14;
    private static final int QUOTA_EXCEEDED = 15;

    @Override
    public void process(Exchange exchange) {
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        throw name(caught);
    }

    /** Names a failure; a failure that has a code keeps it. */
    static CodedException name(Throwable caught) {
        for (Throwable cause = caught; cause != null; cause = cause.getCause()) {
            if (cause instanceof CodedException coded) {
                return coded;
            }
            if (cause instanceof SftpException sftp && sftp.getCause() == null) {
                return coded(ofStatus(sftp.id), "SFTP status " + sftp.id, caught);
            }
            if (cause instanceof JSchHostKeyException) {
                return coded(FilesError.HOST_KEY_NOT_TRUSTED, "expected a key of the known hosts file", caught);
            }
            if (cause instanceof JSchException ssh && cause.getCause() == null) {
                return ofSession(ssh, caught);
            }
            if (cause instanceof java.net.SocketException
                    || cause instanceof java.net.UnknownHostException
                    || cause instanceof java.net.SocketTimeoutException) {
                return coded(FilesError.UNREACHABLE, cause.getClass().getSimpleName(), caught);
            }
        }
        boolean remote = caught instanceof GenericFileOperationFailedException || caught instanceof java.io.IOException;
        return coded(FilesError.BROKEN_OFF, remote ? "" : caught.getClass().getSimpleName(), caught);
    }

    private static FilesError ofStatus(int status) {
        return switch (status) {
            case PERMISSION_DENIED, WRITE_PROTECT -> FilesError.WRITE_REFUSED;
            case NO_SPACE_ON_FILESYSTEM, QUOTA_EXCEEDED -> FilesError.NO_ROOM;
            case NO_CONNECTION, CONNECTION_LOST -> FilesError.UNREACHABLE;
            default -> FilesError.BROKEN_OFF;
        };
    }

    private static CodedException ofSession(JSchException ssh, Throwable caught) {
        String said = ssh.getMessage() == null ? "" : ssh.getMessage().toLowerCase(Locale.ROOT);
        if (said.contains("auth")) {
            return coded(FilesError.LOGIN_REFUSED, "", caught);
        }
        if (said.contains("hostkey") || said.contains("host key")) {
            return coded(FilesError.HOST_KEY_NOT_TRUSTED, "expected a key of the known hosts file", caught);
        }
        return coded(FilesError.UNREACHABLE, "no SSH session", caught);
    }

    private static CodedException coded(FilesError error, String detail, Throwable cause) {
        return new CodedException(Issue.of(error, "", detail), cause);
    }
}
