package org.tongmai.standards.crypto.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.tongmai.standards.crypto.CryptoError;
import org.tongmai.standards.crypto.SignatureForm;
import org.tongmai.standards.crypto.SignatureScheme;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * What is known of a signature that was not accepted. As JSON:
 *
 * <pre>
 * {"signature": "as it came",
 *  "form": "RAW",                                      RAW (default) or DER: what was agreed
 *  "ours":   {"text": "what we say was signed", "userId": "1234567812345678", "publicKey": "the key we hold of them"},
 *  "theirs": {"text": "what they say they signed", "userId": "…", "publicKey": "…"}}
 * </pre>
 *
 * <p>Instead of {@code text}, {@code textBase64} gives the bytes. Everything of {@code theirs} may be missing.
 */
public record SignatureCase(String signature, SignatureForm form, Side ours, Side theirs) {
    /** More bytes of text than this are refused: a text is tried in some thousand ways. */
    public static final int LONGEST_TEXT = 65_536;

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What one side says.
     *
     * @param text the bytes it says were signed; empty for not known
     * @param userId empty for not known
     * @param publicKey in any form; empty for not known
     */
    public record Side(Optional<byte[]> text, Optional<String> userId, Optional<String> publicKey) {
        /** Shows no content: a text may hold a patient, a key given by mistake may be a private one. */
        @Override
        public String toString() {
            return "Side[" + text.map(bytes -> bytes.length + " bytes").orElse("no text") + "]";
        }
    }

    /** @throws CodedException {@link CryptoError#CASE_UNREADABLE} */
    public static SignatureCase read(byte[] json) {
        JsonNode fields;
        try {
            fields = JSON.readTree(json);
        } catch (IOException e) {
            throw unreadable("", "not JSON", e);
        }
        SignatureForm form;
        try {
            form = SignatureForm.valueOf(fields.path("form").asText("RAW"));
        } catch (IllegalArgumentException e) {
            throw unreadable("form", "expected RAW or DER", e);
        }
        Side ours = side(fields.path("ours"), "ours");
        String signature = fields.path("signature").asText();
        if (signature.isBlank() || ours.text().isEmpty() || ours.publicKey().isEmpty()) {
            throw unreadable("", "expected signature, ours.text or ours.textBase64, and ours.publicKey", null);
        }
        return new SignatureCase(signature, form, ours, side(fields.path("theirs"), "theirs"));
    }

    /** Our user id; the default one where none is given. */
    String userId() {
        return ours.userId().orElse(SignatureScheme.DEFAULT_USER_ID);
    }

    /** Shows no content, as its sides. */
    @Override
    public String toString() {
        return "SignatureCase[" + form + ", ours " + ours + ", theirs " + theirs + "]";
    }

    private static Side side(JsonNode fields, String name) {
        Optional<byte[]> text = string(fields, "text").map(value -> value.getBytes(StandardCharsets.UTF_8));
        if (text.isEmpty()) {
            try {
                text = string(fields, "textBase64").map(Base64.getMimeDecoder()::decode);
            } catch (IllegalArgumentException e) {
                throw unreadable(name + ".textBase64", "not Base64", e);
            }
        }
        if (text.isPresent() && text.get().length > LONGEST_TEXT) {
            throw unreadable(name, text.get().length + " bytes of text, expected at most " + LONGEST_TEXT, null);
        }
        return new Side(text, string(fields, "userId"), string(fields, "publicKey"));
    }

    private static Optional<String> string(JsonNode fields, String name) {
        return Optional.of(fields.path(name)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    private static CodedException unreadable(String where, String detail, Throwable cause) {
        return new CodedException(Issue.of(CryptoError.CASE_UNREADABLE, where, detail), cause);
    }
}
