package org.tongmai.routes.engine.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends the head of a request, and nothing of the content it announces: what is refused by its head needs no more. */
final class HeadAlone {
    private static final Pattern CODE = Pattern.compile("TM-[A-Z]+-[0-9]{4}");
    private static final int PATIENCE_MILLISECONDS = 10_000;

    private HeadAlone() {}

    /** The code it is refused with. */
    static String code(HttpRequest request) {
        StringBuilder head =
                new StringBuilder(request.method() + " " + request.uri().getPath() + " HTTP/1.1\r\nHost: x\r\n");
        request.headers()
                .map()
                .forEach((name, values) -> values.forEach(
                        value -> head.append(name).append(": ").append(value).append("\r\n")));
        head.append("Content-Length: ")
                .append(request.bodyPublisher().orElseThrow().contentLength())
                .append("\r\n\r\n");
        try (Socket socket = new Socket("127.0.0.1", request.uri().getPort())) {
            socket.setSoTimeout(PATIENCE_MILLISECONDS);
            socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            Matcher code = CODE.matcher(answer);
            return code.find() ? code.group() : answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
