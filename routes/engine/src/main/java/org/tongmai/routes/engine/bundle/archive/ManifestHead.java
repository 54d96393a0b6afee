package org.tongmai.routes.engine.bundle.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** The two values of the manifest that name an archive. Whether they are good ones is the check's business. */
final class ManifestHead {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ManifestHead() {}

    /** @throws CodedException {@link BundleError#MANIFEST_INVALID} */
    static String id(Map<String, byte[]> files) {
        String id = text(files, "id");
        if (id.isEmpty()) {
            throw new CodedException(
                    Issue.of(BundleError.MANIFEST_INVALID, BundleArchive.MANIFEST, "expected the id of the bundle"));
        }
        return id;
    }

    /** Empty when the manifest does not say. */
    static String version(Map<String, byte[]> files) {
        return text(files, "version");
    }

    private static String text(Map<String, byte[]> files, String key) {
        byte[] manifest = files.get(BundleArchive.MANIFEST);
        if (manifest == null) {
            return "";
        }
        try {
            JsonNode value = JSON.readTree(manifest).path(key);
            return value.isTextual() ? value.asText() : "";
        } catch (IOException e) {
            return ""; // the check says where it is not JSON
        }
    }
}
