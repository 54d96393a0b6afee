package org.tongmai.standards.crypto.caller;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.tongmai.standards.crypto.CryptoError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Programs that call services of the open gateway with requests signed as {@link
 * org.tongmai.standards.crypto.request.RequestSignature} says, profile {@code sm2-sm3}: one file each, to be read, kept
 * and built into the caller's own system.
 */
public final class CallerCode {
    private static final String FOLDER = "/org/tongmai/standards/crypto/caller-code/";
    private static final Pattern ADDRESS = Pattern.compile("https?://[A-Za-z0-9.:\\[\\]-]+(/[A-Za-z0-9._~-]+)*");
    private static final Pattern APP = Pattern.compile("[A-Za-z0-9._~-]{1,128}");

    private CallerCode() {}

    /**
     * @param gateway address of the gateway, without a slash at its end
     * @param app the application's id
     * @return files by name, in UTF-8
     * @throws CodedException {@link CryptoError#NO_CALLER_CODE} for an address or an id that could not be sent, or that
     *     would be more than text in a program
     */
    public static Map<String, String> generate(CallerLanguage language, String gateway, String app) {
        if (!ADDRESS.matcher(gateway).matches()) {
            throw refused("gateway", "expected http:// or https://, a host and no slash at the end");
        }
        if (!APP.matcher(app).matches()) {
            throw refused("application", "expected 1 to 128 letters, digits and . _ ~ -");
        }
        Map<String, String> files = new LinkedHashMap<>();
        for (String name : language.files()) {
            files.put(
                    name,
                    read(language.text() + "/" + name)
                            .replace("{{gateway}}", gateway)
                            .replace("{{app}}", app));
        }
        return files;
    }

    private static String read(String name) {
        try (InputStream in = CallerCode.class.getResourceAsStream(FOLDER + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CodedException refused(String where, String detail) {
        return new CodedException(Issue.of(CryptoError.NO_CALLER_CODE, where, detail));
    }
}
