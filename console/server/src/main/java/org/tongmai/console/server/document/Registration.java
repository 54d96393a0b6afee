package org.tongmai.console.server.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import org.tongmai.standards.canonical.CanonicalIds;
import org.tongmai.standards.canonical.CanonicalResource;

/** What the registry adds to a DocumentReference: the Binary, its size and hashes. */
final class Registration {
    /** Extension with the document's version. */
    static final String VERSION = "urn:tongmai:fhir:document-version";

    /** Extension with the SHA-256 of the document, lower-case hex. */
    static final String SHA_256 = "urn:tongmai:fhir:sha-256";

    private Registration() {}

    static String sha256(byte[] xml) {
        return HexFormat.of().formatHex(digest("SHA-256", xml));
    }

    /** The document itself, named by its content, so that the same bytes are kept once. */
    static CanonicalResource binary(byte[] xml) {
        String id = CanonicalIds.idFor("Binary", SHA_256, sha256(xml));
        ObjectNode binary = JsonNodeFactory.instance.objectNode();
        binary.put("resourceType", "Binary").put("id", id).put("contentType", "text/xml");
        binary.put("data", Base64.getEncoder().encodeToString(xml));
        return new CanonicalResource("Binary", id, binary);
    }

    /** Writes the attachment; its {@code hash} is SHA-1 in base 64 because FHIR R4 says so. */
    static void attach(ObjectNode document, CanonicalResource binary, byte[] xml) {
        ObjectNode attachment = JsonNodeFactory.instance.objectNode();
        attachment.put("contentType", "text/xml").put("language", "zh-CN").put("url", binary.reference());
        attachment.put("size", xml.length);
        attachment.put("hash", Base64.getEncoder().encodeToString(digest("SHA-1", xml)));
        document.putArray("content").addObject().set("attachment", attachment);
        ArrayNode extensions = document.withArray("extension");
        for (int i = extensions.size() - 1; i >= 0; i--) {
            if (extensions.get(i).path("url").asText().equals(SHA_256)) {
                extensions.remove(i);
            }
        }
        extensions.addObject().put("url", SHA_256).put("valueString", sha256(xml));
    }

    private static byte[] digest(String algorithm, byte[] xml) {
        try {
            return MessageDigest.getInstance(algorithm).digest(xml);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(algorithm + " is in every JDK", e);
        }
    }
}
