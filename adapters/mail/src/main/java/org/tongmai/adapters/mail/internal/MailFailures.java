package org.tongmai.adapters.mail.internal;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.net.UnknownHostException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.tongmai.adapters.mail.MailError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Names what sending a mail failed with, by the server's reply code (RFC 5321, 4.2) and never by its words. */
final class MailFailures {
    private static final int PERMANENT = 500;
    private static final int TRANSIENT = 400;

    private MailFailures() {}

    /** While connecting nothing of the mail was sent: whatever broke off, also TLS, another attempt does no harm. */
    static CodedException connecting(MessagingException failure) {
        CodedException found = of(failure);
        return found.code() == MailError.BROKEN_OFF
                ? coded(MailError.UNREACHABLE, failure.getClass().getSimpleName(), failure)
                : found;
    }

    static CodedException of(MessagingException failure) {
        if (failure instanceof AuthenticationFailedException) {
            return coded(MailError.LOGIN_REFUSED, "", failure);
        }
        if (failure instanceof MailConnectException || failure.getNextException() instanceof UnknownHostException) {
            return coded(MailError.UNREACHABLE, "", failure);
        }
        int code = 0;
        for (Exception each = failure; each instanceof MessagingException; each = next(each)) {
            code = Math.max(code, reply(each));
        }
        String detail = code > 0 ? "SMTP " + code : failure.getClass().getSimpleName();
        MailError error =
                code >= PERMANENT ? MailError.REFUSED : code >= TRANSIENT ? MailError.NOT_NOW : MailError.BROKEN_OFF;
        return coded(error, detail, failure);
    }

    private static int reply(Exception failure) {
        if (failure instanceof SMTPSendFailedException sending) {
            return sending.getReturnCode();
        }
        if (failure instanceof SMTPSenderFailedException sender) {
            return sender.getReturnCode();
        }
        return failure instanceof SMTPAddressFailedException address ? address.getReturnCode() : 0;
    }

    private static Exception next(Exception failure) {
        return ((MessagingException) failure).getNextException();
    }

    private static CodedException coded(MailError error, String detail, MessagingException cause) {
        return new CodedException(Issue.of(error, "", detail), cause);
    }
}
