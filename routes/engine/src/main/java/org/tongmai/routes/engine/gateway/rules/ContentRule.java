package org.tongmai.routes.engine.gateway.rules;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.tongmai.routes.engine.gateway.screen.Defence;

/**
 * What a call may hold.
 *
 * @param maxBody bytes of content; no more than doors take ({@code tongmai.gateway.max-body} of each node), but for the
 *     default, which is for every node: where doors take less, they take that
 * @param largeBody bytes of a content that goes into a file where it is too large to be held in memory, more than {@code
 *     maxBody}; 0 where none may be so large
 * @param fields header fields that are handed on, beside those of the content; null for all that are not the gateway's own
 * @param screening attacks that are looked for in every value; null for all
 * @param freeText names of parameters and members that people write sentences into: there only what is certain counts
 * @param encryption how contents are encrypted between application and gateway
 * @param files what files may be sent; null for any
 */
public record ContentRule(
        int maxBody,
        long largeBody,
        List<String> fields,
        Set<Defence> screening,
        Set<String> freeText,
        Encryption encryption,
        Files files) {
    /** 10 MB, all fields, screened for everything, any file, in clear. */
    public static final ContentRule DEFAULT = new ContentRule(0, 0, null, null, null, null, null);

    private static final int TEN_MEGABYTES = 10 * 1024 * 1024;

    public ContentRule {
        maxBody = maxBody == 0 ? TEN_MEGABYTES : maxBody;
        fields = fields == null ? null : List.copyOf(fields);
        screening = Absent.set(screening == null ? EnumSet.allOf(Defence.class) : screening);
        freeText = Absent.set(freeText);
        encryption = encryption == null ? Encryption.NONE : encryption;
    }

    /**
     * Contents that only gateway and application read (传输数据加密).
     *
     * @param profiles algorithms of {@link org.tongmai.standards.crypto.payload.PayloadEnvelope} that are taken, and of
     *     which the first the application has a key for encrypts its answers
     * @param request whether the content of a call is encrypted
     * @param answer whether the content of an answer is; where it is allowed, it is when that of the call was
     */
    public record Encryption(List<String> profiles, Sealing request, Sealing answer) {
        /** Nothing is. */
        public static final Encryption NONE = new Encryption(null, null, null);

        public Encryption {
            profiles = Absent.list(profiles);
            request = request == null ? Sealing.NEVER : request;
            answer = answer == null ? Sealing.NEVER : answer;
        }
    }

    /** Whether a content is encrypted. */
    public enum Sealing {
        NEVER,
        ALLOWED,
        REQUIRED
    }

    /**
     * Files that may be sent (文件传输限制): the parts of a multipart content that have a file name, and a content that is
     * neither JSON, XML, form nor HL7.
     *
     * @param types media types by what the bytes are, whatever name or header say; {@code image/*} for all images
     * @param maxSize most bytes of one; 0 for as many as the content may have
     * @param maxCount most files of one call; 0 for any number
     */
    public record Files(Set<String> types, int maxSize, int maxCount) {
        public Files {
            types = Absent.set(types);
        }
    }
}
