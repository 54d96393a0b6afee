package org.tongmai.adapters.mail.internal;

import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.ParseException;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.adapters.mail.MailError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;

/**
 * The bean of the kamelet {@code mail-action}: sends the content of a call as a mail, plain text as its text and anything else
 * as an attachment, and goes on when the server has taken it. Recipients, sender and subject are settings. Its thread waits.
 */
public final class MailCaller extends ServiceSupport implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(MailCaller.class);
    private static final int ACCEPTED = 202;
    private static final Pattern THIS_MACHINE = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?");
    private static final String OTHER = "application/octet-stream";

    private final Properties server = new Properties();
    private InternetAddress from = new InternetAddress();
    private InternetAddress[] to = {};
    private String subject = "";
    private String attachment = "content.dat";
    private boolean secured = true;
    private String username = "";
    private String password = "";

    @Override
    public void process(Exchange exchange) {
        HttpCall call = exchange.getMessage().getBody(HttpCall.class);
        Session session = Session.getInstance(server);
        try {
            MimeMessage mail = mail(session, call);
            say(mail, exchange.getProperty(ExchangeNames.CALL_TRACE, String.class));
            Transport transport = session.getTransport("smtp");
            try {
                connect(transport);
                transport.sendMessage(mail, to);
            } finally {
                close(transport);
            }
            exchange.getMessage().setBody(new HttpAnswer(ACCEPTED, HttpFields.NONE, new byte[0]));
        } catch (MessagingException e) {
            throw MailFailures.of(e);
        }
    }

    /** @throws CodedException {@link MailError#PASSWORD_IN_CLEAR} where the network would see the account's password */
    @Override
    protected void doStart() {
        String host = server.getProperty("mail.smtp.host", "");
        if (!password.isEmpty() && !secured && !THIS_MACHINE.matcher(host).matches()) {
            throw new CodedException(
                    Issue.of(MailError.PASSWORD_IN_CLEAR, "tls", "found none, expected starttls or tls"));
        }
    }

    private void connect(Transport transport) {
        try {
            transport.connect(username.isEmpty() ? null : username, username.isEmpty() ? null : password);
        } catch (MessagingException e) {
            throw MailFailures.connecting(e);
        }
    }

    /** How the server takes leave does not matter: it has the mail, or has said why not. */
    private static void close(Transport transport) {
        try {
            transport.close();
        } catch (MessagingException e) {
            LOG.debug("The connection was lost already: {}", e.getClass().getSimpleName());
        }
    }

    private MimeMessage mail(Session session, HttpCall call) throws MessagingException {
        MimeMessage mail = new MimeMessage(session);
        mail.setFrom(from);
        mail.setRecipients(Message.RecipientType.TO, to);
        mail.setSubject(subject, StandardCharsets.UTF_8.name());
        mail.setSentDate(new Date());
        String type = type(call);
        if (type.toLowerCase(Locale.ROOT).startsWith("text/plain")) {
            mail.setDataHandler(new DataHandler(new ByteArrayDataSource(call.body(), type)));
        } else {
            MimeBodyPart part = new MimeBodyPart();
            part.setDataHandler(new DataHandler(new ByteArrayDataSource(call.body(), type)));
            part.setFileName(attachment);
            mail.setContent(new MimeMultipart(part));
        }
        mail.saveChanges();
        return mail;
    }

    /** An attempt that is made again is the same mail (RFC 5322, 3.6.4): the recipient's system may see that. */
    private void say(MimeMessage mail, String trace) throws MessagingException {
        if (trace != null) {
            mail.setHeader("X-Tongmai-Trace", trace);
            String address = from.getAddress();
            mail.setHeader("Message-ID", '<' + trace + address.substring(address.indexOf('@')) + '>');
        }
    }

    /** An attachment that is itself of several parts could not be encoded (RFC 2045, 6.4): its bytes are sent as bytes. */
    private static String type(HttpCall call) {
        try {
            ContentType type =
                    new ContentType(call.fields().first("content-type").orElse(OTHER));
            boolean composite = type.match("multipart/*") || type.match("message/*");
            return composite ? OTHER : type.toString();
        } catch (ParseException e) {
            return OTHER;
        }
    }

    public void setHost(String host) {
        server.setProperty("mail.smtp.host", host);
    }

    public void setPort(int port) {
        server.setProperty("mail.smtp.port", Integer.toString(port));
    }

    /** @param tls {@code none}, {@code starttls} or {@code tls} */
    public void setTls(String tls) {
        if (!Set.of("none", "starttls", "tls").contains(tls)) {
            throw new IllegalArgumentException("expected none, starttls or tls");
        }
        secured = !tls.equals("none");
        server.setProperty("mail.smtp.ssl.enable", Boolean.toString(tls.equals("tls")));
        server.setProperty("mail.smtp.starttls.enable", Boolean.toString(tls.equals("starttls")));
        server.setProperty("mail.smtp.starttls.required", Boolean.toString(tls.equals("starttls")));
        server.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    }

    /** @param milliseconds the server may be silent */
    public void setSocketTimeout(int milliseconds) {
        server.setProperty("mail.smtp.connectiontimeout", Integer.toString(milliseconds));
        server.setProperty("mail.smtp.timeout", Integer.toString(milliseconds));
        server.setProperty("mail.smtp.writetimeout", Integer.toString(milliseconds));
        server.setProperty("mail.smtp.quitwait", "false");
    }

    /** @param username of the account; empty for a server that asks for none */
    public void setUsername(String username) {
        this.username = username;
        server.setProperty("mail.smtp.auth", Boolean.toString(!username.isEmpty()));
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public void setFrom(String from) throws AddressException {
        InternetAddress address = new InternetAddress(from, true);
        if (!address.getAddress().contains("@")) {
            throw new AddressException("expected an address with a domain");
        }
        this.from = address;
    }

    /** @param to one address or several with commas between */
    public void setTo(String to) throws AddressException {
        this.to = InternetAddress.parse(to, true);
        if (this.to.length == 0) {
            throw new AddressException("expected a recipient");
        }
    }

    public void setSubject(String subject) {
        this.subject = oneLine(subject);
    }

    /** @param attachment name of a content that is no plain text */
    public void setAttachment(String attachment) {
        this.attachment = oneLine(attachment);
    }

    private static String oneLine(String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("found a control character, expected one line");
        }
        return text;
    }
}
